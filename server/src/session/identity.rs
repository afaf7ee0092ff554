//! Who the TPM of a session is, and whether it proves it (TPM 2.0 Part 1, 24: credential
//! activation).

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use trustboard_attest::{AdmittedKeys, Proof, SessionIdentity, admit, make_credential};
use trustboard_model::digest::Sha256;
use trustboard_model::host::IdentityState;
use trustboard_model::job::StepKind;
use trustboard_model::protocol::{AgentMessage, ServerMessage, TpmIdentity};

use super::ask::{Progress, Unanswered};
use super::run::{Session, Stop};
use super::talk::Incoming;
use super::wire;
use crate::command;
use crate::query::VerificationContext;
use crate::store::secret::sha256;

/// How long a TPM may take to read or make its keys: a slow one needs some 15 s for an RSA key.
const ANSWER: Duration = Duration::from_mins(1);

/// An identity that was established in this session, and what it was compared with.
#[derive(Debug)]
pub(super) struct Established {
    /// Names it.
    on_record: Option<Sha256>,
    pub(super) identity: Arc<SessionIdentity>,
}

impl Established {
    /// Whether it still says something about a host of which `known` is on record.
    pub(super) fn holds(&self, known: &VerificationContext) -> bool {
        let same = self.on_record == known.identity.as_ref().map(|on| name(&on.tpm));
        let settled = !matches!(self.identity.proof, Proof::Failed { .. });
        let wanted =
            known.identity_state == IdentityState::Pending && self.identity.presented.is_some();
        same && settled && !wanted
    }
}

/// Asks who the TPM is, compares it with the record, and lets it prove itself if there is
/// something to prove.
pub(super) async fn establish(
    session: &mut Session,
    known: &VerificationContext,
    progress: &Progress,
) -> Result<Established, Stop> {
    progress.step(StepKind::IdentityAsked, "").await;
    session.talk.send(&ServerMessage::AskIdentity).await?;
    let on_record = known.identity.as_ref().map(|on| name(&on.tpm));
    let presented = match presented(session, progress).await? {
        Ok(presented) => presented,
        Err(problem) => {
            let proof = Proof::Failed { problem };
            let identity = Arc::new(SessionIdentity { presented: None, proof });
            return Ok(Established { on_record, identity });
        }
    };
    let (found, to_prove) = compare(known, presented.as_ref());
    progress.step(StepKind::IdentityCompared, found.words()).await;
    if let (Found::Another, Some(tpm)) = (found, &presented) {
        let noted = command::note_mismatch(&session.state.ctx, session.host, tpm).await;
        noted.map_err(|error| session.unavailable(&error))?;
    }
    let (taken, proof) = match (to_prove, &presented) {
        (true, Some(tpm)) => prove(session, tpm, known, found, progress).await?,
        _ => (None, Proof::NotAsked),
    };
    let on_record = taken.as_ref().map(name).or(on_record);
    Ok(Established { on_record, identity: Arc::new(SessionIdentity { presented, proof }) })
}

/// Names the keys and the certificate of a TPM.
fn name(tpm: &TpmIdentity) -> Sha256 {
    let TpmIdentity { ek_public, ek_certificate, ak_public } = tpm;
    let certificate = ek_certificate.as_ref().map(|certificate| sha256(&[certificate]));
    let (ek, ak) = (sha256(&[ek_public]), sha256(&[ak_public]));
    sha256(&[&ek.0, &ak.0, certificate.as_ref().map_or(&[], |digest| &digest.0[..])])
}

/// How the TPM's keys compare with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The host has no TPM 2.0, or none that the agent can use.
    NoTpm,
    /// The keys on record.
    Same,
    /// Other keys than those on record.
    Another,
    /// Nothing is on record and the keys are to be taken.
    New,
    /// Nothing is on record and nothing is to be taken.
    NotOnRecord,
}

impl Found {
    const fn words(self) -> &'static str {
        match self {
            Self::NoTpm => "the host presents no TPM 2.0",
            Self::Same => "EK and AK are those on record",
            Self::Another => "EK or AK is not the one on record",
            Self::New => "a new identity is to be taken",
            Self::NotOnRecord => "no identity is on record",
        }
    }
}

/// Compares by bytes, and says whether the TPM shall prove itself.
fn compare(known: &VerificationContext, presented: Option<&TpmIdentity>) -> (Found, bool) {
    let Some(tpm) = presented else {
        return (Found::NoTpm, false);
    };
    let same = known
        .identity
        .as_ref()
        .map(|on| on.tpm.ek_public == tpm.ek_public && on.tpm.ak_public == tpm.ak_public);
    match (known.identity_state, same) {
        (IdentityState::Pending, _) => (Found::New, true),
        (_, Some(true)) => (Found::Same, true),
        (_, Some(false)) => (Found::Another, false),
        (_, None) => (Found::NotOnRecord, false),
    }
}

