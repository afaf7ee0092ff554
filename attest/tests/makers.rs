//! Files of makers' certificates: each is reported by itself, used, mended or refused.

#[expect(dead_code, reason = "other test crates use the rest")]
mod support;

use support::der::{CN, extension, name, oid, seq, tlv};
use support::keys::AkKey;
use support::maker::{CertificateSpec, Maker, key, pem};
use trustboard_attest::endorsement::Certificate;
use trustboard_attest::{FileItem, Makers, read_makers_file};
use trustboard_model::maker::{MakerKind, MakerNote, MakerProblem, MakerRepair};
use trustboard_model::time::Timestamp;
use trustboard_soft_tpm::certificate::spki;

fn root() -> Vec<u8> {
    Maker::genuine().root_certificate()
}

fn only(file: &[u8]) -> FileItem {
    let mut items = read_makers_file(file);
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

fn problem(file: &[u8]) -> MakerProblem {
    match only(file) {
        FileItem::Refused { problem, .. } => problem,
        other => panic!("{other:?}"),
    }
}

fn repairs(file: &[u8]) -> Vec<MakerRepair> {
    match only(file) {
        FileItem::Certificate(found) => found.repairs,
        other => panic!("{other:?}"),
    }
}

/// A root that is odd in one way.
fn odd(edit: impl Fn(&mut CertificateSpec)) -> Vec<u8> {
    let maker = Maker::genuine();
    let mut spec = CertificateSpec::ca(&maker.root_name, &maker.root_name, &maker.root);
    edit(&mut spec);
    spec.sign(&maker.root)
}

#[test]
fn der_pem_and_pkcs7_hold_the_same_certificates() {
    let certificates = [root(), Maker::genuine().issuer_certificate()];
    let bundle = |label: &str| {
        let signed_data = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
        let data = seq(&[
            tlv(2, &[1]),
            tlv(0x31, &[]),
            seq(&[oid(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1])]),
            tlv(0xA0, &certificates.concat()),
            tlv(0x31, &[]),
        ]);
        let der = seq(&[oid(&signed_data), tlv(0xA0, &data)]);
        if label.is_empty() { der } else { pem(label, &der) }
    };
    let text = certificates.clone().map(|der| pem("CERTIFICATE", &der)).concat();
    for file in [certificates.concat(), text, bundle(""), bundle("PKCS7"), bundle("CMS")] {
        let items = read_makers_file(&file);
        let kinds: Vec<_> = items
            .iter()
            .map(|item| match item {
                FileItem::Certificate(found) => found.certificate.facts().kind,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(kinds, [MakerKind::Root, MakerKind::Intermediate]);
    }
}

#[test]
fn facts_are_those_of_the_certificate() {
    let FileItem::Certificate(found) = only(&root()) else { panic!() };
    let facts = found.certificate.facts();
    assert_eq!((&facts.subject[..], &facts.maker[..]), ("CN=Test TPM Root", "Test TPM Root"));
    assert_eq!((&facts.serial[..], &facts.key[..]), ("01", "NIST P-256"));
    assert_eq!(facts.not_before.to_string(), "2020-01-01T00:00:00.000Z");
    assert_eq!(found.certificate.notes(Timestamp(1_700_000_000_000)), []);
    assert_eq!(found.certificate.notes(Timestamp(0)), [MakerNote::NotYetValid]);
    assert_eq!(found.certificate.notes(Timestamp(i64::MAX)), [MakerNote::Expired]);
}

#[test]
fn what_follows_a_certificate_is_cut_off_and_named() {
    let padded = |tail: &[u8]| [&root()[..], tail].concat();
    assert_eq!(repairs(&root()), []);
    assert_eq!(repairs(&padded(&[0; 9])), [MakerRepair::Padding { bytes: 9, byte: 0 }]);
    assert_eq!(repairs(&padded(b"\r\n")), [MakerRepair::TrailingBytes { bytes: 2 }]);
    // What looks like another certificate and is cut short.
    assert_eq!(repairs(&padded(&[0x30, 9])), [MakerRepair::TrailingBytes { bytes: 2 }]);
    let trusted = pem("TRUSTED CERTIFICATE", &padded(&[2, 1, 5]));
    assert_eq!(repairs(&trusted), [MakerRepair::TrailingBytes { bytes: 3 }]);
}

#[test]
fn one_bad_certificate_spoils_no_other() {
    let damaged = pem("CERTIFICATE", &root()[..40]);
    let secret = pem("EC PRIVATE KEY", b"secret");
    let file = [damaged, secret, pem("CERTIFICATE", &root())].concat();
    let items = read_makers_file(&file);
    let [
        FileItem::Refused { problem: MakerProblem::Unreadable { .. }, facts: None },
        FileItem::Refused { problem: MakerProblem::SomethingElse { what }, .. },
        FileItem::Certificate(_),
    ] = &items[..]
    else {
        panic!("{items:?}")
    };
    assert_eq!(what, "EC PRIVATE KEY");
    // A server's folder is stricter: nothing of such a file counts.
    let mut makers = Makers::default();
    assert!(makers.add(&file).is_err());
    assert!(makers.is_empty());
}

#[test]
fn what_can_never_help_a_chain_is_refused() {
    let unused = extension(&[0x55, 0x1D, 15], true, &tlv(3, &[7, 0x80]));
    let unknown = extension(&[0x2A, 3, 4], true, &[5, 0]);
    let weak_key = |modulus: &[u8], exponent: u8| {
        const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
        let key = seq(&[tlv(2, &[&[0][..], modulus].concat()), tlv(2, &[exponent])]);
        seq(&[seq(&[oid(RSA), tlv(5, &[])]), tlv(3, &[&[0][..], &key].concat())])
    };
    assert_eq!(problem(b""), MakerProblem::Empty);
    assert_eq!(problem(b"hello"), MakerProblem::NotACertificate);
    assert!(matches!(problem(&[0x30, 3, 1]), MakerProblem::Unreadable { .. }));
    assert!(matches!(problem(&odd(|c| c.serial = vec![0, 5])), MakerProblem::Serial { .. }));
    assert_eq!(problem(&odd(|c| c.extensions.clear())), MakerProblem::NotACa);
    assert_eq!(problem(&odd(|c| c.extensions[1] = unused.clone())), MakerProblem::MayNotSign);
    let oid = "1.2.3.4".to_owned();
    assert_eq!(
        problem(&odd(|c| c.extensions.push(unknown.clone()))),
        MakerProblem::UnknownCritical { oid }
    );
    let short = problem(&odd(|c| c.spki = weak_key(&[0xC1; 128], 3)));
    assert_eq!(short, MakerProblem::WeakKey { key: "RSA 1024".to_owned() });
    let exponent = problem(&odd(|c| c.spki = weak_key(&[0xC1; 256], 1)));
    assert!(matches!(exponent, MakerProblem::WeakKey { .. }), "{exponent:?}");
    let long = problem(&odd(|c| c.spki = weak_key(&[0xC1; 2048], 3)));
    assert!(matches!(long, MakerProblem::UnknownKey { .. }), "{long:?}");
    // The key that it holds is not the one that signed it.
    let stranger = problem(&odd(|c| c.spki = spki(&AkKey::rsa().public())));
    assert_eq!(stranger, MakerProblem::BadSelfSignature);
}

#[test]
fn a_root_of_version_1_and_a_rolled_over_key_are_no_errors() {
    let old = odd(|c| {
        c.version = None;
        c.extensions.clear();
    });
    let FileItem::Certificate(found) = only(&old) else { panic!() };
    assert_eq!(found.certificate.notes(Timestamp(1_700_000_000_000)), [MakerNote::Version1]);
    // Self-issued: the same name, signed by another key, which it names.
    let maker = Maker::genuine();
    let mut spec = CertificateSpec::ca(&maker.root_name, &maker.root_name, &key());
    let id = |of: u8, tag: u8| extension(&[0x55, 0x1D, of], false, &tlv(tag, &[tag]));
    let authority = extension(&[0x55, 0x1D, 35], false, &seq(&[tlv(0x80, &[9])]));
    spec.extensions.extend([id(14, 4), authority]);
    let FileItem::Certificate(found) = only(&spec.sign(&maker.root)) else { panic!() };
    assert_eq!(found.certificate.facts().kind, MakerKind::Intermediate);
}

#[test]
fn revocation_lists_are_found_among_certificates() {
    let maker = Maker::genuine();
    let list = Maker::revocation_list(&maker.root, &maker.root_name, &[&[7]]);
    let items = read_makers_file(&[list, pem("CERTIFICATE", &root())].concat());
    assert!(
        matches!(&items[..], [FileItem::RevocationList(_), FileItem::Certificate(_)]),
        "{items:?}"
    );
}

#[test]
fn a_file_of_thousands_is_cut_off_and_says_so() {
    let many = [0x30, 0].repeat(5000);
    let items = read_makers_file(&many);
    assert!(items.len() <= 4097, "{}", items.len());
    let sections = pem("X", &[]).repeat(5000);
    let items = read_makers_file(&sections);
    assert_eq!(items.len(), 4097);
    let last = items.last().unwrap();
    assert!(
        matches!(last, FileItem::Refused { problem: MakerProblem::TooMany { limit: 4096 }, .. }),
        "{last:?}"
    );
}

#[test]
fn a_p521_root_signs_itself_and_others() {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
    let key = EcdsaKeyPair::generate(&ECDSA_P521_SHA512_ASN1_SIGNING).unwrap();
    let curve = seq(&[oid(&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]), oid(&[0x2B, 0x81, 4, 0, 35])]);
    let point = key.public_key().as_ref();
    let named = name(&[(CN, "P-521 root")]);
    let spec = CertificateSpec {
        spki: seq(&[curve, tlv(3, &[&[0], point].concat())]),
        subject: named.clone(),
        issuer: named,
        ..CertificateSpec::ca("", "", &Maker::genuine().root)
    };
    let algorithm = seq(&[oid(&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 4])]);
    let der = spec.sign_with(&algorithm, |tbs| {
        key.sign(&SystemRandom::new(), tbs).unwrap().as_ref().to_vec()
    });
    let facts = Certificate::parse("certificate", &der).unwrap().facts();
    assert_eq!((facts.kind, &facts.key[..]), (MakerKind::Root, "NIST P-521"));
}
