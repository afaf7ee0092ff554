//! Genuine evidence from a software key, and what the verifier says of it.
//!
//! The policy demands a verified quote and minimum versions only, so that a story can choose
//! what comes of it; every appraisal is still made by the verifier.

use std::sync::{Arc, LazyLock};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use trustboard_attest::{
    AdmittedKeys, Again, Appraisal, Challenge, Evidence, History, Input, Log, Makers, Memory,
    Proof, Recognised, RecordedIdentity, SessionIdentity, Standards, admit, appraise as verify,
    appraise_and_remember,
};
use trustboard_model::bytes::Bytes;
use trustboard_model::check::{CheckId, Strictness};
use trustboard_model::digest::{Digest, HashAlg, Nonce, Sha256};
use trustboard_model::id::{ChallengeId, HostId};
use trustboard_model::job::Trigger;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::policy::Policy;
use trustboard_model::protocol::{
    BINDING_DOMAIN, Claims, EvidenceMessage, LogPart, Quoted, TpmIdentity,
};
use trustboard_model::time::Timestamp;
use trustboard_server::command::{Basis, Judged, Received, Recorded, Recording, Repeated};
use trustboard_server::session::Sent;

use super::{Database, World, facts, facts_with_tpm};

/// What evidence shall say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Nothing wrong.
    Passed,
    /// `platform.agent-too-old`, as a failure.
    OldAgent,
    /// Both.
    BothOld,
    /// `platform.os-too-old`, as a warning.
    Warned,
    /// `identity.ek-not-endorsed`, as a failure.
    Unendorsed,
    /// Cannot be read.
    Unreadable,
    /// The agent cannot.
    Refused,
    /// There is no TPM, and the policy does not mind.
    NoTpm,
}

/// A TPM in software: its AK and what it shows of its EK.
pub struct SoftTpm {
    ak: EcdsaKeyPair,
    pub identity: TpmIdentity,
}

const SHA256_ID: [u8; 2] = [0, 0x0B];
const NULL_ID: [u8; 2] = [0, 0x10];

fn sized(bytes: &[u8]) -> Vec<u8> {
    let mut sized = u16::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    sized.extend(bytes);
    sized
}

/// TPMT_PUBLIC of a P-256 key (TPM 2.0 Part 2, 12.2.4).
fn public(key: &EcdsaKeyPair, attributes: u32, policy: &[u8], parameters: &[&[u8]]) -> Bytes {
    let point = key.public_key().as_ref();
    let mut bytes = vec![0, 0x23];
    bytes.extend(SHA256_ID);
    bytes.extend(attributes.to_be_bytes());
    bytes.extend(sized(policy));
    for part in parameters {
        bytes.extend(*part);
    }
    bytes.extend([0, 3]);
    bytes.extend(NULL_ID);
    bytes.extend(sized(&point[1..33]));
    bytes.extend(sized(&point[33..65]));
    Bytes(bytes)
}

impl SoftTpm {
    pub fn new() -> Self {
        let key = || EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let (ek, ak) = (key(), key());
        // PolicySecret(TPM_RH_ENDORSEMENT) with SHA-256, as in the EK templates.
        let policy = trustboard_model::bytes::from_hex(
            "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa",
        );
        let aes = [0, 6, 0, 128, 0, 0x43];
        let ek = public(&ek, 0x0003_00B2, &policy.unwrap(), &[&aes, &NULL_ID]);
        let scheme = [0, 0x18, 0, 0x0B];
        let ak_public = public(&ak, 0x0005_0072, &[], &[&NULL_ID, &scheme]);
        let identity = TpmIdentity { ek_public: ek, ek_certificate: None, ak_public };
        Self { ak, identity }
    }

    pub fn keys(&self) -> AdmittedKeys {
        admit(&self.identity).unwrap()
    }

    /// A quote whose counter of milliseconds is `clock`.
    fn quote(&self, nonce: Nonce, claims: &[u8], clock: u64) -> Quoted {
        self.quote_after(5, nonce, claims, clock)
    }

    /// The same when the TPM was reset so often.
    fn quote_after(&self, resets: u32, nonce: Nonce, claims: &[u8], clock: u64) -> Quoted {
        let mut binding = BINDING_DOMAIN.to_vec();
        binding.extend(nonce.0);
        binding.extend(digest(&SHA256, claims).as_ref());
        let mut attest = vec![0xFF, 0x54, 0x43, 0x47, 0x80, 0x18];
        attest.extend(sized(&[&SHA256_ID[..], &[7; 32]].concat()));
        attest.extend(sized(digest(&SHA256, &binding).as_ref()));
        attest.extend(clock.to_be_bytes());
        attest.extend(resets.to_be_bytes());
        attest.extend([0, 0, 0, 0, 1]);
        attest.extend(3u64.to_be_bytes());
        attest.extend([0, 0, 0, 1, 0, 0x0B, 3, 0xFF, 0xFF, 0xFF]);
        attest.extend(sized(digest(&SHA256, &[0; 24 * 32]).as_ref()));
        let signature = self.ak.sign(&SystemRandom::new(), &attest).unwrap();
        let (r, s) = signature.as_ref().split_at(32);
        let zero = |pcr| (pcr, Digest::filled(HashAlg::Sha256, 0));
        Quoted {
            ak_public: self.identity.ak_public.clone(),
            attest: Bytes(attest),
            signature: Bytes([&[0, 0x18, 0, 0x0B], &sized(r)[..], &sized(s)].concat()),
            banks: vec![HashAlg::Sha256],
            pcrs: vec![PcrBankValues {
                bank: HashAlg::Sha256,
                values: PcrIndex::all().map(zero).collect(),
            }],
        }
    }
}

