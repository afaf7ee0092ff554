//! What the simulator says that the server must say about each host.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use trustboard_model::host::Attestation;
use trustboard_model::view::{HostRow, Message};

use crate::program;
use crate::programs::Programs;

/// One host's expected row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Expected {
    /// The host's name.
    pub host: String,
    /// Where it is.
    pub datacenter: String,
    /// Where it is.
    pub cluster: String,
    /// What the Attestation column reads.
    #[serde(deserialize_with = "attestation")]
    pub attestation: Attestation,
    /// The most telling reason's code, or the cause's; nothing for a host that passes.
    pub code: Option<String>,
}

impl Expected {
    /// Asks the simulator.
    pub fn read(programs: &Programs, hosts: &Path) -> anyhow::Result<Vec<Self>> {
        let text = program::output(programs.simulator(hosts).arg("expect"))?;
        let all: Vec<Self> = serde_json::from_str(&text)
            .with_context(|| format!("`trustboard-simulator expect` printed {text}"))?;
        if all.is_empty() {
            bail!("the simulator has no hosts");
        }
        Ok(all)
    }

    /// How the row differs; nothing if it does not.
    pub fn difference(&self, row: Option<&HostRow>) -> Option<String> {
        let Some(row) = row else {
            return Some(format!("{}: there is no row", self.host));
        };
        let (attestation, code) = (row.attestation, message_code(&row.message));
        if (attestation, &code) == (self.attestation, &self.code) {
            return None;
        }
        let words = |attestation: Attestation, code: &Option<String>| {
            format!("{} {}", attestation.code(), code.as_deref().unwrap_or("without a reason"))
        };
        Some(format!(
            "{}: expected {}, found {}",
            self.host,
            words(self.attestation, &self.code),
            words(attestation, &code)
        ))
    }
}

/// An Attestation by its stable code: `n-a`.
fn attestation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Attestation, D::Error> {
    let code = String::deserialize(deserializer)?;
    Attestation::from_code(&code).ok_or_else(|| D::Error::custom(format!("attestation {code:?}")))
}

/// The stable code of what the Message column says.
pub fn message_code(message: &Message) -> Option<String> {
    match message {
        Message::Nothing => None,
        Message::Reasons { reasons } | Message::Warnings { reasons } => {
            reasons.first().map(|reason| reason.code.code().to_owned())
        }
        Message::Unknown { cause } => Some(cause.code().to_owned()),
        Message::NeverVerified => Some("never-verified".to_owned()),
        Message::VerificationFailed { .. } => Some("verification-failed".to_owned()),
        Message::NotResponding { .. } => Some("not-responding".to_owned()),
        Message::Disconnected { .. } => Some("disconnected".to_owned()),
    }
}
