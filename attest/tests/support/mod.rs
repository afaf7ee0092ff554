//! Genuine evidence, made in the process: a software TPM's keys, a maker's CA, a firmware-like
//! boot. A [`Scene`] is trusted as it is made; a test changes one thing and appraises.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

pub mod boot;
pub mod keys;
pub mod linux;
pub mod maker;
pub mod system;

pub use trustboard_soft_tpm::{der, marshal as tpm};

use std::collections::BTreeMap;
use std::sync::Arc;

use trustboard_attest::reference::learn_from_log;
use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_attest::{
    Appraisal, Bundle, Challenge, Evidence, History, Input, Log, Makers, Proof, RecordedIdentity,
    SessionIdentity, Standards, appraise,
};
use trustboard_model::appraisal::Report;
use trustboard_model::bytes::Bytes;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::checkpoint::OsLogsSeen;
use trustboard_model::configuration::{ConfigurationRef, Reference};
use trustboard_model::digest::{Digest, HashAlg, Nonce};
use trustboard_model::facts::{HostFacts, TpmFacts, TpmInterface};
use trustboard_model::id::{ChallengeId, ConfigurationId, HostId};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::policy::Policy;
use trustboard_model::protocol::{
    BINDING_DOMAIN, Claims, EvidenceMessage, LogPart, Quoted, TpmIdentity,
};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;

use boot::Boot;
use keys::AkKey;
use maker::{EkCertificateSpec, Maker};
use system::System;
use tpm::{AttestSpec, PublicSpec};

pub const NOW: Timestamp = Timestamp(1_800_000_000_000);
pub const NONCE: Nonce = Nonce([0x5A; 32]);

pub fn host() -> HostId {
    HostId::from_random([1; 16])
}

pub use trustboard_soft_tpm::sha256;

/// Everything that one appraisal depends on, open to change.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that can be wrong")]
pub struct Scene {
    pub ak: AkKey,
    pub ak_public: PublicSpec,
    pub ek_public: PublicSpec,
    pub ek_certificate: Option<EkCertificateSpec>,
    /// Replaces the certificate's bytes.
    pub ek_certificate_bytes: Option<Vec<u8>>,
    pub makers: Makers,
    /// The official list of revocations.
    pub revocations: Option<Arc<OfficialRevocations>>,
    pub boot: Boot,
    pub banks: Vec<HashAlg>,
    /// Banks that the firmware extends.
    pub measured: Vec<HashAlg>,
    /// What the system measures and logs; nothing: its agent reads no such logs.
    pub system: Option<System>,
    /// Extends after boot: register and measured data.
    pub later: Vec<(u8, Vec<u8>)>,
    pub attest: AttestSpec,
    pub facts: HostFacts,
    pub policy: Policy,
    pub history: History,
    pub challenge: Challenge,
    pub now: Timestamp,
    /// The nonce that the quote is made for.
    pub quoted_nonce: Nonce,
    pub enrolled: bool,
    pub presented: Option<TpmIdentity>,
    pub proof: Proof,
    pub duplicate_of: Option<String>,
    pub approved: bool,
    pub qualified_signer: Option<Vec<u8>>,
    pub has_quote: bool,
    /// A log from elsewhere, and the PCR values that go with it, instead of those of `boot`.
    pub foreign: Option<(Vec<u8>, Vec<PcrBankValues>)>,
    /// Changes the log before it is signed for.
    pub edit_log: fn(Vec<u8>) -> Vec<u8>,
    /// The log is not there.
    pub log_absent: bool,
    /// Changes the finished message.
    pub edit_message: fn(&mut EvidenceMessage),
    /// Changes the log after it was signed for.
    pub edit_sent_log: fn(Vec<u8>) -> Vec<u8>,
    pub not_kept: bool,
    /// The configurations that are approved for the host's cluster.
    pub configurations: Vec<Reference>,
}

impl Scene {
    /// A host that boots with Secure Boot on and has an RSA AK, an RSA EK and its certificate.
    pub fn genuine() -> Self {
        Self::with_keys(AkKey::rsa(), keys::ek_rsa())
    }

    /// The same with keys on P-256.
    pub fn genuine_ecc() -> Self {
        Self::with_keys(AkKey::ecc(), keys::ek_ecc())
    }

    pub fn with_keys(ak: AkKey, ek_public: PublicSpec) -> Self {
        let banks = vec![HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384];
        let maker = Maker::genuine();
        Self {
            ak_public: ak.public(),
            ak,
            ek_certificate: Some(EkCertificateSpec::for_key(&ek_public, maker::ISSUER)),
            ek_certificate_bytes: None,
            ek_public,
            makers: maker.makers(),
            revocations: Some(Arc::new(boot::official_revocations())),
            boot: Boot::secure(),
            measured: banks.clone(),
            system: None,
            later: Vec::new(),
            attest: AttestSpec::default(),
            facts: facts(&banks),
            banks,
            policy: Policy::linux_server(),
            history: History::default(),
            challenge: Challenge { host: host(), nonce: NONCE, expires_at: NOW.plus_seconds(60) },
            now: NOW,
            quoted_nonce: NONCE,
            enrolled: true,
            presented: None,
            proof: Proof::Proven,
            duplicate_of: None,
            approved: false,
            qualified_signer: None,
            has_quote: true,
            foreign: None,
            edit_log: |log| log,
            log_absent: false,
            edit_message: |_| {},
            edit_sent_log: |log| log,
            not_kept: false,
            configurations: Vec::new(),
        }
    }