/// What the TPM's clock reads.
pub const CLOCK: u64 = 1000;

pub static TPM: LazyLock<SoftTpm> = LazyLock::new(SoftTpm::new);

pub fn policy(says: Says) -> Policy {
    let mut policy = Policy::linux_server();
    policy.strictness = CheckId::ALL.iter().map(|&check| (check, Strictness::Ignore)).collect();
    let mut set = |check, strictness| policy.strictness.insert(check, strictness);
    set(CheckId::QuoteSignature, Strictness::Fail);
    set(CheckId::AgentVersion, Strictness::Fail);
    if says == Says::Unendorsed {
        set(CheckId::EkEndorsed, Strictness::Fail);
    }
    let warned = says == Says::Warned;
    set(CheckId::OsVersion, if warned { Strictness::Warn } else { Strictness::Fail });
    if matches!(says, Says::OldAgent | Says::BothOld) {
        policy.minimum_agent = Some("99.0.0".to_owned());
    }
    if matches!(says, Says::BothOld | Says::Warned) {
        policy.minimum_os.insert("debian".to_owned(), "99".to_owned());
    }
    policy
}

/// Evidence that says this, as it comes in.
pub fn received(host: HostId, says: Says, now: Timestamp) -> Received {
    let nonce = Nonce([3; 32]);
    let there = says != Says::NoTpm;
    let facts = if there { facts_with_tpm("web") } else { facts("web") };
    let mut claims = Vec::new();
    ciborium::into_writer(&Claims { facts, log_digest: None, os_logs: None }, &mut claims).unwrap();
    let message = EvidenceMessage {
        challenge: ChallengeId::from_random([1; 16]),
        quoted: there.then(|| TPM.quote(nonce, &claims, CLOCK)),
        claims: Bytes(claims),
        log: LogPart::Absent,
        os_logs: None,
    };
    let identity = RecordedIdentity {
        tpm: TPM.identity.clone(),
        approved_by_operator: false,
        duplicate_of: None,
        qualified_signer: None,
    };
    let presented = there.then(|| TPM.identity.clone());
    Received {
        challenge: Challenge { host, nonce, expires_at: now.plus_seconds(30) },
        session: SessionIdentity { presented, proof: Proof::Proven },
        identity: there.then_some(identity),
        history: History::default(),
        sent: match says {
            Says::Unreadable => Sent::Unreadable("not CBOR".to_owned()),
            Says::Refused => Sent::Refused("the TPM is busy".to_owned()),
            _ => Sent::Evidence(Box::new(message)),
        },
    }
}

/// Evidence of a host with this TPM that passes after its `boot`th boot, with an event log that it
/// sends.
fn received_after_boot(
    tpm: &SoftTpm,
    host: HostId,
    now: Timestamp,
    boot: u32,
    log: &[u8],
) -> Received {
    let mut received = received(host, Says::Passed, now);
    received.identity.as_mut().unwrap().tpm.clone_from(&tpm.identity);
    received.session.presented = Some(tpm.identity.clone());
    let Sent::Evidence(mut message) = received.sent else { panic!() };
    let mut facts = facts_with_tpm("web");
    facts.boot_id = Some(format!("boot-{boot}"));
    let log_digest = Some(Sha256(digest(&SHA256, log).as_ref().try_into().unwrap()));
    let mut claims = Vec::new();
    ciborium::into_writer(&Claims { facts, log_digest, os_logs: None }, &mut claims).unwrap();
    let nonce = received.challenge.nonce;
    message.quoted = Some(tpm.quote_after(5 + boot, nonce, &claims, CLOCK + u64::from(boot)));
    message.claims = Bytes(claims);
    message.log = LogPart::Full { bytes: Bytes(log.to_vec()) };
    Received { sent: Sent::Evidence(message), ..received }
}

/// What the verifier concludes from evidence that says this.
pub fn appraise(host: HostId, says: Says, now: Timestamp) -> Appraisal {
    appraise_by(host, &received(host, says, now), policy(says), now)
}

/// What the verifier concludes under a policy.
pub fn appraise_by(host: HostId, received: &Received, policy: Policy, now: Timestamp) -> Appraisal {
    judge(host, received, &standards(policy), now, verify)
}

