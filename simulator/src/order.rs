//! Orders: a host is broken, mended, rebooted on request, and the answer says what is to be seen.

use crate::error::Error;
use crate::play::Player;
use crate::scenario::{Expectation, Scenario};
use crate::tpm::Interposer;

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

impl Player {
    /// Carries out one order and says what was done and what is to be seen now.
    pub async fn obey(&mut self, order: Order) -> Result<String, Error> {
        self.note_identity()?;
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
        self.bring_into(scenario).await
    }

    async fn bring_into(&mut self, scenario: Scenario) -> Result<(&'static str, String), Error> {
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
            _ if scenario.needs_configuration() => format!(
                "{expectation}, or what differs if a configuration is approved for its cluster"
            ),
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
                 played with it; with a TPM and a new identity, every other scenario"
            ))),
        }
    }

    async fn fix(&mut self) -> Result<(&'static str, String), Error> {
        let was = self.record.scenario;
        if was == Scenario::TpmAddedLater {
            return Ok((
                was.mended(),
                "the same, until maintenance mode, Disconnect and Connect in the browser give the \
                 host a new identity; then Attestation Passed, the alarm red until it is reset"
                    .to_owned(),
            ));
        }
        if was == Scenario::NoTpm && !self.record.identity {
            let (done, seen) = self.bring_into(Scenario::TpmAddedLater).await?;
            return Ok((done, format!("{seen}, which says what the operator has to do")));
        }
        self.record.scenario = Scenario::Healthy;
        self.record.save(self.host.dir())?;
        match was {
            Scenario::Healthy => {}
            Scenario::OldNonce => self.interpose(Interposer::Absent).await?,
            _ => self.again().await?,
        }
        let expectation = self.record.expectation();
        let seen = match was {
            Scenario::Healthy => expectation.to_string(),
            _ => format!(
                "{expectation}, by itself; the alarm stays red, condition now cleared, until it \
                 is reset"
            ),
        };
        Ok((was.mended(), seen))
    }

    /// One line: where it stands, what is played, what is to be seen.
    pub fn describe(&self) -> String {
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
}
