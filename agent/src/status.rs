//! `status`: what the agent would send, for people and for programs.

use std::fmt::{self, Display, Write as _};

use serde::Serialize;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;

use crate::ak_store::{self, AkError};
use crate::attester::{Attester as _, LocalHost, OpenedTpm};
use crate::event_log::EventLog;
use crate::hash::sha256;
use crate::state::Enrolment;
use crate::tpm::{AkBlob, Tpm};

/// Everything that `status` tells.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The server, if the host is enrolled.
    pub enrolment: Option<EnrolmentStatus>,
    /// Facts.
    pub facts: HostFacts,
    /// The TPM's keys, if there is a usable TPM.
    pub keys: Option<Keys>,
    /// The event log, if there is one.
    pub log: Option<Log>,
    /// What is missing or in the way, and why.
    pub problems: Vec<String>,
}

/// An enrolment without its secret.
#[derive(Debug, Serialize)]
pub struct EnrolmentStatus {
    /// The server's address; several with commas.
    pub server: String,
    /// SHA-256 of its certificate.
    pub fingerprint: Sha256,
    /// The host's id.
    pub host: String,
}

/// The TPM's keys, by their hashes.
#[derive(Debug, Serialize)]
pub struct Keys {
    /// EK kind.
    pub ek_kind: &'static str,
    /// SHA-256 of the EK's TPMT_PUBLIC: what an operator approves.
    pub ek: Sha256,
    /// Bytes of the EK certificate as it lies in NV, if there is one.
    pub ek_certificate_bytes: Option<usize>,
    /// SHA-256 of these bytes.
    pub ek_certificate: Option<Sha256>,
    /// AK kind, if there is an AK for this TPM.
    pub ak_kind: Option<&'static str>,
    /// SHA-256 of the AK's TPMT_PUBLIC.
    pub ak: Option<Sha256>,
}

/// The event log.
#[derive(Debug, Serialize)]
pub struct Log {
    /// Its size.
    pub bytes: usize,
    /// Its SHA-256.
    pub digest: Sha256,
}

/// The addresses of all servers that the agent goes to.
fn all(enrolment: &Enrolment) -> String {
    let servers: Vec<_> = enrolment.servers().iter().map(ToString::to_string).collect();
    servers.join(", ")
}

impl Status {
    /// Looks at this host. Changes nothing.
    pub fn collect(host: &mut LocalHost, enrolment: Option<&Enrolment>) -> Self {
        let mut problems = Vec::new();
        if enrolment.is_none() {
            problems.push(format!(
                "not enrolled: there is no enrolment in {}",
                host.state.path().display()
            ));
        }
        let facts = host.facts();
        let log = EventLog::read(&host.sysroot);
        problems.extend(facts.tpm_problem.iter().map(|problem| format!("TPM: {problem}")));
        problems.extend(log.absent().map(|reason| format!("event log: {reason}")));
        let keys = match host.open() {
            OpenedTpm::Absent => {
                problems.push("TPM: this host has none".to_owned());
                None
            }
            OpenedTpm::Unusable { .. } => None,
            OpenedTpm::Open(mut tpm) => match keys(&mut tpm, host) {
                Ok(keys) => {
                    if keys.ek_certificate.is_none() {
                        problems.push(format!(
                            "EK: the TPM holds no certificate for its {} EK",
                            keys.ek_kind
                        ));
                    }
                    if keys.ak.is_none() {
                        problems.push("AK: none yet; enrolling makes one".to_owned());
                    }
                    Some(keys)
                }
                Err(error) => {
                    problems.push(format!("keys: {error}"));
                    None
                }
            },
        };
        Self {
            enrolment: enrolment.map(|enrolment| EnrolmentStatus {
                server: all(enrolment),
                fingerprint: enrolment.fingerprint,
                host: enrolment.host.to_string(),
            }),
            facts,
            keys,
            log: match log {
                EventLog::Present { bytes, digest } => Some(Log { bytes: bytes.len(), digest }),
                EventLog::Absent { .. } => None,
            },
            problems,
        }
    }
}

fn keys(tpm: &mut Tpm, host: &LocalHost) -> Result<Keys, AkError> {
    let ak = ak_store::with_kept_ak(tpm, &host.state, |tpm, ak| {
        tpm.load_once(ak)?;
        Ok(ak.clone())
    })?;
    let ek = tpm.endorsement(ak.as_ref().map(|ak| ak.ek))?;
    Ok(Keys {
        ek_kind: ek.kind.name(),
        ek: sha256(&ek.public),
        ek_certificate_bytes: ek.certificate.as_ref().map(Bytes::len),
        ek_certificate: ek.certificate.as_ref().map(|bytes| sha256(bytes)),
        ak_kind: ak.as_ref().map(|ak| ak.kind.name()),
        ak: ak.as_ref().map(AkBlob::digest),
    })
}

impl Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &self.facts;
        let mut text = String::new();
        match &self.enrolment {
            Some(EnrolmentStatus { server, fingerprint, host }) => {
                row(&mut text, "server", Some(server))?;
                row(&mut text, "fingerprint", Some(fingerprint))?;
                row(&mut text, "host id", Some(host))?;
            }
            None => row(&mut text, "server", Some("not enrolled"))?,
        }
        row(&mut text, "host name", Some(&facts.hostname))?;
        row(&mut text, "machine id", facts.machine_id.as_ref())?;
        row(&mut text, "boot id", facts.boot_id.as_ref())?;
        row(&mut text, "system", facts.os_name.as_ref())?;
        row(&mut text, "kernel", facts.kernel.as_ref())?;
        row(&mut text, "agent", Some(&facts.agent_version))?;
        let secure_boot = facts.secure_boot_variable.map(|on| if on { "on" } else { "off" });
        row(&mut text, "Secure Boot (claimed)", secure_boot)?;
        if let Some(tpm) = &facts.tpm {
            let banks: Vec<&str> = tpm.active_banks.iter().map(|bank| bank.name()).collect();
            row(
                &mut text,
                "TPM",
                Some(format!(
                    "{} {} {}, firmware {}, {}",
                    tpm.family,
                    tpm.manufacturer,
                    tpm.model,
                    tpm.firmware,
                    tpm.interface.name()
                )),
            )?;
            row(&mut text, "PCR banks", Some(banks.join(", ")))?;
        } else {
            row(&mut text, "TPM", Some("none that can be used"))?;
        }
        if let Some(keys) = &self.keys {
            row(&mut text, "EK", Some(format!("{} {}", keys.ek, keys.ek_kind)))?;
            let certificate = keys
                .ek_certificate_bytes
                .zip(keys.ek_certificate)
                .map(|(bytes, digest)| format!("{digest} {bytes} bytes"));
            row(&mut text, "EK certificate", certificate)?;
            let ak = keys.ak.zip(keys.ak_kind).map(|(ak, kind)| format!("{ak} {kind}"));
            row(&mut text, "AK", ak)?;
        }
        let log = self.log.as_ref().map(|log| format!("{} {} bytes", log.digest, log.bytes));
        row(&mut text, "event log", log)?;
        for problem in &self.problems {
            writeln!(text, "! {problem}")?;
        }
        f.write_str(text.trim_end())
    }
}

fn row(text: &mut String, name: &str, value: Option<impl Display>) -> fmt::Result {
    match value {
        Some(value) => writeln!(text, "{name:<22} {value}"),
        None => writeln!(text, "{name:<22} -"),
    }
}
