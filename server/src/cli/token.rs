//! `trustboard token`

use clap::{Args, Subcommand};
use trustboard_model::protocol::EnrolmentToken;

use super::Place;
use super::console::Console;
use crate::command;
use crate::serve::Serving;
use crate::tls::Identity;

#[derive(Debug, Subcommand)]
pub(super) enum Token {
    Create(Create),
}

/// Create an enrolment token for a cluster
///
/// The token is printed alone on standard output. It carries the fingerprint of the server's
/// certificate, so that an agent trusts the right server from the first byte, and a secret: treat
/// it like a password until it is used up.
///
/// Example: TOKEN=$(trustboard token create --datacenter Berlin --cluster Rack-1 --uses 20)
#[derive(Debug, Args)]
pub(super) struct Create {
    /// The datacenter
    #[arg(long, value_name = "NAME")]
    datacenter: String,
    /// The cluster that hosts join with it
    #[arg(long, value_name = "NAME")]
    cluster: String,
    /// How many hosts may enrol with it
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    uses: u32,
    /// Seconds until it expires
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400, value_parser = clap::value_parser!(u32).range(60..=31_536_000))]
    ttl: u32,
}

impl Token {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self::Create(create) = self;
        let console = Console::open(place).await?;
        let cluster = console.cluster(&create.datacenter, &create.cluster).await?;
        let server = Identity::for_agents(&console.config)?.fingerprint();
        let (ctx, actor) = (&console.ctx, &console.actor);
        let (id, secret) =
            command::create_token(ctx, actor, cluster.id, create.ttl, create.uses).await?;
        let port = console.config.agent_listen.port();
        let agents = Serving::read(&console.config.data_dir)
            .map_or_else(|| format!("https://HOST:{port}"), |serving| serving.agents);
        eprintln!(
            "token {id}: {} use(s), expires in {} s\n\
             on the host: trustboard-agent enroll --server {agents} --token-stdin",
            create.uses, create.ttl,
        );
        println!("{}", EnrolmentToken { server, secret }.reveal());
        console.close().await;
        Ok(())
    }
}
