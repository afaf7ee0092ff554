//! `run`: a session until somebody asks the program to stop.

use std::io;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::attester::LocalHost;
use crate::config::Config;
use crate::server_address::ServerAddress;
use crate::session::{self, Timing};
use crate::state::{Enrolment, StateDirectory, StateError};
use crate::worker::{PATIENCE, WorkError, Worker};

/// Why the agent does not run, or does not run on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no enrolment.
    #[error("not enrolled: there is no enrolment in {directory}; run trustboard-agent enroll")]
    NotEnrolled {
        /// The state directory.
        directory: String,
    },
    /// The enrolment cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
    /// No thread, or no signals.
    #[error("cannot start: {0}")]
    Start(#[from] io::Error),
    /// The TPM's thread is gone.
    #[error(transparent)]
    Work(#[from] WorkError),
}

/// Keeps a session until SIGTERM or SIGINT.
pub async fn run(config: Config) -> Result<(), RunError> {
    let Some(mut enrolment) = config.host.state.enrolment()? else {
        let directory = config.host.state.path().display().to_string();
        return Err(RunError::NotEnrolled { directory });
    };
    enrolment.add_servers(&config.servers);
    if !enrolment.others.is_empty() {
        let servers: Vec<_> = enrolment.servers().iter().map(ToString::to_string).collect();
        tracing::info!("goes to one of {}", servers.join(", "));
    }
    let named = config.servers.clone();
    let state = config.host.state.clone();
    let worker = Worker::start(config.host)?;
    let ended = until_stopped(&worker, &state, &named, &mut enrolment).await;
    worker.end(PATIENCE).await;
    ended
}

async fn until_stopped(
    worker: &Worker<LocalHost>,
    state: &StateDirectory,
    named: &[ServerAddress],
    enrolment: &mut Enrolment,
) -> Result<(), RunError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopped) = watch::channel(false);
    let random = SystemRandom::new();
    let latest = || latest(state, named, enrolment);
    let session = session::run(latest, worker, Timing::default(), || jitter(&random), stopped);
    tokio::pin!(session);
    tokio::select! {
        ended = &mut session => return Ok(ended?),
        _ = terminate.recv() => tracing::info!("stopping on SIGTERM"),
        _ = interrupt.recv() => tracing::info!("stopping on SIGINT"),
    }
    stop.send_replace(true);
    session.await?;
    tracing::info!("stopped");
    Ok(())
}

/// The enrolment as it is now, with the servers that are named besides; the one known before if it
/// cannot be read.
fn latest(state: &StateDirectory, named: &[ServerAddress], known: &mut Enrolment) -> Enrolment {
    match state.enrolment() {
        Ok(Some(mut enrolment)) => {
            enrolment.add_servers(named);
            *known = enrolment;
        }
        Ok(None) => tracing::warn!("the enrolment is gone from {}", state.path().display()),
        Err(error) => tracing::warn!("{error}"),
    }
    known.clone()
}

/// A number from 0 to 1.
fn jitter(random: &dyn SecureRandom) -> f64 {
    let mut bytes = [0; 4];
    // Without randomness there is no jitter, which is no reason to stay away.
    let _filled = random.fill(&mut bytes);
    f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX)
}
