//! CBOR in and out (RFC 8949), with the limits on what a message may hold.

use serde::Serialize;
use serde::de::DeserializeOwned;
use trustboard_model::facts::{HostFacts, TpmFacts};
use trustboard_model::protocol::{EvidenceMessage, ImaPart, LogPart, OsLogs, TpmIdentity, limit};

/// How deep arrays and maps may be nested: messages have five levels.
const MAX_DEPTH: usize = 16;

/// Banks that a TPM may have: the specification names eight hash algorithms for PCR banks (TCG
/// Algorithm Registry); twice that leaves room.
const MAX_BANKS: usize = 16;

/// The message in `bytes`, which must hold nothing else. The error says what is wrong, in words
/// for the agent's log.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let mut rest = bytes;
    let message =
        ciborium::de::from_reader_with_recursion_limit(&mut rest, MAX_DEPTH).map_err(|error| {
            match error {
                ciborium::de::Error::Io(_) => "the message ends too early".to_owned(),
                ciborium::de::Error::Syntax(at) => format!("not CBOR at byte {at}"),
                ciborium::de::Error::Semantic(Some(at), problem) => {
                    format!("{} at byte {at}", shortened(&problem))
                }
                ciborium::de::Error::Semantic(None, problem) => shortened(&problem).to_owned(),
                ciborium::de::Error::RecursionLimitExceeded => {
                    format!("nested deeper than {MAX_DEPTH} levels")
                }
            }
        })?;
    match rest.len() {
        0 => Ok(message),
        more => Err(format!("{more} bytes follow the message")),
    }
}

/// A parser's words may quote what was sent; a log line shall stay one line.
fn shortened(problem: &str) -> &str {
    problem.char_indices().nth(200).map_or(problem, |(end, _)| &problem[..end])
}

/// The message as CBOR.
///
/// # Panics
/// Never: writing to memory does not fail, and every message type has a CBOR form.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // What is written most often has less: challenges, and what steady answers have of their own.
    let mut bytes = Vec::with_capacity(512);
    ciborium::into_writer(message, &mut bytes).expect("a protocol message has a CBOR form");
    bytes
}

fn at_most(what: &str, bytes: &[u8], limit: usize) -> Result<(), String> {
    if bytes.len() > limit {
        return Err(format!("{what}: {} bytes, at most {limit} are accepted", bytes.len()));
    }
    Ok(())
}

/// Refuses keys that are longer than a TPM's keys can be.
pub fn check_identity(tpm: &TpmIdentity) -> Result<(), String> {
    at_most("EK public area", &tpm.ek_public, limit::PUBLIC_BYTES)?;
    at_most("AK public area", &tpm.ak_public, limit::PUBLIC_BYTES)?;
    let certificate = tpm.ek_certificate.as_ref().map_or(&[][..], |bytes| bytes);
    at_most("EK certificate", certificate, limit::EK_CERTIFICATE_BYTES)
}

/// Refuses evidence with a part that is longer than its limit.
pub fn check_evidence(evidence: &EvidenceMessage) -> Result<(), String> {
    at_most("claims", &evidence.claims, limit::CLAIMS_BYTES)?;
    if let Some(quoted) = &evidence.quoted {
        at_most("AK public area", &quoted.ak_public, limit::PUBLIC_BYTES)?;
        at_most("quote", &quoted.attest, limit::QUOTE_BYTES)?;
        at_most("signature", &quoted.signature, limit::QUOTE_BYTES)?;
        let banks = quoted.banks.len().max(quoted.pcrs.len());
        if banks > MAX_BANKS {
            return Err(format!("quote: {banks} banks, at most {MAX_BANKS} are accepted"));
        }
    }
    if let LogPart::Full { bytes } = &evidence.log {
        at_most("event log", bytes, limit::LOG_BYTES)?;
    }
    let Some(OsLogs { ima, systemd }) = &evidence.os_logs else { return Ok(()) };
    if let LogPart::Full { bytes } = systemd {
        at_most("systemd measurement log", bytes, limit::SYSTEMD_LOG_BYTES)?;
    }
    match ima {
        ImaPart::Part { bytes, .. } => at_most("IMA measurement list", bytes, limit::IMA_BYTES),
        ImaPart::Absent => Ok(()),
    }
}

