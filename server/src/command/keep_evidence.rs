//! What is kept of evidence that came in: a part of recording its appraisal.

use trustboard_attest::{Challenge, History, RecordedIdentity, SessionIdentity, parse_claims};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
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
    let Received { challenge, session, identity, history, sent } = received;
    let presented = match (&session.presented, identity) {
        (None, _) => KeptKeys::None,
        (Some(keys), Some(identity)) if *keys == identity.tpm => KeptKeys::OnRecord,
        (Some(keys), _) => KeptKeys::Other(Box::new(keys.clone())),
    };
    let mut context = EvidenceContext {
        challenge: challenge.clone(),
        sent: KeptSent::Unreadable { problem: String::new() },
        presented,
        proof: session.proof.clone(),
        identity: identity.as_ref().map(|identity| KeptIdentity {
            keys: keys(identity),
            qualified_signer: identity.qualified_signer.clone().map(Bytes),
        }),
        history: history.clone(),
    };
    let message = match sent {
        Sent::Unreadable(problem) => {
            context.sent = KeptSent::Unreadable { problem: problem.clone() };
            write.put_evidence(host, &[], &context, judged, clock).await?;
            return Ok(false);
        }
        Sent::Refused(problem) => {
            context.sent = KeptSent::Refused { problem: problem.clone() };
            write.put_evidence(host, &[], &context, judged, clock).await?;
            return Ok(false);
        }
        Sent::Evidence(message) => message,
    };
    let claims = parse_claims(&message.claims).ok();
    let log = keep_log(write, host, standing, message, claims.as_ref()).await?;
    let systemd_log = keep_systemd_log(write, standing, message).await?;
    context.sent = KeptSent::Message { log, systemd_log };
    let without_logs = wire::encode(&message.without_logs());
    write.put_evidence(host, &without_logs, &context, judged, clock).await?;
    let facts = claims.map(|claims| claims.facts).filter(|facts| wire::check_facts(facts).is_ok());
    match &facts {
        Some(facts) => write.put_facts(host, facts).await,
        None => Ok(false),
    }
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
        LogPart::Known => {
            let claimed = claims.and_then(|claims| claims.log_digest).or(standing.known_log);
            Ok(match claimed {
                None => KeptLog::Absent,
                Some(digest) if standing.known_log == Some(digest) => KeptLog::Kept(digest),
                Some(digest) => KeptLog::NotKept(digest),
            })
        }
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
        Some(LogPart::Known) => {
            Ok(standing.known_systemd_log.map_or(KeptLog::Absent, KeptLog::Kept))
        }
        Some(LogPart::Absent) | None => Ok(KeptLog::Absent),
    }
}
