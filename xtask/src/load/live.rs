//! How soon a browser hears of what was committed.

use std::io::BufRead;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::json;
use trustboard_model::role::Role;
use trustboard_model::view::LiveHint;

use crate::light::fleet::Fleet;

/// Between two commands.
const EVERY: Duration = Duration::from_secs(1);

/// A hint that takes longer than this was lost.
const LOST: Duration = Duration::from_secs(10);

/// An operator who puts a host into maintenance and takes it out again, and a browser that looks
/// at its datacenter.
pub struct Live {
    begin: mpsc::Sender<()>,
    stop: Arc<AtomicBool>,
    operator: Option<JoinHandle<Result<Vec<Duration>>>>,
}

impl Live {
    /// Lets both come in; the operator waits for [`Self::begin`].
    pub fn start(fleet: &Fleet) -> Result<Self> {
        let (browser, operator) = (fleet.client(Role::Viewer)?, fleet.client(Role::Operator)?);
        let page = operator.matching("attestation:passed")?;
        let host = page.rows.first().context("no host passes")?.id;
        let datacenter = operator.host(host)?.row.datacenter.id;
        let mut lines = browser.live(datacenter)?;
        let (heard, hears) = mpsc::channel();
        // Ends with the stream, which ends with the server or with the process.
        thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
                let hint =
                    line.strip_prefix("data:").and_then(|json| serde_json::from_str(json).ok());
                if let Some(LiveHint::Host { host: of, event, .. }) = hint
                    && of == host
                    && event.contains("maintenance")
                    && heard.send(Instant::now()).is_err()
                {
                    return;
                }
                line.clear();
            }
        });
        let (begin, begun) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let operator = thread::spawn(move || {
            let (mut took, mut enter) = (Vec::new(), true);
            if begun.recv().is_err() {
                return Ok(took);
            }
            // What was begun is taken back, so that the host is verified as before.
            while !stopped.load(Ordering::Relaxed) || !enter {
                let revision = operator.host(host)?.row.revision;
                let (action, fields) = if enter {
                    ("enter-maintenance", json!({ "reason": "measuring how soon it is seen" }))
                } else {
                    ("leave-maintenance", json!({}))
                };
                let start = Instant::now();
                operator.act(host, revision, action, fields)?;
                let seen = hears.recv_timeout(LOST).context("a hint was lost")?;
                took.push(seen.saturating_duration_since(start));
                enter = !enter;
                thread::sleep(EVERY.saturating_sub(start.elapsed()));
            }
            Ok(took)
        });
        Ok(Self { begin, stop, operator: Some(operator) })
    }

    /// Lets the operator begin.
    pub fn begin(&self) -> Result<()> {
        self.begin.send(()).context("the operator's thread broke off")
    }

    /// How long each took, from the command that was sent to the hint that arrived.
    pub fn end(mut self) -> Result<Vec<Duration>> {
        self.stop.store(true, Ordering::Relaxed);
        let done = self.operator.take().and_then(|operator| operator.join().ok());
        done.context("the operator's thread broke off")?
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // Whatever broke off, nobody acts any more.
        self.stop.store(true, Ordering::Relaxed);
    }
}
