//! The command line.

mod audit;
mod backup;
mod cluster;
mod console;
mod datacenter;
mod inspect;
mod makers;
mod serve;
mod setup_code;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Problems, Settings};

/// Shows which hosts booted what was approved, and which did not.
///
/// Every command works while the server runs. Settings come from flags, from environment
/// variables (TRUSTBOARD_...), and from a TOML file, in this order.
#[derive(Debug, Parser)]
#[command(
    name = "trustboard",
    version,
    max_term_width = 100,
    after_help = "\
A first start: run trustboard serve, open the address that it prints, and enter the setup code.

The same without a browser:
  trustboard datacenter add Berlin
  trustboard cluster add --datacenter Berlin Rack-1
  trustboard user add alice --role administrator
  trustboard serve &
  trustboard user link alice
  trustboard token create --datacenter Berlin --cluster Rack-1"
)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where the server's files are.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// A TOML file of settings, named as in `serve --help` with underscores: listen = "..."
    #[arg(long, global = true, env = "TRUSTBOARD_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the server keeps its files [env: TRUSTBOARD_DATA_DIR] [default: ./trustboard-data]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(Box<serve::Serve>),
    /// Datacenters: the roots of the inventory
    Datacenter {
        #[command(subcommand)]
        command: datacenter::Datacenter,
    },
    /// Clusters: hosts under one policy
    Cluster {
        #[command(subcommand)]
        command: cluster::Cluster,
    },
    /// Operators: who may sign in, and what they may do
    User {
        #[command(subcommand)]
        command: user::User,
    },
    SetupCode(setup_code::SetupCode),
    /// Enrolment tokens: what a host needs to join a cluster
    Token {
        #[command(subcommand)]
        command: token::Token,
    },
    /// Evidence in files: logs, quotes, certificates, exported bundles; needs no server
    Inspect {
        #[command(subcommand)]
        command: inspect::Inspect,
    },
    /// TPM makers: whose TPMs count as genuine
    Makers {
        #[command(subcommand)]
        command: makers::Makers,
    },
    Backup(backup::Backup),
    Restore(backup::Restore),
    /// The audit: every event, in a chain of hashes
    Audit {
        #[command(subcommand)]
        command: audit::Audit,
    },
}

impl Cli {
    /// Does what the command line asks.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let Self { place, command } = self;
        let done = match command {
            Command::Inspect { command } => return Ok(command.run()),
            Command::Serve(serve) => serve.run(&place).await,
            Command::Datacenter { command } => command.run(&place).await,
            Command::Cluster { command } => command.run(&place).await,
            Command::User { command } => command.run(&place).await,
            Command::SetupCode(command) => command.run(&place).await,
            Command::Token { command } => command.run(&place).await,
            Command::Makers { command } => command.run(&place).await,
            Command::Backup(command) => command.run(&place).await,
            Command::Restore(command) => command.run(&place).await,
            Command::Audit { command } => command.run(&place).await,
        };
        done.map(|()| ExitCode::SUCCESS)
    }
}

impl Place {
    /// The configuration: `flags`, then the environment, then the file.
    fn config(&self, flags: Settings) -> Result<Config, Problems> {
        let flags = Settings { data_dir: self.data_dir.clone(), ..flags };
        let file = self.config.as_deref().map(Settings::from_file).transpose()?;
        let env = Settings::from_env(|name| std::env::var(name).ok());
        flags.over(env).over(file.unwrap_or_default()).resolve()
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
