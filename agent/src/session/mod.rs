//! The session: one outgoing WebSocket, kept for as long as the agent runs.
//!
//! ```text
//!            ┌──────────── wait (backoff) ◀───────────┐
//!            ▼                                        │ broken, closed, refused
//!         connect ──▶ Hello ──▶ conversation ─────────┘
//!                                    └─▶ stop asked ──▶ close, end
//! ```

mod backoff;
mod connect;
mod conversation;
mod rota;

pub use backoff::{Backoff, CEILING, FIRST, STABLE_AFTER};
pub use connect::SessionError;

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use trustboard_model::protocol::spread_s;

use crate::attester::Attester;
use crate::server_address::ServerAddress;
use crate::state::Enrolment;
use crate::worker::{WorkError, Worker};
use conversation::Ended;
use rota::Rota;

/// How often an agent that the server does not know asks again: an operator may put it right.
const UNKNOWN_HOST_WAIT: Duration = Duration::from_mins(1);

/// How long at most before another server is tried, if there is one that was not: long enough that
/// the hosts of a server that is gone do not all come to the others in the same moment.
const OTHER_SERVER: Duration = Duration::from_secs(1);

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// A ping after so much silence: longer than the server's, so that only one side pings.
    pub ping_after: Duration,
    /// The connection is given up if nothing arrives for this long.
    pub dead_after: Duration,
    /// The server is told that the TPM does not answer if a piece of work takes longer. Making
    /// an RSA key takes some TPMs half a minute.
    pub work_limit: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            ping_after: Duration::from_secs(40),
            dead_after: Duration::from_mins(1),
            work_limit: Duration::from_mins(2),
        }
    }
}

/// Keeps a session with one of the servers until `stop` becomes true. `enrolment` is asked before
/// each connection, so that a host can be enrolled anew while the agent runs. `random` gives a number from 0 to 1
/// for the jitter.
///
/// Ends with an error only if the worker's thread is gone: nothing could be answered any more.
pub async fn run<A: Attester>(
    mut enrolment: impl FnMut() -> Enrolment,
    worker: &Worker<A>,
    timing: Timing,
    mut random: impl FnMut() -> f64,
    mut stop: watch::Receiver<bool>,
) -> Result<(), WorkError> {
    let (mut backoff, mut rota) = (Backoff::default(), Rota::default());
    loop {
        let enrolment = enrolment();
        let servers = enrolment.servers();
        let server = rota.server(&servers, random()).unwrap_or_else(|| enrolment.server.clone());
        let (started, mut answered) = (Instant::now(), false);
        let ended =
            one_session(&enrolment, &server, worker, timing, &mut stop, &mut answered).await;
        if answered {
            rota.answered();
        }
        let lasted = started.elapsed();
        if matches!(&ended, Ok(Ended::Closed { reason }) if spread_s(reason).is_some()) {
            backoff.dismissed(lasted);
        }
        let mut next = |random: f64| {
            backoff.lasted(lasted);
            if rota.next(servers.len()) {
                backoff.next(random)
            } else {
                OTHER_SERVER.mul_f64(random.clamp(0.0, 1.0))
            }
        };
        let wait = match ended {
            Ok(Ended::Stopped) => return Ok(()),
            Err(SessionError::Work(error)) => return Err(error),
            Ok(Ended::Closed { reason }) => {
                let wait = next(random()).max(spread(&reason, random()));
                tracing::info!(wait_ms = millis(wait), "the server closed the session: {reason}");
                wait
            }
            Err(error @ SessionError::UnknownHost) => {
                let wait = UNKNOWN_HOST_WAIT.mul_f64(0.5 + random().clamp(0.0, 1.0) / 2.0);
                tracing::error!(host.id = %enrolment.host, wait_ms = millis(wait), "{error}");
                wait
            }
            Err(error) => {
                let wait = next(random());
                tracing::warn!(%server, wait_ms = millis(wait), "no session: {error}");
                wait
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            () = stopped(&mut stop) => return Ok(()),
        }
    }
}

/// How long to stay away from a server that says goodbye to its whole fleet: it names the time over
/// which the agents spread evenly.
fn spread(reason: &str, random: f64) -> Duration {
    let seconds = spread_s(reason).map_or(0, u64::from);
    Duration::from_secs(seconds).mul_f64(random.clamp(0.0, 1.0))
}

/// Opens a session and holds it; notes in `answered` that it was opened.
async fn one_session<A: Attester>(
    enrolment: &Enrolment,
    server: &ServerAddress,
    worker: &Worker<A>,
    timing: Timing,
    stop: &mut watch::Receiver<bool>,
    answered: &mut bool,
) -> Result<Ended, SessionError> {
    let socket = tokio::select! {
        socket = connect::connect(enrolment, server) => socket?,
        () = stopped(stop) => return Ok(Ended::Stopped),
    };
    *answered = true;
    tracing::info!(host.id = %enrolment.host, %server, "connected");
    conversation::hold(socket, worker, timing, stop).await
}

/// Returns when a stop is asked for, or nobody is left to ask for it.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The guard that comes back is dropped here, before anything is awaited.
    drop(stop.wait_for(|stop| *stop).await);
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use trustboard_model::protocol::farewell;

    use super::*;

    #[test]
    fn a_fleet_that_is_sent_away_spreads_over_the_time_that_the_server_names() {
        let waits = [0.0, 0.25, 1.0].map(|random| spread(&farewell(40), random).as_secs());
        assert_eq!(waits, [0, 10, 40]);
        assert_eq!(spread("replaced by another session", 1.0), Duration::ZERO);
    }
}
