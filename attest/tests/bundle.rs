//! Bundles: written, read, appraised again; and what is refused when they are read.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use std::collections::BTreeMap;

use support::{NOW, Scene, host};
use trustboard_attest::{Bundle, BundledEvidence, Evidence, Input, Log, Makers, Standards};
use trustboard_model::boot::{Said, Topic};
use trustboard_model::comparison::{Change, Comparison, Difference, Side};
use trustboard_model::configuration::{ConfigurationRef, Reference, ReferenceEvent, ReferencePcr};
use trustboard_model::digest::{Digest, HashAlg, Sha256};
use trustboard_model::exception::{ExceptedValue, Exception};
use trustboard_model::id::{ConfigurationId, ExceptionId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::verdict::Verdict;

fn configuration() -> ConfigurationRef {
    let id = ConfigurationId::from_random([5; 16]);
    ConfigurationRef { id, name: "Debian 12.8".to_owned(), version: 3 }
}

fn pcr(index: u8) -> PcrIndex {
    index.try_into().unwrap()
}

fn exception() -> Exception {
    let reason = Reason::new(ReasonCode::EkCertificateExpired).at("certificate 1");
    Exception {
        id: ExceptionId::from_random([6; 16]),
        host: host(),
        check: reason.code.check(),
        value: ExceptedValue::of(&reason),
        reason: "replacement ordered".to_owned(),
        by: "ada".to_owned(),
        at: NOW,
        expires_at: NOW.plus_seconds(3600),
    }
}

/// A bundle of evidence that passes, with something in every field.
fn bundle(scene: &Scene) -> Bundle {
    let (message, log) = scene.evidence();
    let prepared = scene.prepare(Evidence::Sent {
        message: &message,
        log: Log::Bytes(&log),
        systemd_log: Log::Absent,
    });
    let appraisal = prepared.appraise();
    let mut bundle = prepared.bundle(appraisal.report());
    bundle.exceptions = vec![exception()];
    bundle
}

#[test]
fn what_was_written_is_read_and_concludes_the_same() {
    for scene in [Scene::genuine(), Scene::genuine_ecc()] {
        let bundle = bundle(&scene);
        let read = Bundle::read(&bundle.write()).unwrap();
        assert_eq!(read, bundle);
        assert_eq!(read.report.verdict, Verdict::Trusted);
        assert_eq!(read.appraise(read.appraised_at).unwrap().report(), &bundle.report);
    }
}

#[test]
fn every_shape_of_a_report_and_a_reference_survives() {
    let mut bundle = bundle(&Scene::genuine());
    let digest = |byte| Digest::filled(HashAlg::Sha256, byte);
    let side = |byte| Side {
        event: 41,
        digest: digest(byte),
        said: Some(Said::covered("quiet init=/bin/sh")),
    };
    let change = |change| Difference { pcr: pcr(8), topic: Topic::KernelCommandLine, change };
    bundle.report.comparison = Some(Comparison::Differs {
        closest: configuration(),
        count: 4,
        differences: vec![
            change(Change::Changed { expected: side(1), found: side(0x80) }),
            change(Change::Added { found: side(3) }),
            change(Change::Missing { expected: side(0xFF) }),
            change(Change::Value { expected: digest(5), found: digest(6) }),
        ],
        fingerprint: Sha256([0xAB; 32]),
    });
    let event = ReferenceEvent {
        number: 41,
        event_type: 0x8000_0003,
        topic: Topic::BootLoader,
        digest: digest(9),
        said: Some(Said::untrusted("shim")),
        varies: true,
    };
    bundle.approved = vec![Reference {
        configuration: configuration(),
        bank: HashAlg::Sha256,
        pcrs: BTreeMap::from([(pcr(4), ReferencePcr { value: digest(7), events: vec![event] })]),
    }];
    assert_eq!(Bundle::read(&bundle.write()).unwrap(), bundle);
    bundle.report.comparison = Some(Comparison::Matched { configuration: configuration() });
    assert_eq!(Bundle::read(&bundle.write()).unwrap(), bundle);
}

#[test]
fn answers_without_evidence_survive_too() {
    let scene = Scene::genuine();
    for evidence in [
        Evidence::Unreadable { problem: "not CBOR" },
        Evidence::Refused { problem: "the TPM is busy" },
    ] {
        let prepared = scene.prepare(evidence);
        let bundle = prepared.bundle(prepared.appraise().report());
        let read = Bundle::read(&bundle.write()).unwrap();
        assert_eq!(read.appraise(NOW).unwrap().report(), &bundle.report);
        assert!(matches!(read.report.verdict, Verdict::Unknown(_)));
    }
}

#[test]
fn nothing_in_it_is_believed() {
    let mut bundle = bundle(&Scene::genuine());
    let BundledEvidence::Sent { message, .. } = &mut bundle.evidence else { panic!() };
    let last = message.quoted.as_mut().unwrap().attest.0.last_mut().unwrap();
    *last ^= 1;
    let read = Bundle::read(&bundle.write()).unwrap();
    assert_eq!(read.report.verdict, Verdict::Trusted, "as somebody wrote it");
    let appraisal = read.appraise(NOW).unwrap();
    assert!(matches!(appraisal.report().verdict, Verdict::Untrusted(_)));
}

#[test]
fn an_auditor_brings_other_makers() {
    let bundle = bundle(&Scene::genuine());
    let appraisal = bundle.appraise_with(Makers::default(), NOW);
    let Verdict::Untrusted(reasons) = &appraisal.report().verdict else { panic!() };
    assert_eq!(reasons.first().code, ReasonCode::EkCertificateUnknownIssuer);
}

#[test]
fn what_is_no_bundle_is_refused_with_its_reason() {
    let bytes = bundle(&Scene::genuine()).write();
    let problem = |bytes: &[u8]| Bundle::read(bytes).unwrap_err().to_string();
    assert!(problem(b"").contains("not the expected CBOR"));
    assert!(problem(&bytes[..bytes.len() - 1]).contains("not the expected CBOR"));
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(problem(&longer), "bundle: 1 bytes follow the bundle");
    // The map's first key and value: "format", 1.
    assert_eq!(&bytes[1..9], b"\x66format\x01");
    let mut newer = bytes.clone();
    newer[8] = 2;
    assert_eq!(problem(&newer), "bundle: format 2; this program reads format 1");
    assert!(problem(&vec![0; 65 << 20]).contains("limit 67108864"));
    // Arrays in arrays, deeper than anything that is written.
    assert!(problem(&vec![0x81; 100_000]).contains("not the expected CBOR"));
}

#[test]
fn the_input_alone_makes_it() {
    // The one place that names every field of `Input`: a new one must come into the bundle.
    let scene = Scene::genuine();
    let prepared = scene.prepare(Evidence::Refused { problem: "no" });
    let input = prepared.input();
    let Input {
        host,
        challenge,
        evidence: _,
        identity,
        session,
        standards,
        exceptions,
        history,
        received_at,
        now,
    } = input;
    let Standards { policy, makers: _, revocations, approved } = &**standards;
    let bundle = Bundle::of(&input, "web-1", prepared.appraise().report());
    assert_eq!((bundle.host, &bundle.challenge), (host, challenge));
    assert_eq!((bundle.identity.as_ref(), &bundle.session), (identity, session));
    assert_eq!((&bundle.policy, &bundle.history), (policy, history));
    assert_eq!((&bundle.approved, &bundle.exceptions[..]), (approved, exceptions));
    assert_eq!((bundle.received_at, bundle.appraised_at), (received_at, now));
    assert!(revocations.is_some());
    assert_eq!(bundle.revocations.as_ref(), revocations.as_deref());
    assert_eq!(bundle.name, "web-1");
}
