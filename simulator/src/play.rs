//! Plays a scenario with a host, and changes it on request.
//!
//! ```text
//! delivered ──begin: enrol (some scenarios are healthy until then)──▶ settled ──▶ settled ──▶ …
//!                                                      break, fix, reboot, or a failure
//! ```

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use crate::agent::Deployment;
use crate::condition::Condition;
use crate::deadline::within;
use crate::error::Error;
use crate::host::{Failure, Host};
use crate::order::Order;
use crate::record::Record;
use crate::report::report;
use crate::scenario::Scenario;
use crate::tpm::Interposer;

/// Waits before a crashed agent is started again: the first, and the longest.
const RESTART: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// An order and where its answer goes: what was done and what is to be seen now.
pub type Ordered = (Order, oneshot::Sender<Result<String, Error>>);

/// A host with its scenario.
#[derive(Debug)]
pub struct Player {
    pub(crate) host: Host,
    pub(crate) deployment: Arc<Deployment>,
    pub(crate) record: Record,
    /// Whether the agent is to run.
    pub(crate) agent_wanted: bool,
}

impl Player {
    /// Takes up what was played before.
    pub fn new(host: Host, deployment: Arc<Deployment>) -> Result<Self, Error> {
        let record = Record::load(host.dir(), host.plan().scenario)?;
        Ok(Self { host, deployment, record, agent_wanted: true })
    }

    /// The host.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Boots, enrols if need be, and brings the host into its scenario.
    pub async fn begin(&mut self) -> Result<(), Error> {
        if !self.host.is_enrolled() {
            let before = Condition::at_enrolment(self.host.plan(), self.record.scenario);
            self.record.identity = before.chip.is_some();
            self.host.boot(&before).await?;
            self.host.enrol(&self.deployment).await?;
            self.record.save(self.host.dir())?;
            if before != self.condition() {
                // The server is to know the host as it was before.
                self.host.start_agent(&self.deployment).await?;
                self.host.evidence_sent().await?;
            }
        }
        self.settle().await
    }

    /// Carries out orders and mends what fails until nobody is left to give orders, or `stop`
    /// becomes true. Leaves the host switched off.
    pub async fn play(mut self, orders: mpsc::Receiver<Ordered>, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = self.carry_out(orders) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
        if let Err(error) = self.host.switch_off().await {
            self.say(&format!("did not switch off in order: {error}"));
        }
    }

    async fn carry_out(&mut self, mut orders: mpsc::Receiver<Ordered>) {
        match self.begin().await {
            Ok(()) => report(&self.describe()),
            Err(error) => self.say(&format!("{error}; `reboot {}` tries again", self.name())),
        }
        let mut wait = RESTART.0;
        let mut passed = self.host.bus().passed();
        loop {
            tokio::select! {
                Ok(()) = passed.changed(), if !self.record.identity => {
                    if let Err(error) = self.note_identity() {
                        self.say(&error.to_string());
                    }
                }
                order = orders.recv() => {
                    let Some((order, answer)) = order else { return };
                    let done = self.obey(order).await;
                    wait = RESTART.0;
                    drop(answer.send(done)); // who asked may have gone
                }
                failure = self.host.failure() => {
                    self.recover(failure, wait).await;
                    wait = (wait * 2).min(RESTART.1);
                }
            }
        }
    }

    /// Remembers that the server has taken an identity of a host that had none: it asked the TPM
    /// to unwrap a credential, which it does for nothing else.
    pub(crate) fn note_identity(&mut self) -> Result<(), Error> {
        if self.record.identity || self.host.bus().passed().borrow().activations == 0 {
            return Ok(());
        }
        self.record.identity = true;
        if self.record.scenario == Scenario::TpmAddedLater {
            self.record.scenario = Scenario::Healthy;
            self.say("the server has taken a new identity");
        }
        self.record.save(self.host.dir())
    }

    /// Boots into the scenario, after enrolling if that has not worked yet.
    pub(crate) async fn again(&mut self) -> Result<(), Error> {
        self.agent_wanted = true;
        if self.host.is_enrolled() { self.settle().await } else { self.begin().await }
    }

    async fn settle(&mut self) -> Result<(), Error> {
        self.host.boot(&self.condition()).await?;
        self.host.start_agent(&self.deployment).await?;
        if self.record.scenario == Scenario::OldNonce {
            let mut passed = self.host.bus().passed();
            within(&format!("{} was not asked for a quote", self.name()), async {
                while !self.host.bus().has_recorded() {
                    drop(passed.changed().await); // the sender lives as long as the bus
                }
                Ok(())
            })
            .await?;
            self.host.evidence_sent().await?;
            self.interpose(Interposer::ReplaysQuotes).await?;
        }
        Ok(())
    }

    /// Changes who sits on the wire. The agent connects anew, so that it is challenged now.
    pub(crate) async fn interpose(&mut self, interposer: Interposer) -> Result<(), Error> {
        self.host.bus().interpose(interposer);
        self.host.stop_agent().await?;
        self.host.start_agent(&self.deployment).await
    }

    async fn recover(&mut self, failure: Failure, wait: Duration) {
        let recovered = match failure {
            Failure::Agent(status) => {
                self.say(&format!("the agent ended by itself ({status}), starting it again"));
                tokio::time::sleep(wait).await;
                if self.agent_wanted {
                    self.host.start_agent(&self.deployment).await
                } else {
                    Ok(())
                }
            }
            Failure::Tpm => {
                self.say("swtpm ended by itself: a power failure, the host boots again");
                self.settle().await
            }
        };
        if let Err(error) = recovered {
            self.say(&error.to_string());
        }
    }

    fn condition(&self) -> Condition {
        Condition::of(self.host.plan(), self.record.scenario)
    }

    pub(crate) fn name(&self) -> &str {
        &self.host.plan().name
    }

    fn say(&self, text: &str) {
        report(&format!("{}: {text}", self.name()));
    }
}
