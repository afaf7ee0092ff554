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
use crate::deadline::within;
use crate::error::Error;
use crate::host::{Condition, Failure, Host};
use crate::record::Record;
use crate::report::report;
use crate::scenario::{Expectation, Scenario};
use crate::tpm::Interposer;

/// Waits before a crashed agent is started again: the first, and the longest.
const RESTART: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// What can be asked of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Bring it into this state.
    Break(Scenario),
    /// Mend it as the server's remedy says.
    Fix,
    /// Switch it off and on.
    Reboot,
    /// End the agent.
    StopAgent,
    /// Start the agent.
    StartAgent,
    /// Say how it is.
    Describe,
}

/// An order and where its answer goes: what was done and what is to be seen now.
pub type Ordered = (Order, oneshot::Sender<Result<String, Error>>);

/// A host with its scenario.
#[derive(Debug)]
pub struct Player {
    host: Host,
    deployment: Arc<Deployment>,
    record: Record,
    /// Whether the agent is to run.
    agent_wanted: bool,
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
        loop {
            tokio::select! {
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

    /// Carries out one order and says what was done and what is to be seen now.
    pub async fn obey(&mut self, order: Order) -> Result<String, Error> {
        let (done, seen) = match order {
            Order::Break(scenario) => self.change_to(scenario).await?,
            Order::Fix => self.fix().await?,
            Order::Reboot => {
                self.again().await?;
                ("rebooted", self.record.expectation().to_string())
            }
            Order::StopAgent => {
                self.agent_wanted = false;
                self.host.stop_agent().await?;
                ("agent ended", "not responding; the last result turns stale with time".to_owned())
            }
            Order::StartAgent => {
                self.agent_wanted = true;
                self.host.start_agent(&self.deployment).await?;
                ("agent started", self.record.expectation().to_string())
            }
            Order::Describe => return Ok(self.describe()),
        };
        Ok(format!("{}: {done}. Now to be seen: {seen}.", self.name()))
    }

    async fn change_to(&mut self, scenario: Scenario) -> Result<(&'static str, String), Error> {
        if scenario == Scenario::Healthy {
            return self.fix().await;
        }
        self.allows(scenario)?;
        self.record.scenario = scenario;
        self.record.save(self.host.dir())?;
        if scenario == Scenario::OldNonce && self.host.bus().has_recorded() {
            self.interpose(Interposer::ReplaysQuotes).await?;
        } else {
            self.again().await?;
        }
        let expectation = self.record.expectation();
        let seen = match expectation {
            Expectation::Failed(_) => {
                format!("{expectation}, alarm red; `fix {}` does what the remedy says", self.name())
            }
            _ => expectation.to_string(),
        };
        Ok((scenario.done(), seen))
    }

    /// Whether the scenario can be played with a host that was enrolled like this one.
    fn allows(&self, scenario: Scenario) -> Result<(), Error> {
        let name = self.name();
        match (self.record.identity, scenario) {
            (true, Scenario::TpmAddedLater) => Err(Error::Refused(format!(
                "{name} was enrolled with its TPM; tpm-added-later is for a host that has none \
                 (see `list`)"
            ))),
            (true, _) | (false, Scenario::NoTpm | Scenario::TpmAddedLater) => Ok(()),
            (false, _) => Err(Error::Refused(format!(
                "{name} was enrolled without a TPM, so only tpm-added-later and no-tpm can be \
                 played with it; after `fix`, with a new identity, every other scenario"
            ))),
        }
    }

    async fn fix(&mut self) -> Result<(&'static str, String), Error> {
        let was = self.record.scenario;
        self.record.scenario = match was {
            Scenario::NoTpm if !self.record.identity => Scenario::TpmAddedLater,
            _ => Scenario::Healthy,
        };
        if was == Scenario::TpmAddedLater {
            self.record.identity = true; // as soon as the operator has told the server to take it
        }
        self.record.save(self.host.dir())?;
        match was {
            Scenario::Healthy | Scenario::TpmAddedLater => {}
            Scenario::OldNonce => self.interpose(Interposer::Absent).await?,
            _ => self.again().await?,
        }
        let expectation = self.record.expectation();
        let seen = match was {
            Scenario::Healthy => expectation.to_string(),
            Scenario::TpmAddedLater => "the same, until maintenance mode, Disconnect and Connect \
                                        in the browser give the host a new identity; then \
                                        Attestation Passed, the alarm red until it is reset"
                .to_owned(),
            Scenario::NoTpm if self.record.scenario == Scenario::TpmAddedLater => format!(
                "{expectation}, because the host was enrolled without a TPM; `fix {}` again says \
                 what to do",
                self.name()
            ),
            _ => format!(
                "{expectation}, by itself; the alarm stays red, condition now cleared, until it \
                 is reset"
            ),
        };
        Ok((was.mended(), seen))
    }

    /// Boots into the scenario, after enrolling if that has not worked yet.
    async fn again(&mut self) -> Result<(), Error> {
        self.agent_wanted = true;
        if self.host.is_enrolled() { self.settle().await } else { self.begin().await }
    }

    async fn settle(&mut self) -> Result<(), Error> {
        self.host.boot(&self.condition()).await?;
        self.host.start_agent(&self.deployment).await?;
        if self.record.scenario == Scenario::OldNonce {
            let mut quotes = self.host.bus().quotes();
            within(&format!("{} was not asked for a quote", self.name()), async {
                while !self.host.bus().has_recorded() {
                    drop(quotes.changed().await); // the sender lives as long as the bus
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
    async fn interpose(&mut self, interposer: Interposer) -> Result<(), Error> {
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

    fn describe(&self) -> String {
        let tpm = match self.host.tpm() {
            Some(_) => self.host.bus().tcti(),
            None => "no TPM".to_owned(),
        };
        format!(
            "{:<12} {:<16} {:<21} {} [{}, {tpm}]",
            self.name(),
            self.host.plan().place(),
            self.record.scenario.name(),
            self.record.expectation(),
            if self.host.agent().is_some() { "agent running" } else { "no agent" },
        )
    }

    fn name(&self) -> &str {
        &self.host.plan().name
    }

    fn say(&self, text: &str) {
        report(&format!("{}: {text}", self.name()));
    }
}
