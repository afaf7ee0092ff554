//! Hosts in every state that the screens know, for tests. Values of the model, no more: nothing
//! here was measured.

pub mod approved;
pub mod history;
pub mod host;

use trustboard_model::alarm::{Acknowledgement, Condition};
use trustboard_model::appraisal::{ClockInfo, PcrRow, PcrState, Report, SecureBoot};
use trustboard_model::check::{CheckId, CheckResult, Outcome};
use trustboard_model::digest::{Digest, HashAlg, Sha256};
use trustboard_model::event::EventSeq;
use trustboard_model::host::{Attestation, Freshness, IdentityState, Presence};
use trustboard_model::id::{ClusterId, DatacenterId, HostId, OperatorId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::Policy;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::{Cause, Reasons, Verdict};
use trustboard_model::view::{
    AlarmView, CauseGroup, ClusterNode, Columns, Counts, DatacenterNode, HostMore, HostRow,
    Inventory, MakersPage, Message, Named, SecurityFilter, SecurityPage, Viewer,
};

/// The server's time in every page.
pub const NOW: Timestamp = Timestamp(1_795_284_738_000);

/// A moment before [`NOW`].
pub fn ago(seconds: i64) -> Timestamp {
    NOW.plus_seconds(-seconds)
}

pub fn datacenter() -> Named<DatacenterId> {
    Named { id: DatacenterId::from_random([1; 16]), name: "fra-1 Frankfurt".to_owned() }
}

pub fn cluster(number: u8, name: &str) -> Named<ClusterId> {
    Named { id: ClusterId::from_random([number; 16]), name: name.to_owned() }
}

pub fn viewer(role: Role) -> Viewer {
    Viewer::everywhere(OperatorId::from_random([9; 16]), "mara", role)
}

/// A host that passed, with nothing to say.
pub fn passed(number: u8, name: &str) -> HostRow {
    HostRow {
        id: HostId::from_random([number; 16]),
        revision: 7,
        name: name.to_owned(),
        cluster: cluster(21, "k8s-core"),
        datacenter: datacenter(),
        attestation: Attestation::Passed,
        freshness: Freshness::Fresh,
        last_verified: Some(ago(4)),
        since: Some(ago(90_000)),
        last_passed: Some(ago(4)),
        presence: Presence::Connected,
        maintenance: false,
        identity: IdentityState::Enrolled,
        alarm: AlarmView::Green,
        tpm_version: Some("2.0".to_owned()),
        secure_boot: SecureBoot::On,
        verifying: false,
        exceptions: 0,
        ek_by_operator: false,
        message: Message::Nothing,
        more: HostMore::default(),
    }
}

pub fn secure_boot_off() -> Reason {
    Reason::new(ReasonCode::SecureBootDisabled)
        .at("PCR 7, event 3")
        .expected("SecureBoot = 1")
        .found("SecureBoot = 0")
}

pub fn replay_mismatch() -> Reason {
    Reason::new(ReasonCode::ReplayMismatch)
        .at("PCR 4, SHA-256")
        .expected("7a1c".repeat(16))
        .found("e09b".repeat(16))
        .with("bank", "SHA-256")
        .with("pcr", 4)
        .with("events", 3)
}

pub fn red(condition: Condition, acknowledged: Option<&str>) -> AlarmView {
    AlarmView::Red {
        occurrence: 2,
        raised_at: ago(7_400),
        condition,
        acknowledged: acknowledged.map(|comment| Acknowledgement {
            by: "jonas".to_owned(),
            at: ago(3_000),
            comment: comment.to_owned(),
            until: Some(NOW.plus_seconds(3_600)),
        }),
        reset_asked: None,
    }
}

/// A host that failed for these reasons.
pub fn failed(number: u8, name: &str, reasons: Vec<Reason>) -> HostRow {
    HostRow {
        cluster: cluster(20, "db-prod"),
        attestation: Attestation::Failed,
        since: Some(ago(7_400)),
        last_passed: Some(ago(86_400 * 3)),
        alarm: red(Condition::Holds, None),
        message: Message::Reasons { reasons },
        ..passed(number, name)
    }
}

/// Every state of the table.
pub fn rows() -> Vec<HostRow> {
    let lab = || cluster(22, "lab");
    vec![
        failed(30, "db-prod-017", vec![replay_mismatch()]),
        HostRow {
            secure_boot: SecureBoot::Off,
            verifying: true,
            ..failed(31, "db-prod-018", vec![secure_boot_off(), replay_mismatch()])
        },
        HostRow {
            secure_boot: SecureBoot::Off,
            alarm: red(Condition::Holds, Some("BIOS was reset, technician on site until noon")),
            ..failed(32, "edge-fra-204", vec![secure_boot_off()])
        },
        HostRow {
            identity: IdentityState::None,
            secure_boot: SecureBoot::Unknown,
            cluster: lab(),
            ..failed(33, "lab-09", vec![Reason::new(ReasonCode::NoCachedIdentity)])
        },
        HostRow {
            identity: IdentityState::Mismatched,
            maintenance: true,
            cluster: lab(),
            ..failed(
                34,
                "lab-11",
                vec![
                    Reason::new(ReasonCode::EkMismatch)
                        .expected("51c3".repeat(16))
                        .found("99d0".repeat(16)),
                ],
            )
        },
        HostRow {
            cluster: lab(),
            attestation: Attestation::Unknown,
            freshness: Freshness::Stale,
            last_verified: Some(ago(1_560)),
            presence: Presence::NotResponding,
            message: Message::NotResponding { since: ago(1_500) },
            ..passed(35, "lab-14")
        },
        HostRow {
            cluster: lab(),
            attestation: Attestation::Unknown,
            secure_boot: SecureBoot::Unknown,
            message: Message::Unknown {
                cause: Cause::Malformed {
                    part: "event log".to_owned(),
                    problem: "event 12 at offset 4711 says it has 65535 bytes".to_owned(),
                },
            },
            ..passed(36, "lab-22")
        },
        HostRow {
            cluster: lab(),
            attestation: Attestation::Unknown,
            freshness: Freshness::Never,
            last_verified: None,
            since: None,
            last_passed: None,
            identity: IdentityState::Pending,
            secure_boot: SecureBoot::Unknown,
            message: Message::NeverVerified,
            ..passed(37, "lab-30")
        },
        HostRow {
            cluster: lab(),
            attestation: Attestation::NotApplicable,
            identity: IdentityState::None,
            tpm_version: None,
            secure_boot: SecureBoot::Unknown,
            last_passed: None,
            message: Message::Unknown { cause: Cause::NoTpm },
            ..passed(38, "lab-31")
        },
        HostRow {
            alarm: red(Condition::Cleared { at: ago(240) }, None),
            cluster: cluster(23, "k8s-edge"),
            since: Some(ago(240)),
            ..passed(39, "edge-fra-211")
        },
        HostRow {
            presence: Presence::Disconnected,
            maintenance: true,
            message: Message::Disconnected { reason: "board swap, ticket 4711".to_owned() },
            ..passed(40, "k8s-core-03")
        },
        HostRow {
            message: Message::VerificationFailed {
                problem: "the agent did not answer within 20 s".to_owned(),
                at: ago(60),
            },
            ..passed(41, "k8s-core-07")
        },
        HostRow {
            message: Message::Warnings {
                reasons: vec![Reason::new(ReasonCode::ReplayMismatchOtherBank).at("PCR 5, SHA-1")],
            },
            ..passed(42, "k8s-core-08")
        },
        passed(43, "k8s-core-09"),
        passed(44, "k8s-core-10"),
    ]
}

pub fn counts(rows: &[HostRow]) -> Counts {
    let of = |kind| {
        u32::try_from(rows.iter().filter(|row| row.attestation == kind).count()).unwrap_or(0)
    };
    let all = |test: fn(&HostRow) -> bool| {
        u32::try_from(rows.iter().filter(|row| test(row)).count()).unwrap_or(0)
    };
    Counts {
        hosts: all(|_| true),
        passed: of(Attestation::Passed),
        failed: of(Attestation::Failed),
        unknown: of(Attestation::Unknown),
        not_applicable: of(Attestation::NotApplicable),
        stale: all(|row| row.freshness == Freshness::Stale),
        red: all(|row| matches!(row.alarm, AlarmView::Red { .. })),
    }
}

/// The page of a datacenter with these rows.
pub fn page(rows: Vec<HostRow>, filter: SecurityFilter) -> SecurityPage {
    let cause = |reason, hosts, clusters: &[&str]| CauseGroup {
        reason,
        hosts,
        since: ago(7_400),
        clusters: clusters.iter().map(|name| (*name).to_owned()).collect(),
    };
    SecurityPage {
        datacenter: Some(datacenter()),
        datacenters: Vec::new(),
        clusters: vec![
            cluster(20, "db-prod"),
            cluster(21, "k8s-core"),
            cluster(23, "k8s-edge"),
            cluster(22, "lab"),
        ],
        views: Vec::new(),
        columns: filter.columns.clone().unwrap_or_else(Columns::usual),
        filter,
        counts: counts(&rows),
        causes: vec![
            cause(ReasonCode::SecureBootDisabled, 2, &["db-prod", "k8s-edge"]),
            cause(ReasonCode::ReplayMismatch, 1, &["db-prod"]),
            cause(ReasonCode::NoCachedIdentity, 1, &["lab"]),
            cause(ReasonCode::EkMismatch, 1, &["lab"]),
        ],
        total: u32::try_from(rows.len()).unwrap_or(0),
        rows,
        page_size: 50,
        now: NOW,
        seq: EventSeq(120),
    }
}

pub fn inventory(rows: &[HostRow]) -> Inventory {
    let node = |named: Named<ClusterId>| {
        let inside: Vec<HostRow> =
            rows.iter().filter(|row| row.cluster.id == named.id).cloned().collect();
        ClusterNode { id: named.id, name: named.name, counts: counts(&inside) }
    };
    let here = datacenter();
    let names = [(20, "db-prod"), (21, "k8s-core"), (23, "k8s-edge"), (22, "lab")];
    Inventory {
        datacenters: vec![
            DatacenterNode {
                id: here.id,
                name: here.name,
                counts: counts(rows),
                clusters: names.map(|(number, name)| node(cluster(number, name))).into(),
            },
            DatacenterNode {
                id: DatacenterId::from_random([2; 16]),
                name: "lyo-2 Lyon".to_owned(),
                counts: Counts { hosts: 2, passed: 2, ..Counts::default() },
                clusters: vec![ClusterNode {
                    id: ClusterId::from_random([29; 16]),
                    name: "storage".to_owned(),
                    counts: Counts { hosts: 2, passed: 2, ..Counts::default() },
                }],
            },
        ],
    }
}

/// The report of an appraisal with these refusals.
pub fn report(refused: &[Reason]) -> Report {
    let policy = Policy::linux_server();
    let checks = CheckId::ALL.iter().map(|check| {
        let reason = refused.iter().find(|reason| reason.code.check() == *check);
        let outcome = match (reason, *check) {
            (Some(reason), _) => Outcome::Failed(reason.clone()),
            (None, CheckId::QuoteSignature) => {
                Outcome::Passed(Some("RSASSA SHA-256, 2048 bits".to_owned()))
            }
            (None, CheckId::ReplayOsPcrs) => {
                Outcome::NotEvaluated("there is no log of the operating system".to_owned())
            }
            (None, CheckId::EkCertificateRevocation) => {
                Outcome::NotApplicable("the certificate names no list".to_owned())
            }
            (None, _) => Outcome::Passed(None),
        };
        CheckResult {
            check: *check,
            outcome,
            strictness: policy.strictness(*check),
            exception: None,
        }
    });
    let verdict = match Reasons::new(refused.to_vec()) {
        Ok(reasons) => Verdict::Untrusted(reasons),
        Err(_) => Verdict::Trusted,
    };
    let replay_broken = refused.iter().any(|reason| reason.code == ReasonCode::ReplayMismatch);
    let pcrs = PcrIndex::all().filter(|pcr| u8::from(*pcr) < 17).map(|pcr| {
        let index = u8::from(pcr);
        let digest = |byte: u8| Digest::filled(HashAlg::Sha256, byte);
        let (events, state, replayed) = match index {
            4 if replay_broken => (3, PcrState::Mismatch, Some(digest(0x5e))),
            0..=9 | 14 => (3 + u32::from(index), PcrState::Explained, Some(digest(0x70 + index))),
            10 => (0, PcrState::NotEvaluated, None),
            _ => (0, PcrState::Reset, None),
        };
        let quoted = if state == PcrState::Reset { digest(0) } else { digest(0x70 + index) };
        PcrRow { bank: HashAlg::Sha256, pcr, quoted, replayed, events, state }
    });
    Report {
        verdict,
        checks: checks.collect(),
        secure_boot: SecureBoot::On,
        pcrs: pcrs.collect(),
        booted: Vec::new(),
        comparison: None,
        clock: Some(ClockInfo {
            clock: 8_640_000,
            reset_count: 41,
            restart_count: 0,
            safe: true,
            firmware_version: 0x0007_0055,
        }),
        log_digest: Some(Sha256([0x1c; 32])),
        policy: policy.label(),
        verifier: "0.1.0".to_owned(),
    }
}

/// A server that knows no TPM maker.
pub fn no_makers() -> MakersPage {
    MakersPage {
        certificates: Vec::new(),
        lists: Vec::new(),
        imports: Vec::new(),
        now: NOW,
        seq: EventSeq(9),
    }
}