/// Refuses facts that are too long, that a terminal or a page cannot show, or that have no name.
pub fn check_facts(facts: &HostFacts) -> Result<(), String> {
    if facts.hostname.trim().is_empty() {
        return Err("hostname: it is empty".to_owned());
    }
    let HostFacts { hostname, agent_version, .. } = facts;
    let named = [("hostname", Some(hostname)), ("agent_version", Some(agent_version))];
    let optional = [
        ("machine_id", facts.machine_id.as_ref()),
        ("boot_id", facts.boot_id.as_ref()),
        ("os_id", facts.os_id.as_ref()),
        ("os_name", facts.os_name.as_ref()),
        ("os_version", facts.os_version.as_ref()),
        ("kernel", facts.kernel.as_ref()),
        ("log_absent", facts.log_absent.as_ref()),
        ("tpm_problem", facts.tpm_problem.as_ref().map(|problem| &problem.text)),
    ];
    for (name, text) in named.into_iter().chain(optional) {
        check_text(name, text.map(String::as_str).unwrap_or_default())?;
    }
    facts.tpm.as_ref().map_or(Ok(()), check_tpm)
}

fn check_tpm(tpm: &TpmFacts) -> Result<(), String> {
    for (name, text) in [
        ("tpm.family", &tpm.family),
        ("tpm.manufacturer", &tpm.manufacturer),
        ("tpm.model", &tpm.model),
        ("tpm.firmware", &tpm.firmware),
    ] {
        check_text(name, text)?;
    }
    if tpm.active_banks.len() > MAX_BANKS {
        return Err(format!("tpm.active_banks: at most {MAX_BANKS} are accepted"));
    }
    Ok(())
}

/// What a text of the host may be: short, and without control characters, which would write
/// lines of their own into logs and terminals.
pub fn check_text(name: &str, text: &str) -> Result<(), String> {
    if text.len() > HostFacts::MAX_TEXT {
        let (length, most) = (text.len(), HostFacts::MAX_TEXT);
        return Err(format!("{name}: {length} bytes, at most {most} are accepted"));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("{name}: it has control characters"));
    }
    Ok(())
}

/// The agent's words, as far as a log or a row can show them.
pub fn readable(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(HostFacts::MAX_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use trustboard_model::protocol::{AgentMessage, ServerMessage};

    use super::*;

    #[test]
    fn what_follows_or_is_missing_is_refused() {
        let mut bytes = encode(&ServerMessage::Parked);
        assert_eq!(decode::<ServerMessage>(&bytes), Ok(ServerMessage::Parked));
        bytes.push(0);
        assert_eq!(decode::<ServerMessage>(&bytes), Err("1 bytes follow the message".to_owned()));
        let whole = encode(&AgentMessage::Identity { tpm: None });
        for end in 0..whole.len() {
            assert!(decode::<AgentMessage>(&whole[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn deep_nesting_and_huge_claims_of_length_end_early() {
        assert!(decode::<AgentMessage>(&[0x81; 4096]).is_err());
        // A byte string that claims 2^60 bytes.
        let claims = [0x5B, 0x10, 0, 0, 0, 0, 0, 0, 0];
        assert!(decode::<trustboard_model::bytes::Bytes>(&claims).is_err());
    }

    #[test]
    fn texts_are_short_and_printable() {
        assert!(check_text("x", &"a".repeat(256)).is_ok());
        assert!(check_text("x", &"a".repeat(257)).unwrap_err().contains("257 bytes"));
        assert!(check_text("x", "a\nb").is_err());
        assert_eq!(readable("no\n\x1b[31m TPM"), "no[31m TPM");
    }
}