    /// The same with a system that measures files and phases.
    pub fn with_system() -> Self {
        let mut scene = Self::genuine();
        scene.system = Some(System::after(&scene.boot));
        scene
    }

    /// What it measures and logs.
    pub fn system(&mut self) -> &mut System {
        self.system.as_mut().unwrap()
    }

    /// What it boots now, as a configuration with its usual registers.
    pub fn reference(&self) -> Reference {
        let learned = learn_from_log(&self.boot.log(&self.measured)).unwrap();
        learned.usual().into_reference(ConfigurationRef {
            id: ConfigurationId::from_random([3; 16]),
            name: "Debian 12".to_owned(),
            version: 1,
        })
    }

    /// Approves what it boots now.
    pub fn approve(&mut self) {
        self.configurations = vec![self.reference()];
    }

    pub fn set_banks(&mut self, banks: &[HashAlg]) {
        self.banks = banks.to_vec();
        self.measured = banks.to_vec();
        self.facts = facts(banks);
    }

    pub fn identity(&self) -> TpmIdentity {
        let certificate = self
            .ek_certificate_bytes
            .clone()
            .or_else(|| Some(self.ek_certificate.as_ref()?.sign(&Maker::genuine().issuer)));
        TpmIdentity {
            ek_public: self.ek_public.marshal().into(),
            ek_certificate: certificate.map(Bytes),
            ak_public: self.ak_public.marshal().into(),
        }
    }

    pub fn pcrs(&self) -> Vec<PcrBankValues> {
        match &self.foreign {
            Some((_, pcrs)) => pcrs.clone(),
            None => self.banks.iter().map(|&bank| self.pcr_bank(bank)).collect(),
        }
    }

    fn pcr_bank(&self, bank: HashAlg) -> PcrBankValues {
        let mut values: BTreeMap<u8, Vec<u8>> = (0..24)
            .map(|i| (i, vec![PcrIndex::try_from(i).unwrap().reset_byte(); bank.len()]))
            .collect();
        if self.measured.contains(&bank) {
            self.boot.extend(bank, &mut values);
        }
        if let Some(system) = &self.system {
            system.extend(bank, &mut values);
        }
        for (pcr, data) in &self.later {
            boot::extend(bank, values.get_mut(pcr).unwrap(), &boot::digest_of(bank, data));
        }
        let values = values
            .into_iter()
            .map(|(i, v)| (PcrIndex::try_from(i).unwrap(), Digest::new(bank, v).unwrap()))
            .collect();
        PcrBankValues { bank, values }
    }

    /// The message and the log as they arrive.
    pub fn evidence(&self) -> (EvidenceMessage, Vec<u8>) {
        let log = match &self.foreign {
            Some((log, _)) => log.clone(),
            None => self.boot.log(&self.measured),
        };
        let log = (self.edit_log)(log);
        let log_digest = (!self.log_absent).then(|| sha256(&log));
        let (os_claims, os_logs) =
            self.system.as_ref().map(|system| system.sent(&self.banks)).unzip();
        let claims = Claims { facts: self.facts.clone(), log_digest, os_logs: os_claims };
        let mut bytes = Vec::new();
        ciborium::into_writer(&claims, &mut bytes).unwrap();
        let quoted = self.has_quote.then(|| self.quote(&bytes));
        let mut message = EvidenceMessage {
            challenge: ChallengeId::from_random([2; 16]),
            claims: bytes.into(),
            quoted,
            log: LogPart::Known,
            os_logs,
        };
        (self.edit_message)(&mut message);
        (message, (self.edit_sent_log)(log))
    }

    fn quote(&self, claims: &[u8]) -> Quoted {
        let bound = [BINDING_DOMAIN, &self.quoted_nonce.0, &sha256(claims).0].concat();
        let pcrs = self.pcrs();
        let attest = self.attest.marshal(&sha256(&bound).0, &pcrs, self.ak_public.scheme_hash());
        Quoted {
            ak_public: self.ak_public.marshal().into(),
            signature: self.ak.sign(&attest).into(),
            attest: attest.into(),
            banks: self.banks.clone(),
            pcrs,
        }
    }

    /// Appraises.
    pub fn appraise(&self) -> Report {
        let (message, log) = self.evidence();
        self.appraise_sent(&message, &log)
    }

