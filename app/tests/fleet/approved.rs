//! Configurations, policies and exceptions, for tests.

use std::collections::BTreeMap;

use trustboard_model::boot::{BootItem, Said, Topic};
use trustboard_model::check::{CheckId, Excepted};
use trustboard_model::comparison::{Change, Comparison, Difference, Side};
use trustboard_model::configuration::{
    ConfigurationRef, ConfigurationState, Reference, ReferenceEvent, ReferencePcr,
};
use trustboard_model::digest::{Digest, HashAlg, Sha256};
use trustboard_model::exception::{ExceptedValue, Exception};
use trustboard_model::host::Attestation;
use trustboard_model::id::{ConfigurationId, ExceptionId, HostId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::Policy;
use trustboard_model::reason::Reason;
use trustboard_model::view::{
    By, ConfigurationPage, ConfigurationRow, ExceptionRow, Impact, ImpactRow, Named, PolicyPage,
    Source,
};

use super::{NOW, ago, cluster, datacenter};

pub fn configuration(number: u8, version: u32) -> ConfigurationRef {
    ConfigurationRef {
        id: ConfigurationId::from_random([number; 16]),
        name: "Debian 12.8, kernel 6.1.0-27".to_owned(),
        version,
    }
}

fn by(name: &str, seconds: i64) -> By {
    By { name: name.to_owned(), at: ago(seconds) }
}

pub fn row(number: u8, version: u32, state: ConfigurationState) -> ConfigurationRow {
    let approved = state != ConfigurationState::Draft;
    ConfigurationRow {
        elsewhere: 0,
        configuration: configuration(number, version),
        revision: 5,
        state,
        notes: "after the point release".to_owned(),
        clusters: vec![cluster(20, "db-prod")],
        source: Source::Host {
            host: HostId::from_random([30; 16]),
            name: "db-prod-017".to_owned(),
            at: ago(90_000),
        },
        created: by("mara", 90_000),
        approvals: if approved { vec![by("jonas", 80_000)] } else { Vec::new() },
        ended: (state > ConfigurationState::Approved).then(|| by("jonas", 4_000)),
        hosts: 11,
        last_matched: approved.then(|| ago(4)),
    }
}

fn digest(byte: u8) -> Digest {
    Digest::filled(HashAlg::Sha256, byte)
}

fn pcr(index: u8) -> PcrIndex {
    PcrIndex::try_from(index).expect("below 24")
}

fn event(number: u32, topic: Topic, said: Said, varies: bool) -> ReferenceEvent {
    let byte = u8::try_from(number).expect("a short log");
    ReferenceEvent {
        number,
        event_type: 0xD,
        topic,
        digest: digest(byte),
        said: Some(said),
        varies,
    }
}

fn reference(configuration: ConfigurationRef) -> Reference {
    let loader = vec![
        event(17, Topic::BootLoader, Said::untrusted(r"\EFI\debian\shimx64.efi"), false),
        event(18, Topic::BootLoader, Said::untrusted(r"\EFI\debian\grubx64.efi"), false),
    ];
    let commands = vec![
        event(40, Topic::PartitionTable, Said::covered("disk 5d1c…"), true),
        event(41, Topic::KernelCommandLine, Said::covered("root=/dev/vg0/root quiet"), false),
    ];
    let pcrs = BTreeMap::from([
        (pcr(4), ReferencePcr { value: digest(0x74), events: loader }),
        (pcr(8), ReferencePcr { value: digest(0x78), events: commands }),
    ]);
    Reference { configuration, bank: HashAlg::Sha256, pcrs }
}

fn side(event: u32, byte: u8, said: Said) -> Side {
    Side { event, digest: digest(byte), said: Some(said) }
}

/// One difference of every kind.
pub fn differences() -> Vec<Difference> {
    vec![
        Difference {
            pcr: pcr(8),
            topic: Topic::KernelCommandLine,
            change: Change::Changed {
                expected: side(41, 0xa1, Said::covered("root=/dev/vg0/root quiet")),
                found: side(41, 0xa2, Said::covered("root=/dev/vg0/root quiet init=/bin/sh")),
            },
        },
        Difference {
            pcr: pcr(4),
            topic: Topic::BootLoader,
            change: Change::Changed {
                expected: side(18, 0xb1, Said::untrusted(r"\EFI\debian\grubx64.efi")),
                found: side(18, 0xb2, Said::untrusted(r"\EFI\debian\grubx64.efi")),
            },
        },
        Difference {
            pcr: pcr(9),
            topic: Topic::Initrd,
            change: Change::Added { found: side(52, 0xc2, Said::covered("/initrd-extra")) },
        },
        Difference {
            pcr: pcr(9),
            topic: Topic::Kernel,
            change: Change::Missing { expected: side(50, 0xc1, Said::covered("/vmlinuz")) },
        },
        Difference {
            pcr: pcr(14),
            topic: Topic::Mok,
            change: Change::Value { expected: digest(0xd1), found: digest(0xd2) },
        },
    ]
}

pub fn differs() -> Comparison {
    let differences = differences();
    Comparison::Differs {
        closest: configuration(71, 2),
        count: u32::try_from(differences.len()).expect("a few") + 3,
        differences,
        fingerprint: Sha256([7; 32]),
    }
}

/// What a host booted: a covered text, one that nothing covers, and one without words.
pub fn booted() -> Vec<BootItem> {
    let item = |topic, said, index, event: u32| BootItem {
        topic,
        said,
        pcr: pcr(index),
        event: Some(event),
        digest: Some(digest(u8::try_from(event).expect("a short log"))),
    };
    vec![
        item(Topic::Firmware, Some(Said::covered("Northgate NG-R640 2.21.2")), 0, 1),
        item(Topic::BootLoader, Some(Said::untrusted(r"\EFI\debian\shimx64.efi")), 4, 17),
        item(Topic::Kernel, None, 4, 30),
        item(Topic::KernelCommandLine, Some(Said::covered("root=/dev/vg0/root quiet")), 8, 41),
    ]
}

/// The page of a version in this state, with one approved before it.
pub fn page(number: u8, version: u32, state: ConfigurationState) -> ConfigurationPage {
    let row = row(number, version, state);
    let before = self::row(71, version - 1, ConfigurationState::Approved);
    ConfigurationPage {
        reference: reference(row.configuration.clone()),
        offered: [0, 4, 8].map(pcr).into(),
        log: Sha256([0x1c; 32]),
        before: Some(before.configuration.clone()),
        versions: vec![row.clone(), before],
        row,
        differences: differences(),
        two_approvals: false,
        role: None,
    }
}

/// A preview: one host would fail, one would pass, of one nothing is known.
pub fn impact() -> Impact {
    let row = |number, name: &str, from, to| ImpactRow {
        host: Named { id: HostId::from_random([number; 16]), name: name.to_owned() },
        cluster: cluster(20, "db-prod"),
        from,
        to,
    };
    Impact {
        hosts: 12,
        without_evidence: 1,
        not_looked_at: 0,
        changes: vec![
            row(30, "db-prod-017", Attestation::Passed, Attestation::Failed),
            row(31, "db-prod-018", Attestation::Failed, Attestation::Passed),
        ],
        turn_red: 1,
        turn_green: 1,
    }
}

pub fn excepted() -> Excepted {
    Excepted {
        id: ExceptionId::from_random([80; 16]),
        by: "jonas".to_owned(),
        reason: "replacement ordered".to_owned(),
        expires_at: NOW.plus_seconds(86_400 * 9),
    }
}

pub fn policy_page(refused: &Reason) -> PolicyPage {
    let Excepted { id, by, reason, expires_at } = excepted();
    let host = HostId::from_random([30; 16]);
    let exception = Exception {
        id,
        host,
        check: refused.code.check(),
        value: ExceptedValue::of(refused),
        reason,
        by,
        at: ago(4_000),
        expires_at,
    };
    let host = Named { id: host, name: "db-prod-017".to_owned() };
    let mut policy = Policy { version: 4, ..Policy::linux_server() };
    policy.strictness.insert(CheckId::SecureBootTestKey, trustboard_model::check::Strictness::Warn);
    policy.relaxed.insert(CheckId::SecureBootTestKey, "a lab".to_owned());
    PolicyPage {
        cluster: cluster(20, "db-prod"),
        datacenter: datacenter(),
        policy,
        exceptions: vec![ExceptionRow { exception, host, used: true }],
        now: NOW,
    }
}