/// The keys that the agent presents, or its words why it cannot.
async fn presented(
    session: &mut Session,
    progress: &Progress,
) -> Result<Result<Option<TpmIdentity>, String>, Stop> {
    let deadline = Instant::now() + ANSWER;
    loop {
        match session.talk.next(Some(deadline)).await? {
            Incoming::Message(AgentMessage::Identity { tpm }) => {
                match tpm.as_ref().map_or(Ok(()), wire::check_identity) {
                    Ok(()) => return Ok(Ok(tpm)),
                    Err(problem) => session.talk.refuse("too-large", &problem).await?,
                }
            }
            Incoming::Message(AgentMessage::Cannot { problem, .. }) => {
                let problem = wire::readable(&problem);
                progress.step(StepKind::AgentRefused, &*problem).await;
                return Ok(Err(problem));
            }
            Incoming::Nothing => return Err(timed_out("question who its TPM is")),
            other => session.out_of_order(other, "the identity").await?,
        }
    }
}

/// Lets the TPM unwrap a secret; takes the identity if that was wanted. Gives the keys that were
/// put on record by it.
async fn prove(
    session: &mut Session,
    tpm: &TpmIdentity,
    known: &VerificationContext,
    found: Found,
    progress: &Progress,
) -> Result<(Option<TpmIdentity>, Proof), Stop> {
    let secret = session.state.ctx.random.secret();
    let mut seed = [0; 64];
    session.state.ctx.random.fill(&mut seed);
    let wrapped = admit(tpm).map_err(|error| error.to_string()).and_then(|keys| {
        let credential = make_credential(&keys, &secret, &seed);
        credential.map(|credential| (keys, credential)).map_err(|error| error.to_string())
    });
    let (keys, credential) = match wrapped {
        Ok(wrapped) => wrapped,
        Err(problem) => {
            let problem = format!("these keys cannot be put to the proof: {problem}");
            progress.step(StepKind::Problem, &*problem).await;
            return Ok((None, Proof::Failed { problem }));
        }
    };
    progress.step(StepKind::CredentialSent, "").await;
    session.talk.send(&ServerMessage::Activate { credential }).await?;
    match activated(session, progress).await? {
        Ok(answer) if equal(&answer, &secret) => {
            progress.step(StepKind::IdentityProven, "the TPM unwrapped the credential").await;
            let taken = adopt(session, &keys, known, found, progress).await?;
            Ok((taken, Proof::Proven))
        }
        Ok(_) => {
            let problem = "the TPM answered with a wrong secret".to_owned();
            progress.step(StepKind::Problem, &*problem).await;
            Ok((None, Proof::Failed { problem }))
        }
        Err(problem) => Ok((None, Proof::Failed { problem })),
    }
}

/// Puts proven keys on record, if they are to be.
async fn adopt(
    session: &mut Session,
    keys: &AdmittedKeys,
    known: &VerificationContext,
    found: Found,
    progress: &Progress,
) -> Result<Option<TpmIdentity>, Stop> {
    // A mismatch ends when the keys on record answer again.
    let back = found == Found::Same && known.identity_state == IdentityState::Mismatched;
    if found != Found::New && !back {
        return Ok(None);
    }
    match command::adopt_identity(&session.state.ctx, session.host, keys).await {
        Ok(()) => Ok(Some(keys.tpm().clone())),
        Err(refusal) => {
            progress.step(StepKind::Problem, format!("not put on record: {refusal}")).await;
            Ok(None)
        }
    }
}

/// The secret that the TPM unwrapped, or why there is none.
async fn activated(
    session: &mut Session,
    progress: &Progress,
) -> Result<Result<Vec<u8>, String>, Stop> {
    let deadline = Instant::now() + ANSWER;
    loop {
        match session.talk.next(Some(deadline)).await? {
            Incoming::Message(AgentMessage::Activated { secret }) => return Ok(Ok(secret.0)),
            Incoming::Message(AgentMessage::Cannot { problem, .. }) => {
                let problem = wire::readable(&problem);
                progress.step(StepKind::AgentRefused, &*problem).await;
                return Ok(Err(problem));
            }
            Incoming::Nothing => return Err(timed_out("credential")),
            other => session.out_of_order(other, "the activated credential").await?,
        }
    }
}

fn timed_out(question: &'static str) -> Stop {
    Stop::Unanswered(Unanswered::TimedOut { question, seconds: ANSWER.as_secs() })
}

/// Compares without telling by its duration where two secrets differ.
fn equal(one: &[u8], other: &[u8; 32]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one, other).is_ok()
}