/// An answer that says the same as [`Says::Passed`].
pub struct Repeat {
    pub challenge: Challenge,
    pub message: EvidenceMessage,
    pub recognised: Recognised,
    pub at: Timestamp,
}

impl Repeat {
    /// The same for a host's record as it is: the answer extends the run that `on` began.
    pub async fn resting_on<D: Database>(&self, world: &World<D>, on: &Recorded) -> Repeated<'_> {
        let row = world.row(self.recognised.host()).await;
        let quoted = self.message.quoted.as_ref().unwrap();
        Repeated {
            recognised: &self.recognised,
            appraisal: on.appraisal,
            revision: on.revision,
            cluster: row.cluster.id,
            datacenter: row.datacenter.id,
            standards: 1,
            challenge: &self.challenge,
            id: self.message.challenge,
            attest: &quoted.attest,
            signature: &quoted.signature,
            received_at: self.at,
        }
    }
}

/// What a host that passes is recognised as at `now`, when its TPM's clock reads `clock`.
pub fn repeat(host: HostId, now: Timestamp, clock: u64) -> Repeat {
    let standards = standards(policy(Says::Passed));
    let first = received(host, Says::Passed, now);
    let (_, steady) =
        judge(host, &first, &standards, now, |input| appraise_and_remember(input, &Memory::none()));
    let Received { session, sent: Sent::Evidence(mut message), .. } = first else { panic!() };
    let nonce = Nonce(digest(&SHA256, &clock.to_be_bytes()).as_ref().try_into().unwrap());
    let challenge = Challenge { host, nonce, expires_at: now.plus_seconds(30) };
    message.challenge = ChallengeId::from_random([9; 16]);
    message.quoted = Some(TPM.quote(nonce, &message.claims, clock));
    message.log = LogPart::Known;
    let (challenge, message, session, standards) = (&challenge, &message, &session, &standards);
    let again = Again { host, challenge, session, standards, latest: None, now };
    let recognised = steady.unwrap().recognise(message, &again).expect("the same is recognised");
    Repeat { challenge: challenge.clone(), message: (**message).clone(), recognised, at: now }
}

fn judge<T>(
    host: HostId,
    received: &Received,
    standards: &Arc<Standards>,
    now: Timestamp,
    by: impl FnOnce(&Input<'_>) -> T,
) -> T {
    let evidence = match &received.sent {
        Sent::Evidence(message) => {
            let log = match &message.log {
                LogPart::Full { bytes } => Log::Bytes(bytes),
                LogPart::Known | LogPart::Absent => Log::Absent,
            };
            Evidence::Sent { message, log, systemd_log: Log::Absent }
        }
        Sent::Unreadable(problem) => Evidence::Unreadable { problem },
        Sent::Refused(problem) => Evidence::Refused { problem },
    };
    by(&Input {
        host,
        challenge: &received.challenge,
        evidence,
        identity: received.identity.as_ref(),
        session: &received.session,
        standards,
        history: &received.history,
        exceptions: &[],
        received_at: now,
        now,
    })
}

/// Judged by standards of that number under which evidence says this.
pub fn judged(number: u64, says: Says) -> Judged {
    let identity = received(HostId::from_random([0; 16]), says, Timestamp(0)).identity;
    Judged::by(number, standards(policy(says)), Vec::new(), identity.as_ref())
}

fn standards(policy: Policy) -> Arc<Standards> {
    let makers = Arc::new(Makers::default());
    Arc::new(Standards { policy, makers, revocations: None, approved: Vec::new() })
}

/// As it is recorded when it comes in: judged by the first standards of its cluster.
pub fn recording(host: HostId, says: Says, now: Timestamp, trigger: Trigger) -> Recording {
    Recording {
        host,
        appraisal: appraise(host, says, now),
        judged: judged(1, says),
        trigger,
        job: None,
        steps: Vec::new(),
        basis: Basis::Received(Box::new(received(host, says, now))),
    }
}

/// That of a host that passes after a boot, with its log.
pub fn recording_after_boot(host: HostId, now: Timestamp, boot: u32, log: &[u8]) -> Recording {
    recording_of(&TPM, host, now, boot, log)
}

/// The same of a host with this TPM.
pub fn recording_of(
    tpm: &SoftTpm,
    host: HostId,
    now: Timestamp,
    boot: u32,
    log: &[u8],
) -> Recording {
    recording_that(Says::Passed, tpm, host, now, boot, log)
}

/// The same, judged by a policy under which it says this.
pub fn recording_that(
    says: Says,
    tpm: &SoftTpm,
    host: HostId,
    now: Timestamp,
    boot: u32,
    log: &[u8],
) -> Recording {
    let received = received_after_boot(tpm, host, now, boot, log);
    let appraisal = appraise_by(host, &received, policy(says), now);
    let basis = Basis::Received(Box::new(received));
    Recording { appraisal, basis, ..recording(host, says, now, Trigger::Scheduled) }
}