    pub fn appraise_sent(&self, message: &EvidenceMessage, log: &[u8]) -> Report {
        let log = match (self.log_absent, self.not_kept) {
            (true, _) => Log::Absent,
            (_, true) => Log::NotKept(sha256(log)),
            _ => Log::Bytes(log),
        };
        let systemd = self.system.as_ref().and_then(|system| system.log(&self.banks));
        let systemd_log = systemd.as_deref().map_or(Log::Absent, Log::Bytes);
        self.appraise_evidence(Evidence::Sent { message, log, systemd_log })
    }

    pub fn appraise_evidence(&self, evidence: Evidence<'_>) -> Report {
        let report = self.prepare(evidence).appraise().report().clone();
        let order: Vec<CheckId> = report.checks.iter().map(|result| result.check).collect();
        assert_eq!(order, CheckId::ALL, "every check has an outcome, in order");
        report
    }

    /// Everything that an appraisal of `evidence` depends on.
    pub fn prepare<'a>(&'a self, evidence: Evidence<'a>) -> Prepared<'a> {
        let recorded = RecordedIdentity {
            tpm: self.identity(),
            approved_by_operator: self.approved,
            duplicate_of: self.duplicate_of.clone(),
            qualified_signer: self.qualified_signer.clone(),
        };
        let presented = self.presented.clone().unwrap_or_else(|| self.identity());
        let session = SessionIdentity { presented: Some(presented), proof: self.proof.clone() };
        let standards = Arc::new(Standards {
            policy: self.policy.clone(),
            makers: Arc::new(self.makers.clone()),
            revocations: self.revocations.clone(),
            approved: self.configurations.clone(),
        });
        Prepared { scene: self, evidence, recorded, session, standards }
    }
}

/// See [`Scene::prepare`].
pub struct Prepared<'a> {
    scene: &'a Scene,
    evidence: Evidence<'a>,
    recorded: RecordedIdentity,
    session: SessionIdentity,
    standards: Arc<Standards>,
}

impl Prepared<'_> {
    pub fn appraise(&self) -> Appraisal {
        appraise(&self.input())
    }

    /// The same as a file, with the report that was made of it.
    pub fn bundle(&self, report: &Report) -> Bundle {
        Bundle::of(&self.input(), "host-1", report)
    }

    /// What a server hands to the verifier.
    pub fn input(&self) -> Input<'_> {
        let scene = self.scene;
        Input {
            host: host(),
            challenge: &scene.challenge,
            evidence: self.evidence,
            identity: scene.enrolled.then_some(&self.recorded),
            session: &self.session,
            standards: &self.standards,
            history: &scene.history,
            exceptions: &[],
            received_at: scene.now,
            now: scene.now,
        }
    }
}

/// What an appraisal of the scene as it is leaves for the next one.
pub fn os_logs_seen(scene: &Scene) -> OsLogsSeen {
    let (message, log) = scene.evidence();
    let systemd = scene.system.as_ref().and_then(|system| system.log(&scene.banks));
    let systemd_log = systemd.as_deref().map_or(Log::Absent, Log::Bytes);
    let evidence = Evidence::Sent { message: &message, log: Log::Bytes(&log), systemd_log };
    scene.prepare(evidence).appraise().os_logs().clone()
}

fn facts(banks: &[HashAlg]) -> HostFacts {
    HostFacts {
        hostname: "host-1".to_owned(),
        machine_id: None,
        boot_id: None,
        os_id: Some("debian".to_owned()),
        os_name: None,
        os_version: Some("12".to_owned()),
        kernel: None,
        agent_version: "0.1.0".to_owned(),
        secure_boot_variable: Some(true),
        log_absent: None,
        tpm: Some(TpmFacts {
            family: "2.0".to_owned(),
            manufacturer: "STM".to_owned(),
            model: "test".to_owned(),
            firmware: "1.2.3.4".to_owned(),
            interface: TpmInterface::Crb,
            active_banks: banks.to_vec(),
        }),
        tpm_problem: None,
    }
}

/// The codes of all checks that failed, in the order of telling.
pub fn failed(report: &Report) -> Vec<ReasonCode> {
    let mut codes: Vec<ReasonCode> = report
        .checks
        .iter()
        .filter_map(|result| match &result.outcome {
            Outcome::Failed(reason) => Some(reason.code),
            _ => None,
        })
        .collect();
    codes.sort_unstable();
    codes
}

pub fn outcome(report: &Report, check: CheckId) -> &Outcome {
    &report.checks.iter().find(|result| result.check == check).unwrap().outcome
}

/// Trusted, and no check failed or was left out.
pub fn assert_trusted(report: &Report) {
    let open: Vec<_> = report
        .checks
        .iter()
        .filter(|r| matches!(r.outcome, Outcome::Failed(_) | Outcome::NotEvaluated(_)))
        .filter(|r| r.check != CheckId::EkCertificateRevocation)
        .collect();
    assert!(open.is_empty(), "{open:#?}");
    assert_eq!(report.verdict, Verdict::Trusted);
}
