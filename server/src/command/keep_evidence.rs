//! What is kept of evidence that came in: a part of recording its appraisal.

use trustboard_attest::{Challenge, History, RecordedIdentity, SessionIdentity, parse_claims};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{Claims, EvidenceMessage, LogPart};

use crate::session::{Sent, wire};
use crate::store::evidence::{EvidenceContext, KeptIdentity, KeptKeys, KeptLog, KeptSent};
use crate::store::secret::sha256;
use crate::store::{KeptJudging, Standing, StoreError, Write};

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

/// Keeps evidence, what it was judged by, its logs and its facts. Gives whether the facts are other ones than before.
pub(super) async fn keep(
    write: &mut Write,
    host: HostId,
    standing: &Standing,
    received: &Received,
    judged: KeptJudging<'_>,
    clock: Option<ClockInfo>,
) -> Result<bool, StoreError> {
    let message = match &received.sent {
        Sent::Unreadable(problem) => {
            let context = context(received, KeptSent::Unreadable { problem: problem.clone() });
            write.put_evidence(host, &[], &context, judged, clock).await?;
            return Ok(false);
        }
        Sent::Refused(problem) => {
            let context = context(received, KeptSent::Refused { problem: problem.clone() });
            write.put_evidence(host, &[], &context, judged, clock).await?;
            return Ok(false);
        }
        Sent::Evidence(message) => message,
    };
    let claims = parse_claims(&message.claims).ok();
    let log = keep_log(write, host, standing, message, claims.as_ref()).await?;
    let systemd_log = keep_systemd_log(write, standing, message).await?;
    let context = context(received, KeptSent::Message { log, systemd_log });
    let without_logs = wire::encode(&message.without_logs());
    write.put_evidence(host, &without_logs, &context, judged, clock).await?;
    match facts(claims) {
        Some(facts) => write.put_facts(host, &facts).await,
        None => Ok(false),
    }
}

/// Evidence as it is kept, but for its logs.
pub(super) struct WithoutLogs {
    pub message: Vec<u8>,
    pub context: EvidenceContext,
    /// Names the keys that were on record.
    pub keys: Option<Sha256>,
    /// Names the logs that are kept of it.
    pub log: Option<Sha256>,
    pub systemd_log: Option<Sha256>,
    pub facts: Option<HostFacts>,
}

/// What [`keep`] keeps of a message whose event log has this digest, and of which no other log is new;
/// nothing of any other.
pub(super) fn without_logs(
    received: &Received,
    standing: &Standing,
    log_digest: Option<Sha256>,
) -> Option<WithoutLogs> {
    let Sent::Evidence(message) = &received.sent else { return None };
    let claims = parse_claims(&message.claims).ok();
    let log = match &message.log {
        LogPart::Full { .. } => KeptLog::Kept(log_digest?),
        LogPart::Absent => KeptLog::Absent,
        LogPart::Known => known_log(standing, claims.as_ref()),
    };
    let systemd_log = match message.os_logs.as_ref().map(|logs| &logs.systemd) {
        Some(LogPart::Full { .. }) => return None,
        other => known_systemd_log(standing, other),
    };
    let context = context(received, KeptSent::Message { log, systemd_log });
    Some(WithoutLogs {
        message: wire::encode(&message.without_logs()),
        keys: context.identity.as_ref().map(|identity| identity.keys),
        context,
        log: log.digest(),
        systemd_log: systemd_log.digest(),
        facts: facts(claims),
    })
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

/// The facts that can be shown.
fn facts(claims: Option<Claims>) -> Option<HostFacts> {
    claims.map(|claims| claims.facts).filter(|facts| wire::check_facts(facts).is_ok())
}

/// Names the two keys of an identity together, as its record does.
fn keys(identity: &RecordedIdentity) -> Sha256 {
    let (ek, ak) = (sha256(&[&identity.tpm.ek_public]), sha256(&[&identity.tpm.ak_public]));
    sha256(&[&ek.0, &ak.0])
}

/// The event log of a message: put on record if it was sent, else the one that it relied on.
async fn keep_log(
    write: &mut Write,
    host: HostId,
    standing: &Standing,
    message: &EvidenceMessage,
    claims: Option<&Claims>,
) -> Result<KeptLog, StoreError> {
    match &message.log {
        LogPart::Full { bytes } => write.put_log(host, standing, bytes).await.map(KeptLog::Kept),
        LogPart::Absent => Ok(KeptLog::Absent),
        LogPart::Known => Ok(known_log(standing, claims)),
    }
}

/// The event log that a message relies on.
fn known_log(standing: &Standing, claims: Option<&Claims>) -> KeptLog {
    let claimed = claims.and_then(|claims| claims.log_digest).or(standing.known_log);
    match claimed {
        None => KeptLog::Absent,
        Some(digest) if standing.known_log == Some(digest) => KeptLog::Kept(digest),
        Some(digest) => KeptLog::NotKept(digest),
    }
}

/// The systemd log of a message, likewise.
async fn keep_systemd_log(
    write: &mut Write,
    standing: &Standing,
    message: &EvidenceMessage,
) -> Result<KeptLog, StoreError> {
    match message.os_logs.as_ref().map(|logs| &logs.systemd) {
        Some(LogPart::Full { bytes }) => write.add_log(bytes).await.map(KeptLog::Kept),
        other => Ok(known_systemd_log(standing, other)),
    }
}

/// The systemd log that a message relies on.
fn known_systemd_log(standing: &Standing, part: Option<&LogPart>) -> KeptLog {
    match part {
        Some(LogPart::Known) => standing.known_systemd_log.map_or(KeptLog::Absent, KeptLog::Kept),
        Some(LogPart::Full { .. } | LogPart::Absent) | None => KeptLog::Absent,
    }
}
