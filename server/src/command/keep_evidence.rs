//! What is kept of evidence that came in: a part of recording its appraisal.

use trustboard_attest::{Challenge, History, RecordedIdentity, SessionIdentity, parse_claims};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::protocol::{EvidenceMessage, LogPart};

use crate::session::{Sent, wire};
use crate::store::Standing;
use crate::store::evidence::{EvidenceContext, KeptIdentity, KeptKeys, KeptLog, KeptSent};
use crate::store::secret::sha256;

/// Evidence that just came in, with everything of its moment.
#[derive(Debug, Clone)]
pub struct Received {
    /// The challenge that it answers.
    pub challenge: Challenge,
    /// Who the TPM was in the session.
    pub session: SessionIdentity,
    /// The identity on record that it was appraised with.
    pub identity: Option<RecordedIdentity>,
    /// What earlier evidence had said.
    pub history: History,
    /// What the host sent.
    pub sent: Sent,
}

/// What of evidence can be made ready before anything is read: all that takes time.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// The message without its logs.
    message: Vec<u8>,
    /// Names the event log that the claims speak of.
    claimed_log: Option<Sha256>,
    /// Names the logs that were sent.
    sent_log: Option<Sha256>,
    sent_systemd_log: Option<Sha256>,
    /// The facts that can be shown.
    facts: Option<HostFacts>,
}

impl Parts {
    /// Nothing of evidence that cannot be read.
    pub(super) fn of(received: &Received) -> Option<Self> {
        let Sent::Evidence(message) = &received.sent else { return None };
        let claims = parse_claims(&message.claims).ok();
        let digest = |bytes: &[u8]| sha256(&[bytes]);
        Some(Self {
            message: wire::encode(&message.without_logs()),
            claimed_log: claims.as_ref().and_then(|claims| claims.log_digest),
            sent_log: full(Some(&message.log)).map(digest),
            sent_systemd_log: full(systemd_part(message)).map(digest),
            facts: claims
                .map(|claims| claims.facts)
                .filter(|facts| wire::check_facts(facts).is_ok()),
        })
    }

    /// The message without its logs.
    pub(super) fn message(&self) -> &[u8] {
        &self.message
    }

    /// What its host says of itself.
    pub(super) fn facts(&self) -> Option<&HostFacts> {
        self.facts.as_ref()
    }
}

/// Evidence as it is kept.
pub(super) struct Kept<'a> {
    /// The message without its logs.
    pub message: &'a [u8],
    pub context: EvidenceContext,
    /// Names the keys that were on record.
    pub keys: Option<Sha256>,
    /// Names the logs that are kept of it.
    pub log: Option<Sha256>,
    pub systemd_log: Option<Sha256>,
    /// The logs that were sent.
    pub sent_log: Option<(Sha256, &'a [u8])>,
    pub sent_systemd_log: Option<(Sha256, &'a [u8])>,
    pub facts: Option<&'a HostFacts>,
}

/// What is kept of evidence, of a host of which this is on record.
pub(super) fn kept<'a>(
    received: &'a Received,
    parts: Option<&'a Parts>,
    standing: &Standing,
) -> Kept<'a> {
    let (sent, logs) = match (&received.sent, parts) {
        (Sent::Evidence(message), Some(parts)) => {
            let log = match (&message.log, parts.sent_log) {
                (LogPart::Full { bytes }, Some(digest)) => {
                    (KeptLog::Kept(digest), Some((digest, &bytes[..])))
                }
                (LogPart::Known, _) => (known_log(standing, parts.claimed_log), None),
                (LogPart::Full { .. } | LogPart::Absent, _) => (KeptLog::Absent, None),
            };
            let systemd_log = match (systemd_part(message), parts.sent_systemd_log) {
                (Some(LogPart::Full { bytes }), Some(digest)) => {
                    (KeptLog::Kept(digest), Some((digest, &bytes[..])))
                }
                (other, _) => (known_systemd_log(standing, other), None),
            };
            let sent = KeptSent::Message { log: log.0, systemd_log: systemd_log.0 };
            (sent, Some((log, systemd_log)))
        }
        (Sent::Unreadable(problem), _) => (KeptSent::Unreadable { problem: problem.clone() }, None),
        (Sent::Refused(problem), _) => (KeptSent::Refused { problem: problem.clone() }, None),
        (Sent::Evidence(_), None) => unreachable!("evidence that can be read has its parts"),
    };
    let context = context(received, sent);
    Kept {
        message: parts.map_or(&[], |parts| &parts.message),
        keys: context.identity.as_ref().map(|identity| identity.keys),
        context,
        log: logs.and_then(|(log, _)| log.0.digest()),
        systemd_log: logs.and_then(|(_, log)| log.0.digest()),
        sent_log: logs.and_then(|(log, _)| log.1),
        sent_systemd_log: logs.and_then(|(_, log)| log.1),
        facts: parts.and_then(Parts::facts),
    }
}

/// The bytes of a log that was sent.
fn full(part: Option<&LogPart>) -> Option<&[u8]> {
    match part {
        Some(LogPart::Full { bytes }) => Some(bytes),
        Some(LogPart::Known | LogPart::Absent) | None => None,
    }
}

/// systemd's log of a message.
fn systemd_part(message: &EvidenceMessage) -> Option<&LogPart> {
    message.os_logs.as_ref().map(|logs| &logs.systemd)
}

/// Everything of the moment.
fn context(received: &Received, sent: KeptSent) -> EvidenceContext {
    let Received { challenge, session, identity, history, sent: _ } = received;
    let presented = match (&session.presented, identity) {
        (None, _) => KeptKeys::None,
        (Some(keys), Some(identity)) if *keys == identity.tpm => KeptKeys::OnRecord,
        (Some(keys), _) => KeptKeys::Other(Box::new(keys.clone())),
    };
    EvidenceContext {
        challenge: challenge.clone(),
        sent,
        presented,
        proof: session.proof.clone(),
        identity: identity.as_ref().map(|identity| KeptIdentity {
            keys: keys(identity),
            qualified_signer: identity.qualified_signer.clone().map(Bytes),
        }),
        history: history.clone(),
    }
}

/// Names the two keys of an identity together, as its record does.
fn keys(identity: &RecordedIdentity) -> Sha256 {
    let (ek, ak) = (sha256(&[&identity.tpm.ek_public]), sha256(&[&identity.tpm.ak_public]));
    sha256(&[&ek.0, &ak.0])
}

/// The event log that a message relies on.
fn known_log(standing: &Standing, claimed: Option<Sha256>) -> KeptLog {
    match claimed.or(standing.known_log) {
        None => KeptLog::Absent,
        Some(digest) if standing.known_log == Some(digest) => KeptLog::Kept(digest),
        Some(digest) => KeptLog::NotKept(digest),
    }
}

/// The systemd log that a message relies on.
fn known_systemd_log(standing: &Standing, part: Option<&LogPart>) -> KeptLog {
    match part {
        Some(LogPart::Known) => standing.known_systemd_log.map_or(KeptLog::Absent, KeptLog::Kept),
        Some(LogPart::Full { .. } | LogPart::Absent) | None => KeptLog::Absent,
    }
}
