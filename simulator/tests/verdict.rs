//! What the verifier says about each scenario: the agent's own code on a simulated host, and the
//! verification core, without a server between them.
#![expect(clippy::unwrap_used, reason = "what breaks here fails its test")]

mod bench;

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::{Attester as _, Challenge as Question, LocalHost};
use trustboard_agent::state::StateDirectory;
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_attest::{
    Challenge, Evidence, History, Input, Log, Makers, Proof, RecordedIdentity, SessionIdentity,
    Standards, admit, appraise, make_credential,
};
use trustboard_model::appraisal::{Report, SecureBoot};
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::digest::Nonce;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ChallengeId, HostId};
use trustboard_model::policy::Policy;
use trustboard_model::protocol::{LogPart, TpmIdentity};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;
use trustboard_simulator::tpm::Interposer;
use trustboard_simulator::{Condition, Expectation, Host, HostPlan, Scenario, demo};

use bench::{Bench, plan};

/// What a server does with evidence, in one piece.
struct Verifier {
    standards: Arc<Standards>,
    now: Timestamp,
    host: HostId,
    nonce: u8,
}

impl Verifier {
    /// Trusts the bench's maker, which has made a TPM, at a moment after its certificates were made.
    fn new(bench: &Bench) -> Self {
        let published = bench.path().join("makers");
        bench.supplies.maker.publish(&published).unwrap();
        let mut makers = Makers::default();
        for file in ["root.pem", "issuing.pem"] {
            let added = makers.add(&std::fs::read(published.join(file)).unwrap()).unwrap();
            assert_eq!(added, 1, "{file}");
        }
        let made = std::fs::metadata(published.join("root.pem")).unwrap().modified().unwrap();
        let made = made.duration_since(UNIX_EPOCH).unwrap().as_secs();
        Self {
            standards: Arc::new(Standards {
                policy: Policy::linux_server(),
                makers: Arc::new(makers),
                revocations: None,
                approved: Vec::new(),
            }),
            now: Timestamp(0).plus_seconds(i64::try_from(made).unwrap() + 60),
            host: HostId::from_random([1; 16]),
            nonce: 0,
        }
    }

    /// Asks the host's agent for its identity and for evidence, and appraises them.
    async fn verify(&mut self, host: &Host, recorded: Option<TpmIdentity>) -> Report {
        self.nonce += 1;
        let nonce = Nonce([self.nonce; 32]);
        let id = ChallengeId::from_random([self.nonce; 16]);
        let mut agent = agent(host);
        let on_record = recorded.clone();
        let (session, message) = tokio::task::spawn_blocking(move || {
            let presented = agent.identity().unwrap();
            let proof = match (&on_record, &presented) {
                (Some(recorded), Some(presented)) if recorded == presented => {
                    prove(&mut agent, presented)
                }
                _ => Proof::NotAsked,
            };
            let question =
                Question { id, nonce, known_log: None, known_systemd_log: None, known_ima: None };
            (SessionIdentity { presented, proof }, agent.evidence(&question).unwrap())
        })
        .await
        .unwrap();
        let log = match &message.log {
            LogPart::Full { bytes } => Log::Bytes(bytes),
            LogPart::Known => panic!("no log was named"),
            LogPart::Absent => Log::Absent,
        };
        let systemd_log = match message.os_logs.as_ref().map(|logs| &logs.systemd) {
            Some(LogPart::Full { bytes }) => Log::Bytes(bytes),
            Some(LogPart::Known) => panic!("no log was named"),
            Some(LogPart::Absent) | None => Log::Absent,
        };
        let identity = recorded.map(|tpm| RecordedIdentity {
            tpm,
            approved_by_operator: false,
            duplicate_of: None,
            qualified_signer: None,
        });
        let expires_at = self.now.plus_seconds(60);
        let appraisal = appraise(&Input {
            host: self.host,
            challenge: &Challenge { host: self.host, nonce, expires_at },
            evidence: Evidence::Sent { message: &message, log, systemd_log },
            identity: identity.as_ref(),
            session: &session,
            standards: &self.standards,
            history: &History::default(),
            exceptions: &[],
            received_at: self.now,
            now: self.now,
        });
        appraisal.report().clone()
    }
}

fn agent(host: &Host) -> LocalHost {
    let tpm = match host.tpm() {
        Some(_) => TpmChoice::Tcti(host.bus().tcti()),
        None => TpmChoice::None,
    };
    LocalHost {
        sysroot: host.sysroot().path().to_owned(),
        tpm,
        state: StateDirectory::new(host.dir().join("agent")),
        ak: AkPreference::LikeEk,
    }
}

fn prove(agent: &mut LocalHost, presented: &TpmIdentity) -> Proof {
    let keys = admit(presented).unwrap();
    let secret = [0x5E; 32];
    let credential = make_credential(&keys, &secret, &[0x11; 64]).unwrap();
    match agent.activate(&credential) {
        Ok(unwrapped) if unwrapped == secret => Proof::Proven,
        Ok(_) => Proof::Failed { problem: "a wrong secret".to_owned() },
        Err(error) => Proof::Failed { problem: error.to_string() },
    }
}

