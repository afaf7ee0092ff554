//! `trustboard-simulator rogue ...`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::state::Enrolment;
use trustboard_model::protocol::EnrolmentToken;

use super::enrol::{Kind, enrol, try_it};
use super::outcome::{Outcome, Summary};
use super::visit::visit;
use super::way::Way;
use crate::report::report;

/// What rogue hosts do. Each prints one line of JSON at its end: how sessions or requests went.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Enrol hosts without a TPM, and misbehave in their sessions
    Sessions {
        /// Where, and for how long
        #[command(flatten)]
        place: Place,
        /// How many hosts
        #[arg(long, value_name = "NUMBER", default_value_t = 10)]
        hosts: u32,
        /// What each of them does
        #[arg(long)]
        way: Way,
        /// Come back at once whenever the session has ended
        #[arg(long)]
        again: bool,
    },
    /// Enrol as fast as it goes
    Enrolments {
        /// Where, and for how long
        #[command(flatten)]
        place: Place,
        /// What is wrong with them
        #[arg(long)]
        kind: Kind,
        /// Requests at a time
        #[arg(long, value_name = "NUMBER", default_value_t = 8)]
        at_once: u32,
    },
}

/// Where, and for how long.
#[derive(Debug, Args)]
pub struct Place {
    /// The server's address for agents
    #[arg(long, value_name = "https://HOST:PORT")]
    server: ServerAddress,
    /// A file with an enrolment token
    #[arg(long, value_name = "FILE")]
    token: PathBuf,
    /// What the hosts' names begin with
    #[arg(long, default_value = "rogue")]
    name: String,
    /// For how long, in seconds
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 10)]
    seconds: u64,
}

/// Does it.
pub async fn carry_out(command: Command) -> anyhow::Result<()> {
    let summary = match command {
        Command::Sessions { place, hosts, way, again } => {
            sessions(place, hosts, way, again).await?
        }
        Command::Enrolments { place, kind, at_once } => enrolments(place, kind, at_once).await?,
    };
    report(&serde_json::to_string(&summary)?);
    Ok(())
}

fn token(file: &Path) -> anyhow::Result<EnrolmentToken> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(text.parse()?)
}

async fn sessions(place: Place, hosts: u32, way: Way, again: bool) -> anyhow::Result<Summary> {
    let token = token(&place.token)?;
    let mut enrolled: Vec<(String, Enrolment)> = Vec::new();
    for number in 0..hosts {
        let name = format!("{}-{number}", place.name);
        let enrolment = enrol(&place.server, &token, &name).await?;
        enrolled.push((name, enrolment));
    }
    // All of them are there before the first one begins.
    let until = Instant::now() + Duration::from_secs(place.seconds);
    let mut tasks = JoinSet::new();
    for (name, enrolment) in enrolled {
        tasks.spawn(async move {
            let mut outcomes = Vec::new();
            loop {
                outcomes.push(visit(&enrolment, &name, way, until).await);
                if !again || Instant::now() >= until {
                    return outcomes;
                }
            }
        });
    }
    Ok(summed(tasks).await)
}

async fn enrolments(place: Place, kind: Kind, at_once: u32) -> anyhow::Result<Summary> {
    let token = Arc::new(token(&place.token)?);
    let until = Instant::now() + Duration::from_secs(place.seconds);
    let (count, mut tasks) = (Arc::new(AtomicU64::new(0)), JoinSet::new());
    for _ in 0..at_once {
        let (token, count) = (Arc::clone(&token), Arc::clone(&count));
        let (server, prefix) = (place.server.clone(), place.name.clone());
        tasks.spawn(async move {
            let mut outcomes = Vec::new();
            while Instant::now() < until {
                let begun = Instant::now();
                let name = format!("{prefix}-{}", count.fetch_add(1, Ordering::Relaxed));
                let done = timeout_at(until, try_it(&server, &token, kind, &name)).await;
                let ended = match done {
                    Ok(Ok(status)) => Some(status.to_string()),
                    Ok(Err(error)) => Some(error.kind().to_string()),
                    Err(_) => None,
                };
                outcomes.push(Outcome { ended, lasted: begun.elapsed(), ..Outcome::default() });
            }
            outcomes
        });
    }
    Ok(summed(tasks).await)
}

async fn summed(mut tasks: JoinSet<Vec<Outcome>>) -> Summary {
    let mut summary = Summary::default();
    while let Some(done) = tasks.join_next().await {
        // A task neither panics nor is it aborted.
        done.into_iter().flatten().for_each(|outcome| summary.add(outcome));
    }
    summary
}
