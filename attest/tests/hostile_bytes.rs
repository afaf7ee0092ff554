//! Truncations and bit flips of valid inputs: every parser answers, none panics. The fuzz targets
//! of `attest/fuzz` go further; these run with every test.

#![expect(clippy::unwrap_used, reason = "evidence for tests is made or the test fails")]

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::Scene;
use support::maker::Maker;
use trustboard_attest::endorsement::{EkCertificate, RevocationList};
use trustboard_attest::eventlog::EventLog;
use trustboard_attest::meaning::meaning;
use trustboard_attest::secure_boot::{OfficialRevocations, SignatureList, Variable};
use trustboard_attest::tpm::{Attestation, Public, Quote, Signature};
use trustboard_attest::{Bundle, Evidence, Log, Makers, admit, make_credential, parse_claims};
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::TpmIdentity;

/// Every truncation, and `flips` inputs with one to three bits changed.
fn mangle(valid: &[u8], flips: u64, parse: impl Fn(&[u8])) {
    parse(valid);
    let step = (valid.len() / 512).max(1);
    for length in (0..valid.len()).step_by(step) {
        parse(&valid[..length]);
    }
    // xorshift64: the same inputs in every run.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..flips {
        let mut bytes = valid.to_vec();
        for _ in 0..=next() % 3 {
            let bit = usize::try_from(next()).unwrap() % (bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
        // A length field somewhere becomes the largest number.
        if next() % 4 == 0 {
            let at = usize::try_from(next()).unwrap() % bytes.len();
            bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xFF);
        }
        parse(&bytes);
    }
}

#[test]
fn no_parser_panics_on_mangled_bytes() {
    let scene = Scene::genuine();
    let (message, log) = scene.evidence();
    let quoted = message.quoted.as_ref().unwrap();
    let identity = scene.identity();
    mangle(&quoted.attest, 4000, |bytes| {
        let _ = Attestation::parse(bytes);
        let _ = Quote::parse(bytes);
    });
    mangle(&quoted.signature, 4000, |bytes| {
        let _ = Signature::parse(bytes);
    });
    for public in [&identity.ak_public, &identity.ek_public] {
        mangle(public, 4000, |bytes| {
            let _ = Public::parse("public area", bytes).map(|public| public.name());
        });
    }
    mangle(identity.ek_certificate.as_ref().unwrap(), 8000, |bytes| {
        if let Ok(certificate) = EkCertificate::parse(bytes) {
            let _ = certificate.certificate().extensions.tpm_name();
            let _ = certificate.certificate().subject.to_string();
        }
    });
    mangle(&Maker::boot_certificate("A CA"), 2000, |bytes| {
        let _ = Makers::default().add(bytes);
    });
    mangle(&Maker::revocation_list(&Maker::genuine().root, "Root", &[&[1]]), 2000, |bytes| {
        let _ = Makers::default().add(bytes);
        let _ = RevocationList::parse(bytes);
    });
    let prepared = scene.prepare(Evidence::Sent {
        message: &message,
        log: Log::Bytes(&log),
        systemd_log: Log::Absent,
    });
    let bundle = prepared.bundle(prepared.appraise().report()).write();
    mangle(&bundle, 500, |bytes| {
        if let Ok(bundle) = Bundle::read(bytes) {
            let _ = bundle.appraise(bundle.appraised_at);
        }
    });
    mangle(&message.claims, 4000, |bytes| {
        let _ = parse_claims(bytes);
    });
    mangle(&log, 2000, |bytes| {
        if let Ok(log) = EventLog::parse(bytes) {
            let _ = log.replay();
            for event in log.insecure_events() {
                let _ = meaning(event, HashAlg::Sha256);
            }
        }
    });
    let mut boot = scene.boot.clone();
    let variable = boot.variable("db").data.clone();
    mangle(&variable, 4000, |bytes| {
        if let Ok(variable) = Variable::parse(bytes) {
            let _ = SignatureList::parse(variable.data);
        }
    });
    mangle(&variable[36..], 4000, |bytes| {
        let _ = SignatureList::parse(bytes);
        let _ = OfficialRevocations::parse("dbx", bytes);
    });
}

#[test]
fn no_appraisal_panics_on_mangled_evidence_and_none_of_it_is_trusted() {
    let mut scene = Scene::genuine();
    let (message, log) = scene.evidence();
    let pcrs = scene.pcrs();
    let cell = std::cell::RefCell::new(&mut scene);
    mangle(&log, 300, |bytes| {
        let mut scene = cell.borrow_mut();
        // A host that signs for the log it sends: what is wrong is found where it is.
        scene.foreign = Some((bytes.to_vec(), pcrs.clone()));
        scene.appraise();
        // One that does not: the binding breaks.
        if bytes != log {
            let report = scene.appraise_sent(&message, bytes);
            assert_ne!(report.verdict, trustboard_model::verdict::Verdict::Trusted);
        }
    });
    scene.foreign = None;
    let certificate = scene.identity().ek_certificate.unwrap().0;
    let unmangled = certificate.clone();
    let cell = std::cell::RefCell::new(&mut scene);
    mangle(&certificate, 300, |bytes| {
        let mut scene = cell.borrow_mut();
        scene.ek_certificate_bytes = Some(bytes.to_vec());
        let report = scene.appraise_sent(&message, &log);
        if bytes != unmangled {
            assert_ne!(report.verdict, trustboard_model::verdict::Verdict::Trusted);
        }
    });
}

#[test]
fn no_enrolment_panics_on_mangled_keys() {
    for identity in [Scene::genuine().identity(), Scene::genuine_ecc().identity()] {
        mangle(&identity.ek_public, 1500, |bytes| {
            let tpm = TpmIdentity { ek_public: bytes.into(), ..identity.clone() };
            if let Ok(keys) = admit(&tpm) {
                let _ = make_credential(&keys, &[1; 32], &[2; 64]);
            }
        });
    }
}