/// The identity that is put on record at the enrolment.
async fn enrol(host: &Host) -> Option<TpmIdentity> {
    let mut agent = agent(host);
    tokio::task::spawn_blocking(move || agent.identity().unwrap()).await.unwrap()
}

/// Plays a host into its scenario and gives what the verifier says then.
async fn played(bench: &Bench, plan: &HostPlan) -> Report {
    let mut host = bench.host(plan).await;
    let mut verifier = Verifier::new(bench);
    host.boot(&Condition::at_enrolment(plan, plan.scenario)).await.unwrap();
    let identity = enrol(&host).await;
    host.boot(&Condition::of(plan, plan.scenario)).await.unwrap();
    if plan.scenario == Scenario::OldNonce {
        let healthy = verifier.verify(&host, identity.clone()).await;
        assert_eq!(healthy.verdict, Verdict::Trusted, "{healthy:#?}");
        host.bus().interpose(Interposer::ReplaysQuotes);
    }
    let report = verifier.verify(&host, identity).await;
    host.switch_off().await.unwrap();
    report
}

fn refusals(report: &Report) -> Vec<ReasonCode> {
    let failed = report.checks.iter().filter_map(|result| match &result.outcome {
        Outcome::Failed(reason) => Some(reason.code),
        _ => None,
    });
    failed.collect()
}

/// Each host of the demonstration gets the answer that it is there for.
#[tokio::test]
async fn every_demonstration_host_is_seen_for_what_it_is() {
    let bench = Bench::new();
    for plan in demo() {
        let name = &plan.name;
        let report = played(&bench, &plan).await;
        let refused = refusals(&report);
        let expected = plan.scenario.expectation(plan.scenario != Scenario::NoTpm);
        let expected = match plan.scenario {
            Scenario::NoTpm => Expectation::NotApplicable,
            _ => expected,
        };
        let found = match &report.verdict {
            Verdict::Trusted => None,
            Verdict::Untrusted(reasons) => Some(reasons.first().code.code()),
            Verdict::Unknown(cause) => Some(cause.code()),
        };
        assert_eq!(found, expected.code(), "{name}: {refused:?} {report:#?}");
        assert_eq!(Attestation::of(&report.verdict), expected.attestation(), "{name}");
        if plan.scenario == Scenario::Healthy {
            assert_eq!(refused, [], "{name}: not even a warning");
            assert_eq!(report.secure_boot, SecureBoot::On, "{name}");
        }
    }
}

/// Scenarios with one cause give one reason: an operator is not sent after consequences.
#[tokio::test]
async fn one_cause_gives_one_reason() {
    let bench = Bench::new();
    for (name, only) in
        [("db-prod-02", ReasonCode::SecureBootDisabled), ("edge-fra-03", ReasonCode::NonceMismatch)]
    {
        let report = played(&bench, &plan(name)).await;
        assert_eq!(refusals(&report), [only], "{name}: {report:#?}");
    }
}

/// What the kernel and systemd measured is explained by their logs, in every bank, and a list of
/// files that was edited on the host is refused.
#[tokio::test]
async fn a_list_of_files_that_was_edited_is_refused() {
    let bench = Bench::new();
    let ubuntu = demo()
        .into_iter()
        .find(|plan| plan.software.systemd_measures && plan.scenario == Scenario::Healthy);
    let plan = ubuntu.unwrap();
    let mut host = bench.host(&plan).await;
    let mut verifier = Verifier::new(&bench);
    host.boot(&Condition::healthy(&plan)).await.unwrap();
    let identity = enrol(&host).await;
    let report = verifier.verify(&host, identity.clone()).await;
    assert_eq!(report.verdict, Verdict::Trusted, "{report:#?}");
    for check in [
        CheckId::ImaReplay,
        CheckId::ImaBootAggregate,
        CheckId::ImaViolations,
        CheckId::SystemdLog,
        CheckId::ReplayOsPcrs,
        CheckId::UnextendedBank,
    ] {
        let result = report.checks.iter().find(|result| result.check == check).unwrap();
        let Outcome::Passed(Some(seen)) = &result.outcome else { panic!("{result:?}") };
        assert!(!seen.contains("word alone"), "{seen}");
    }
    let list = host.sysroot().path().join("sys/kernel/security/ima/binary_runtime_measurements");
    let mut bytes = std::fs::read(&list).unwrap();
    // The last letter of the last path.
    let letter = bytes.len() - 2;
    bytes[letter] = b'x';
    std::fs::write(&list, bytes).unwrap();
    let report = verifier.verify(&host, identity).await;
    assert_eq!(refusals(&report), [ReasonCode::ImaMismatch], "{report:#?}");
    host.switch_off().await.unwrap();
}
