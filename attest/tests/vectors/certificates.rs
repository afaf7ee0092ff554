//! EK certificates and makers' certificates as they are in the field.

use trustboard_attest::endorsement::{
    CertifiedKey, Chain, ChainRefusal, EkCertificate, Repair, SignatureAlgorithm,
};
use trustboard_attest::{FileItem, Makers, known_root, read_makers_file};

use trustboard_model::digest::HashAlg;
use trustboard_model::maker::MakerKind;

use super::{folder, read};

fn makers(files: &[&str]) -> Makers {
    let mut makers = Makers::default();
    for file in files {
        makers.add(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    makers
}

fn ek(file: &str) -> EkCertificate {
    EkCertificate::parse(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

const ST: [&str; 4] = [
    "keylime/tpm_cert_store/GS_TPM_RT.pem",
    "keylime/tpm_cert_store/STM_RSA_RT.pem",
    "keylime/tpm_cert_store/STM_RSA_02I.pem",
    "keylime/tpm_cert_store/STM_RSA_05I.pem",
];

#[test]
pub(super) fn cloud_ek_certificates_with_critical_alt_names_chain_to_their_roots() {
    if folder().is_none() {
        return;
    }
    let makers = makers(&[
        "go-tpm-tools/ca-certs/gcp_ek_ak_ca_intermediate_v3.crt",
        "go-tpm-tools/ca-certs/gcp_ek_ak_ca_root.crt",
        "go-tpm-tools/ca-certs/tpm_ek_intermediate_2.crt",
        "go-tpm-tools/ca-certs/tpm_ek_intermediate_3.crt",
        "go-tpm-tools/ca-certs/tpm_ek_root_1.cer",
    ]);
    for kind in ["pca", "uca"] {
        for key in ["ecc", "rsa"] {
            for use_ in ["enc", "sign"] {
                let name = format!("go-tpm-tools/certificates/{kind}_tpm_{key}_{use_}_cert.pem");
                let certificate = ek(&name);
                let chain = Chain::build(certificate.certificate(), &makers);
                assert_eq!(chain.unwrap().issuers().len(), 2, "{name}");
                assert_eq!(certificate.repairs(), [Repair::Pem]);
            }
        }
    }
    let certificate = ek("go-tpm-tools/certificates/uca_tpm_rsa_enc_cert.pem");
    let extensions = &certificate.certificate().extensions;
    assert!(extensions.subject_alt_name.as_ref().unwrap().critical);
    assert!(extensions.unknown_critical.is_empty());
    let name = extensions.tpm_name().unwrap();
    assert_eq!(name.manufacturer_text().as_deref(), Some("GOOG"));
    assert_eq!((&name.model[..], &name.version[..]), ("vTPM", "id:20160511"));
}

#[test]
pub(super) fn old_st_certificates_with_rsaes_oaep_keys_chain_and_are_known_by_their_sha1() {
    if folder().is_none() {
        return;
    }
    let makers = makers(&ST);
    for name in ["nuc-1/tpmcert.pem", "nuc-2/tpmcert.pem", "ab21ccf2-tpmcert.pem"] {
        let certificate = ek(&format!("HIRS/certificates/{name}"));
        let certificate = certificate.certificate();
        let chain = Chain::build(certificate, &makers).unwrap();
        assert!(chain.issuers().len() == 3 && chain.rests_on_sha1(), "{name}");
        assert!(
            matches!(&certificate.key, CertifiedKey::Rsa { modulus, .. } if modulus.len() == 256)
        );
        assert!(certificate.extensions.extended_key_usage_critical, "{name}");
        assert_eq!(certificate.extensions.key_usage, None, "{name}");
    }
}

#[test]
pub(super) fn nv_headers_and_padding_are_cut_off_and_named() {
    if folder().is_none() {
        return;
    }
    let raw = ek("HIRS/certificates/nuc-1/ek_cert_untouched.cer");
    assert!(raw.repairs().contains(&Repair::TcgHeader), "{:?}", raw.repairs());
    let cut = ek("HIRS/certificates/nuc-1/ek_cert_7_byte_header_removed.cer");
    assert_eq!(raw.certificate(), cut.certificate());
    assert!(Chain::build(raw.certificate(), &makers(&ST)).is_ok());
    let assertions = ek("HIRS/certificates/ek_cert_with_security_assertions.cer");
    assert!(assertions.repairs().contains(&Repair::TcgHeader));
    let padded = ek("HIRS/certificates/ek_cert_with_padded_bytes.cer");
    assert!(matches!(padded.repairs(), [Repair::Padding { byte: 0x11, .. }]));
    let padded = ek("keylime/ek-certs/st_sha256_with_rsa_der.der");
    assert!(matches!(padded.repairs(), [Repair::Padding { byte: 0xFF, .. }]));
    let makers = makers(&ST);
    assert!(!Chain::build(padded.certificate(), &makers).unwrap().rests_on_sha1());
}

#[test]
pub(super) fn unsorted_names_and_p384_issuers_chain() {
    if folder().is_none() {
        return;
    }
    for (certificate, files) in [
        ("nuvoton_ecdsa_sha256_der", &["NUVO_2110"][..]),
        ("st_ecdsa_sha256_der", &["STM_ECC_01I", "STM_ECC_01RT"]),
    ] {
        let certificate = ek(&format!("keylime/ek-certs/{certificate}.der"));
        let mut files: Vec<String> =
            files.iter().map(|file| format!("keylime/tpm_cert_store/{file}.pem")).collect();
        files.push("tpm-ca-certificates/MIRROR.tpm-ca-certificates.pem".to_owned());
        let makers = makers(&files.iter().map(String::as_str).collect::<Vec<_>>());
        let chain = Chain::build(certificate.certificate(), &makers);
        assert!(chain.is_ok(), "{:?}", chain.unwrap_err());
    }
}

#[test]
pub(super) fn sha384_signatures_of_a_device_identity_ca_verify() {
    if folder().is_none() {
        return;
    }
    let makers = makers(&["keylime/quote-files/idevid-test-ca/iak_idevid_chain.pem"]);
    for name in ["iak_der", "idevid_der"] {
        let certificate = ek(&format!("keylime/ek-certs/{name}.der"));
        let certificate = certificate.certificate();
        let expected = SignatureAlgorithm::RsaPkcs1(HashAlg::Sha384);
        assert_eq!(certificate.algorithm, expected, "{name}");
        let chain = Chain::build(certificate, &makers);
        assert!(chain.is_ok(), "{name}: {:?}", chain.unwrap_err());
    }
}

#[test]
pub(super) fn impostors_with_real_names_do_not_verify() {
    if folder().is_none() {
        return;
    }
    let makers = makers(&ST);
    let refusal = |name: &str| {
        Chain::build(ek(&format!("HIRS/certificates/{name}")).certificate(), &makers).unwrap_err()
    };
    // Its subject is the real intermediate's; its issuer is not among the makers.
    let fake = refusal("fakestmtpmekint02.pem");
    let ChainRefusal::UnknownIssuer(missing) = fake else { panic!("{fake:?}") };
    let issuer = missing.issuer;
    assert!(issuer.to_string().contains("Fake Root CA"), "{issuer}");
    assert!(matches!(refusal("fakeCA.pem"), ChainRefusal::UnknownIssuer(_)));
    assert!(matches!(refusal("fakeSelfSigned.cer"), ChainRefusal::UnknownIssuer(_)));

    // With the impostor beside the real one as intermediates, real certificates still find the
    // real one, and the impostor helps nobody.
    let mut both = Makers::default();
    both.add(&read("HIRS/certificates/fakestmtpmekint02.pem")).unwrap();
    for file in ST {
        both.add(&read(file)).unwrap();
    }
    let improper = ek("HIRS/certificates/stmtpmekint02.pem");
    assert!(Chain::build(improper.certificate(), &both).is_ok());
    let genuine = ek("keylime/ek-certs/st_sha256_with_rsa_der.der");
    assert!(Chain::build(genuine.certificate(), &both).is_ok());
}

#[test]
pub(super) fn a_maker_with_an_improper_serial_number_is_malformed_and_an_ek_with_one_is_reported() {
    if folder().is_none() {
        return;
    }
    let bytes = read("HIRS/certificates/stmtpmekint02.pem");
    let error = Makers::default().add(&bytes).unwrap_err();
    assert!(error.problem.contains("superfluous leading zeros"), "{error}");
    let certificate = EkCertificate::parse(&bytes).unwrap();
    assert!(certificate.repairs().contains(&Repair::SerialNotMinimal));
    // Its bytes are kept as they are: the signature still verifies.
    assert!(Chain::build(certificate.certificate(), &makers(&ST)).is_ok());
}

#[test]
pub(super) fn whole_bundles_of_makers_load() {
    if folder().is_none() {
        return;
    }
    let mut makers = Makers::default();
    let roots = makers.add(&read("tpm-ca-certificates/MIRROR.tpm-ca-certificates.pem"));
    assert_eq!(roots.unwrap(), 26);
    let more = makers.add(&read("tpm-ca-certificates/MIRROR.tpm-intermediate-ca-certificates.pem"));
    assert_eq!(more.unwrap(), 143);
    let store = folder().unwrap().join("keylime/tpm_cert_store");
    for entry in std::fs::read_dir(store).unwrap() {
        let path = entry.unwrap().path();
        let file = std::fs::read(&path).unwrap();
        makers.add(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let st = ek("keylime/ek-certs/st_sha256_with_rsa_der.der");
    assert!(Chain::build(st.certificate(), &makers).is_ok());
}

#[test]
pub(super) fn a_small_ca_issues_an_ek_certificate_and_broken_files_are_refused() {
    if folder().is_none() {
        return;
    }
    let makers = makers(&["HIRS/ci/ca.crt"]);
    assert!(Chain::build(ek("HIRS/ci/ek_cert.der").certificate(), &makers).is_ok());
    let broken = read("HIRS/certificates/misc/certificate_notParsable.crt");
    assert!(EkCertificate::parse(&broken).is_err());
    assert!(Makers::default().add(&broken).is_err());
    let expired = ek("HIRS/certificates/misc/certificate_expired.crt");
    let valid = ek("HIRS/certificates/misc/certificate_valid2035.crt");
    assert!(expired.certificate().not_after < valid.certificate().not_after);
    assert!(valid.certificate().not_after.to_string().starts_with("2035"));
}

/// What importing a file or a folder's files gives: usable roots and intermediates, and refusals.
fn import(files: &[std::path::PathBuf]) -> (usize, usize, Vec<String>) {
    let (mut roots, mut intermediates, mut refused) = (0, 0, Vec::new());
    for file in files {
        for item in read_makers_file(&std::fs::read(file).unwrap()) {
            match item {
                FileItem::Certificate(found) => match found.certificate.facts().kind {
                    MakerKind::Root => roots += 1,
                    MakerKind::Intermediate => intermediates += 1,
                },
                FileItem::RevocationList(_) => refused.push("revocation list".to_owned()),
                FileItem::Refused { problem, .. } => {
                    let file = file.file_name().unwrap().to_string_lossy();
                    refused.push(format!("{file}: {problem}"));
                }
            }
        }
    }
    (roots, intermediates, refused)
}

#[test]
pub(super) fn every_published_root_of_the_list_is_recognised_and_is_used_as_it_is() {
    let Some(folder) = folder() else { return };
    let list = folder.join("tpm-ca-certificates");
    let (roots, intermediates, refused) = import(&[list.join("MIRROR.tpm-ca-certificates.pem")]);
    assert_eq!((roots, intermediates, refused), (23, 3, vec![]));
    for item in read_makers_file(&read("tpm-ca-certificates/MIRROR.tpm-ca-certificates.pem")) {
        let FileItem::Certificate(found) = item else { panic!("{item:?}") };
        let known = known_root(&found.certificate.fingerprint());
        assert!(known.is_some(), "{}", found.certificate.subject);
    }
    let others = [list.join("MIRROR.tpm-intermediate-ca-certificates.pem")];
    let (roots, intermediates, refused) = import(&others);
    assert_eq!((roots, intermediates, refused), (0, 143, vec![]));
}

#[test]
pub(super) fn certificates_of_a_store_are_reported_one_by_one() {
    let Some(folder) = folder() else { return };
    let files = |folder: std::path::PathBuf| {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
        files.sort();
        files
    };
    let store = import(&files(folder.join("keylime/tpm_cert_store")));
    assert_eq!(store, (11, 40, vec![]));
    let (roots, intermediates, refused) = import(&files(folder.join("HIRS/certificates")));
    assert_eq!((roots, intermediates), (3, 1));
    assert_eq!(
        refused,
        [
            "ab21ccf2-tpmcert.pem: it is not the certificate of a CA",
            "ek_cert_with_padded_bytes.cer: it is not the certificate of a CA",
            "ek_cert_with_security_assertions.cer: not a certificate, a revocation list or an \
             archive of them",
            "fakeRootCA.cer: it names itself as its issuer, but its own key did not sign it",
            "stmtpmekint02.pem: malformed: the serial number has superfluous leading zeros",
        ]
    );
}
