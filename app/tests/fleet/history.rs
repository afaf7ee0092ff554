//! The overview and the past of the hosts in memory.

use trustboard_model::digest::Sha256;
use trustboard_model::event::EventSeq;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    AlarmView, Cause, CauseDifference, Changes, ClusterSummary, ComplianceHost, CompliancePage,
    Concluded, CountChange, Covered, DatacenterSummary, EventLogPage, Gap, Group, HostRow,
    KeptEvidence, LogEntry, Message, Moment, MomentPage, Named, PolicyThen, Retention, Scope,
    ShortDifference, Span, SummaryPage, Timeline, Trend, TrendAsked, TrendPoint, WhichEvidence,
};

use super::{NOW, counts, datacenter, host, inventory};

/// What needs a person among these hosts.
pub fn summary(rows: &[HostRow], scope: Scope, asked: TrendAsked) -> SummaryPage {
    let datacenters = inventory(rows)
        .datacenters
        .into_iter()
        .filter(|node| scope == Scope::Everything || scope == Scope::Datacenter(node.id))
        .map(|node| DatacenterSummary {
            datacenter: Named { id: node.id, name: node.name },
            counts: node.counts,
            change: CountChange { failed: 2, passed: -2, ..CountChange::default() },
            clusters: node
                .clusters
                .into_iter()
                .map(|cluster| ClusterSummary {
                    cluster: Named { id: cluster.id, name: cluster.name },
                    counts: cluster.counts,
                    change: CountChange::default(),
                })
                .collect(),
        })
        .collect();
    let failed = rows.iter().filter_map(|row| match &row.message {
        Message::Reasons { reasons } => Some((row, reasons[0].clone())),
        _ => None,
    });
    let causes = failed.take(1).map(|(row, reason)| {
        let group = Group {
            hosts: 3,
            since: row.since.unwrap_or(NOW),
            datacenters: vec![
                (datacenter(), 2),
                (Named { id: datacenter().id, name: "<b>".to_owned() }, 1),
            ],
            clusters: vec![row.cluster.name.clone()],
            example: Named { id: row.id, name: row.name.clone() },
        };
        let difference = |hosts: u32, digit: u8| CauseDifference {
            fingerprint: Some(Sha256([digit; 32])),
            group: Group { hosts, ..group.clone() },
            short: Some(ShortDifference::Facts {
                place: None,
                expected: Some("on".to_owned()),
                found: reason.found.clone(),
            }),
        };
        Cause {
            reason: reason.code,
            differences: vec![difference(2, 1), difference(1, 2)],
            group,
            distinct: 2,
        }
    });
    let counts = counts(rows);
    let point = |seconds: i64, failed: u32| TrendPoint {
        at: NOW.plus_seconds(seconds),
        passed: counts.passed,
        failed,
        unknown: counts.unknown,
        not_applicable: counts.not_applicable,
        most_failed: failed + 1,
    };
    let points = if rows.is_empty() {
        Vec::new()
    } else {
        vec![point(-3600, 0), point(-1800, 7), point(0, counts.failed)]
    };
    SummaryPage {
        scope,
        datacenters,
        causes: causes.collect(),
        changes: Changes { newly_failed: 7, recovered: 1, ..Changes::default() },
        trend: Trend { range: asked.range, cluster: asked.cluster, points },
        now: NOW,
        seq: EventSeq(9),
    }
}

fn span(row: &HostRow) -> Span {
    host::host_page(row.clone()).spans.remove(0)
}

/// What was known of the host an hour ago.
pub fn moment(row: &HostRow, at: Timestamp) -> MomentPage {
    let span = span(row);
    let evidence = |seconds: i64, which| KeptEvidence {
        appraisal: span.id,
        which,
        received_at: at.plus_seconds(seconds),
        appraised_at: at.plus_seconds(seconds),
        attestation: span.attestation,
        resets: Some(41),
    };
    MomentPage {
        host: Named { id: row.id, name: row.name.clone() },
        cluster: row.cluster.clone(),
        datacenter: row.datacenter.clone(),
        at,
        now: NOW,
        enrolled_at: Timestamp(0),
        policy: PolicyThen { version: 3, name: Some("Linux server".to_owned()) },
        before: Some(evidence(-60, WhichEvidence::First)),
        after: Some(evidence(60, WhichEvidence::Last)),
        moment: Moment::Concluded(Box::new(Concluded {
            report: host::host_page(row.clone()).report,
            covered: Covered::Gap { from: at.plus_seconds(-60), until: Some(at.plus_seconds(60)) },
            configuration: None,
            span,
        })),
        retention: Retention::DEFAULT,
    }
}

/// The host's past.
pub fn timeline(row: &HostRow) -> Timeline {
    let page = host::host_page(row.clone());
    Timeline {
        host: row.id,
        from: NOW.plus_seconds(-24 * 3600),
        until: NOW,
        enrolled_at: Timestamp(0),
        spans: page.spans,
        gaps: vec![Gap { from: NOW.plus_seconds(-7200), until: None }],
        boots: Vec::new(),
        events: page.events,
        now: NOW,
    }
}

/// A log with one event, whose words are hostile.
pub fn log(_: HostId) -> EventLogPage {
    let pcr = trustboard_model::pcr::PcrIndex::try_from(8).expect("a register");
    EventLogPage {
        entries: vec![LogEntry {
            number: 41,
            pcr,
            kind: "EV_IPL".to_owned(),
            topic: trustboard_model::boot::Topic::KernelCommandLine,
            digest: None,
            said: Some(trustboard_model::boot::Said::covered("quiet <script>alert(1)</script>")),
            differs: true,
        }],
        total: 1,
        page: 1,
        registers: vec![pcr],
    }
}

/// The report of the hosts' datacenter.
pub fn compliance(rows: &[HostRow]) -> CompliancePage {
    let host = |row: &HostRow| ComplianceHost { row: row.clone(), configuration: None };
    CompliancePage {
        datacenter: datacenter(),
        generated_at: NOW,
        generated_by: "mara".to_owned(),
        counts: counts(rows),
        policies: Vec::new(),
        hosts: rows.iter().map(host).collect(),
        part: 1,
        parts: 2,
        exceptions: Vec::new(),
        seq: EventSeq(9),
        head: Sha256([0xAB; 32]),
    }
}

/// How many of the hosts have a red alarm.
pub fn red(rows: &[HostRow]) -> usize {
    rows.iter().filter(|row| matches!(row.alarm, AlarmView::Red { .. })).count()
}
