//! The page of one host, for tests.

use trustboard_model::digest::{HashAlg, Sha256};
use trustboard_model::event::{Actor, EventKind, EventSeq};
use trustboard_model::facts::{HostFacts, TpmFacts, TpmInterface};
use trustboard_model::host::{Attestation, IdentityState};
use trustboard_model::id::{AppraisalId, JobId};
use trustboard_model::job::{Job, JobState, Step, StepKind, Trigger};
use trustboard_model::reason::ReasonCode;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{EventRow, HostPage, HostRow, IdentityView, Message, Span};

use super::{NOW, ago, report};

fn facts(name: &str) -> HostFacts {
    HostFacts {
        hostname: name.to_owned(),
        machine_id: Some("3f6c1a2b9d0e4f58a7b6c5d4e3f2a1b0".to_owned()),
        boot_id: Some("a2f4c1de-5b67-4c89-9d01-23456789abcd".to_owned()),
        os_id: Some("debian".to_owned()),
        os_name: Some("Debian GNU/Linux 12 (bookworm)".to_owned()),
        os_version: Some("12".to_owned()),
        kernel: Some("6.1.0-27-amd64".to_owned()),
        agent_version: "0.1.0".to_owned(),
        secure_boot_variable: Some(true),
        log_absent: None,
        tpm: Some(TpmFacts {
            family: "2.0".to_owned(),
            manufacturer: "IBM".to_owned(),
            model: "SW TPM".to_owned(),
            firmware: "8217.4131.22.13878".to_owned(),
            interface: TpmInterface::Crb,
            active_banks: vec![HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384],
        }),
        tpm_problem: None,
    }
}

/// The page of a host with this row.
pub fn host_page(row: HostRow) -> HostPage {
    let reasons = match &row.message {
        Message::Reasons { reasons } => reasons.clone(),
        _ => Vec::new(),
    };
    let codes: Vec<ReasonCode> = reasons.iter().map(|reason| reason.code).collect();
    let step = |ms: i64, kind, detail: &str| Step {
        at: Timestamp(ago(7_400).0 + ms),
        kind,
        detail: detail.to_owned(),
    };
    let event =
        |seq, seconds, actor, kind| EventRow { seq: EventSeq(seq), at: ago(seconds), actor, kind };
    let operator = || Actor::Operator("jonas".to_owned());
    HostPage {
        report: row.last_verified.map(|_| report(&reasons)),
        facts: facts(&row.name),
        identity: IdentityView {
            state: row.identity,
            ek: Some(Sha256([0x51; 32])),
            ak: Some(Sha256([0xa4; 32])),
            since: Some(ago(86_400 * 40)),
            presented_ek: (row.identity == IdentityState::Mismatched).then_some(Sha256([0x99; 32])),
        },
        exceptions: Vec::new(),
        jobs: vec![
            Job {
                id: JobId::from_random([50; 16]),
                trigger: Trigger::Operator { name: "mara".to_owned(), key: None, then_reset: None },
                state: JobState::Done,
                queued_at: ago(7_400),
                ended_at: Some(Timestamp(ago(7_400).0 + 243)),
                steps: vec![
                    step(0, StepKind::Queued, ""),
                    step(2, StepKind::SessionFound, "connected for 41 days"),
                    step(3, StepKind::ChallengeSent, "24 PCRs of SHA-1, SHA-256, SHA-384"),
                    step(221, StepKind::EvidenceReceived, "52 113 bytes after 218 ms"),
                    step(224, StepKind::Appraised, "2.4 ms"),
                    step(243, StepKind::Recorded, ""),
                ],
            },
            Job {
                id: JobId::from_random([51; 16]),
                trigger: Trigger::Reconnect,
                state: JobState::Failed { problem: "the agent did not answer".to_owned() },
                queued_at: ago(9_400),
                ended_at: Some(ago(9_380)),
                steps: vec![
                    step(-2_000_000, StepKind::SessionFound, ""),
                    step(-1_980_000, StepKind::Problem, "no answer within 20 s"),
                ],
            },
        ],
        spans: vec![
            Span {
                id: AppraisalId::from_random([60; 16]),
                first_seen: ago(7_400),
                last_seen: ago(4),
                count: 25,
                attestation: row.attestation,
                reasons: codes.clone(),
            },
            Span {
                id: AppraisalId::from_random([61; 16]),
                first_seen: ago(86_400 * 40),
                last_seen: ago(7_700),
                count: 11_495,
                attestation: Attestation::Passed,
                reasons: Vec::new(),
            },
        ],
        events: vec![
            event(
                119,
                3_000,
                operator(),
                EventKind::AlarmAcknowledged {
                    occurrence: 2,
                    comment: "technician on site".to_owned(),
                    until: None,
                },
            ),
            event(
                118,
                7_400,
                Actor::Server,
                EventKind::AlarmRaised { occurrence: 2, reasons: codes.clone() },
            ),
            event(
                117,
                7_400,
                Actor::Server,
                EventKind::Appraised {
                    appraisal: AppraisalId::from_random([60; 16]),
                    job: Some(JobId::from_random([50; 16])),
                    from: Some(Attestation::Passed),
                    to: row.attestation,
                    secure_boot: row.secure_boot,
                    reasons: codes,
                },
            ),
            event(
                60,
                86_400 * 40,
                Actor::Host,
                EventKind::HostEnrolled { name: row.name.clone(), tpm: true },
            ),
        ],
        row,
        now: NOW,
        seq: EventSeq(120),
    }
}
