//! `trustboard user`

use std::io::Read;

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand, ValueEnum};
use trustboard_model::bytes::to_hex;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;

use super::Place;
use super::console::Console;
use crate::auth::password;
use crate::command;
use crate::serve::Serving;

/// How long a sign-in link is good for: a working day and the night.
const LINK_S: u32 = 24 * 3600;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    Add(Add),
    /// Print a link that signs an operator in, once, within 24 hours
    ///
    /// The code stands behind the #, which browsers never send: it is in no log of a proxy.
    ///
    /// Example: trustboard user link alice
    Link {
        /// The operator's name
        name: String,
    },
}

/// Add an operator
///
/// Without a password they sign in through a link only (trustboard user link).
///
/// In a datacenter the stronger of the role everywhere and the one there counts. Whoever has a role
/// in single datacenters only sees nothing of the others.
///
/// Example: trustboard user add alice --role operator --password-stdin < password.txt
/// Example: trustboard user add bert --datacenter Berlin=approver --datacenter Paris=viewer
#[derive(Debug, Args)]
pub(super) struct Add {
    /// Their name: letters, digits and . _ @ -
    name: String,
    /// What they may do in every datacenter
    #[arg(long, value_enum, required_unless_present = "datacenters")]
    role: Option<CliRole>,
    /// What they may do in one datacenter; can be given several times
    #[arg(long = "datacenter", value_name = "NAME=ROLE", value_parser = role_in)]
    datacenters: Vec<(String, CliRole)>,
    /// Read their password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    /// Succeed if there is one of this name already; they are left as they are
    #[arg(long)]
    if_missing: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CliRole {
    /// Sees everything, changes nothing
    Viewer,
    /// Works with hosts and alarms
    Operator,
    /// Approves configurations, sets policies, grants exceptions
    Approver,
    /// Manages inventory, tokens and operators
    Administrator,
}

impl From<CliRole> for Role {
    fn from(role: CliRole) -> Self {
        match role {
            CliRole::Viewer => Self::Viewer,
            CliRole::Operator => Self::Operator,
            CliRole::Approver => Self::Approver,
            CliRole::Administrator => Self::Administrator,
        }
    }
}

impl User {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let console = Console::open(place).await?;
        match self {
            Self::Add(add) => add.run(&console).await?,
            Self::Link { name } => link(&console, &name).await?,
        }
        console.close().await;
        Ok(())
    }
}

impl Add {
    /// `viewer, approver in Berlin`
    fn roles(&self) -> String {
        let everywhere = self.role.map(|role| Role::from(role).code().to_owned());
        let single = self.datacenters.iter();
        let single = single.map(|(name, role)| format!("{} in {name}", Role::from(*role).code()));
        everywhere.into_iter().chain(single).collect::<Vec<_>>().join(", ")
    }

    async fn run(self, console: &Console) -> anyhow::Result<()> {
        let hash = if self.password_stdin {
            let mut salt = [0; password::SALT];
            console.ctx.random.fill(&mut salt);
            Some(password::hash(&read_password()?, &salt)?)
        } else {
            None
        };
        let mut rights = Rights { everywhere: self.role.map(Role::from), ..Rights::default() };
        for (name, role) in &self.datacenters {
            rights.datacenters.insert(console.datacenter(name).await?.id, (*role).into());
        }
        let (ctx, actor) = (&console.ctx, &console.actor);
        match command::create_operator(ctx, actor, &self.name, rights, hash).await {
            Ok(_) => println!("added {} '{}'", self.roles(), self.name),
            Err(Refusal::Conflict { .. }) if self.if_missing => {
                println!("operator '{}' is there already", self.name);
            }
            Err(refusal) => return Err(refusal.into()),
        }
        Ok(())
    }
}

/// `Berlin=approver`. A datacenter's name may hold the sign itself; a role cannot.
fn role_in(text: &str) -> Result<(String, CliRole), String> {
    let (name, role) = text.rsplit_once('=').ok_or("expected NAME=ROLE")?;
    Ok((name.to_owned(), CliRole::from_str(role, true)?))
}

/// The first line of standard input.
fn read_password() -> anyhow::Result<String> {
    let mut text = String::new();
    let limit = u64::try_from(password::MAX + 2)?;
    std::io::stdin().take(limit).read_to_string(&mut text).context("reading the password")?;
    let line = text.lines().next().unwrap_or_default();
    ensure!(line.chars().count() >= password::MIN, "at least {} characters", password::MIN);
    ensure!(line.len() <= password::MAX, "at most {} bytes", password::MAX);
    Ok(line.to_owned())
}

async fn link(console: &Console, name: &str) -> anyhow::Result<()> {
    let code = command::create_sign_in_code(&console.ctx, &console.actor, name, LINK_S).await?;
    let site = console
        .config
        .public_url
        .clone()
        .or_else(|| Serving::read(&console.config.data_dir).map(|serving| serving.browsers));
    let site = site.unwrap_or_else(|| {
        let scheme = if console.config.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", console.config.listen)
    });
    println!("{site}/sign-in/link#{}", to_hex(&code));
    Ok(())
}
