//! What must come of every row of the matrix and of every file of the list.

use serde_json::Value;
use trustboard_attest::tpm::{Key, Public};
use trustboard_model::bytes::from_hex;

use super::{certificates, folder, logs, quotes, read};

/// What must come of a file.
pub(super) enum Must {
    /// An event log is refused for exactly what it says (`logs`), or for nothing.
    Log(&'static Value),
    /// As an EK certificate by these makers: accepted, or refused for these codes.
    Ek(&'static [&'static str], &'static [&'static str]),
    /// As makers' certificates: so many can be used, and so many cannot.
    Makers(usize, usize),
    /// What its own test says.
    Test(fn()),
    /// No reader takes it for anything: a format that Trustboard does not know, or no evidence.
    Nothing,
    /// A unit test of the parts of MakeCredential says; `cargo xtask vectors` runs those itself.
    Unit,
}

pub(super) const GCE: &[&str] = &["go-tpm-tools/ca-certs/"];
pub(super) const ST: &[&str] = &[
    "keylime/tpm_cert_store/GS_TPM_RT",
    "keylime/tpm_cert_store/STM_",
    "tpm-ca-certificates/MIRROR.tpm-ca-certificates.pem",
];
pub(super) const NUVOTON: &[&str] = &["keylime/tpm_cert_store/NUVO_"];
pub(super) const DEVICE: &[&str] = &["keylime/quote-files/idevid-test-ca/"];
pub(super) const SMALL: &[&str] = &["HIRS/ci/ca.crt"];

const UNKNOWN: &str = "ek-certificate.unknown-issuer";
const MISSING: &str = "ek-certificate.intermediate-missing";
const PROFILE: &str = "ek-certificate.profile-violated";
const NO_NAME: &str = "ek-certificate.no-tpm-name";

/// What must come of a file; nothing for one that nobody has looked at yet.
pub(super) fn must(name: &str, observed: &'static Value) -> Option<Must> {
    if let Some(seen) = observed.get(name) {
        return Some(match name {
            _ if name.starts_with("go-attestation/malformed/") && seen["parse"] != "ok" => {
                Must::Test(logs::malformed_logs_are_refused_and_the_smallest_valid_ones_are_read)
            }
            _ => Must::Log(seen),
        });
    }
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    Some(match (folder, file) {
        ("go-tpm", _) => Must::Unit,
        // They chain, but name no TPM.
        ("go-tpm-tools/certificates", _) if file.starts_with("pca_") => Must::Ek(GCE, &[NO_NAME]),
        ("go-tpm-tools/certificates", _) => Must::Ek(GCE, &[]),
        ("HIRS/certificates/nuc-1" | "HIRS/certificates/nuc-2", _)
        | ("HIRS/certificates", "ab21ccf2-tpmcert.pem") => Must::Ek(ST, &[]),
        ("keylime/ek-certs", _) if file.starts_with("st_") => Must::Ek(ST, &[]),
        // The maker's root itself.
        ("keylime/ek-certs", "nuvoton_ecdsa_sha256_der.der") => {
            Must::Ek(NUVOTON, &[NO_NAME, PROFILE])
        }
        // Identities of devices, not of TPMs: they chain, and are no EK certificates.
        ("keylime/ek-certs", _) => Must::Ek(DEVICE, &[NO_NAME]),
        ("HIRS/ci", "ek_cert.der") => Must::Ek(SMALL, &[NO_NAME]),
        ("HIRS/certificates", "fakestmtpmekint02.pem" | "fakeCA.pem" | "fakeSelfSigned.cer") => {
            Must::Test(certificates::impostors_with_real_names_do_not_verify)
        }
        ("HIRS/certificates", "stmtpmekint02.pem") => Must::Test(
            certificates::a_maker_with_an_improper_serial_number_is_malformed_and_an_ek_with_one_is_reported,
        ),
        ("HIRS/certificates", "ek_cert_with_padded_bytes.cer") => Must::Ek(NUVOTON, &[MISSING]),
        ("HIRS/certificates", "ek_cert_with_security_assertions.cer") => {
            Must::Ek(NUVOTON, &[UNKNOWN])
        }
        ("HIRS/certificates/misc", "certificate_notParsable.crt") => Must::Nothing,
        ("HIRS/certificates/misc", _) => Must::Ek(ST, &[UNKNOWN, PROFILE, NO_NAME]),
        // An impostor; and an archive, which is opened before the verifier sees what is in it.
        ("HIRS/certificates", "fakeRootCA.cer") | ("HIRS/ci", "oem_certs.zip") => {
            Must::Makers(0, 1)
        }
        ("tpm-ca-certificates", "MIRROR.tpm-ca-certificates.pem") => Must::Makers(26, 0),
        ("tpm-ca-certificates", "MIRROR.tpm-intermediate-ca-certificates.pem") => {
            Must::Makers(143, 0)
        }
        ("keylime/quote-files/idevid-test-ca", _) => Must::Makers(2, 0),
        ("go-eventlog/secure-boot", _)
            if file.starts_with("dbxupdate") || file.contains("-boothole") =>
        {
            Must::Test(logs::official_revocation_updates_are_read_as_signature_lists)
        }
        (
            "keylime/tpm_cert_store"
            | "HIRS/certificates/stMicroCaCerts"
            | "go-tpm-tools/ca-certs"
            | "go-tspi"
            | "go-eventlog/secure-boot",
            _,
        )
        | ("HIRS/certificates", "gstpmroot.pem")
        | ("HIRS/ci" | "HIRS/ci/laptop/default/trustcerts", "ca.crt") => Must::Makers(1, 0),
        ("keylime/eventlogs", "mb_log.b64") => {
            Must::Test(logs::a_base64_log_of_another_test_suite_parses)
        }
        ("HIRS/tcgeventlog", _) => {
            Must::Test(logs::replay_gives_the_values_that_upstreams_tests_state)
        }
        ("HIRS/tpm2", _) => Must::Test(public_areas_have_their_own_names_and_the_moduli_beside_them),
        ("go-tpm-tools/attestations", _) => Must::Test(
            quotes::a_cloud_hosts_three_quotes_verify_with_their_nonce_only_and_explain_the_log,
        ),
        ("go-attestation", "windows_gcp_shielded_vm.json") => Must::Test(
            quotes::a_sha1_quote_is_refused_although_its_signature_and_log_are_good,
        ),
        (
            "keylime/quote-files",
            "ak.pub" | "ak.name" | "ek.pub" | "quote.out" | "quotesig.out",
        ) => Must::Test(quotes::a_quote_of_three_registers_verifies_and_covers_nothing_else),
        ("veraison/tpm-enacttrust", "basic.token" | "basic.pem.pub") => Must::Test(
            quotes::a_quote_without_nonce_signer_and_safe_clock_verifies_and_is_refused_for_the_rest,
        ),
        ("veraison/parsec-tpm", "evidence.cbor") => {
            Must::Test(quotes::a_certification_is_told_from_a_quote_by_the_same_key)
        }
        ("trustee", "tpm_evidence.json") => {
            Must::Test(quotes::bare_evidence_of_another_verifier_verifies_with_its_key)
        }
        ("trustee/az-snp-vtpm", "evidence-v1.json" | "tpm-quote.msg" | "tpm-quote.sig") => {
            Must::Test(quotes::a_confidential_vms_quote_verifies_with_its_own_ak_and_with_no_other)
        }
        ("rust-keylime", "test-quote.txt") => Must::Test(quotes::a_sha1_quote_of_an_agent_is_read),
        // Formats of others: platform certificates, tags, manifests, CoRIM, claims, the texts of
        // IMA lists (the agent sends the kernel's binary ones), parts of tools.
        (
            "go-attestation/platform-certs"
            | "go-eventlog"
            | "HIRS/tcgeventlog/events"
            | "HIRS/tcgeventlog/uefi"
            | "keylime/ima"
            | "keylime/quote-files"
            | "rust-keylime"
            | "tpm-ca-certificates"
            | "trustee/az-snp-vtpm"
            | "trustee/az-tdx-vtpm",
            _,
        ) => Must::Nothing,
        _ if name.starts_with("HIRS/ci/laptop/") || name.starts_with("veraison/") => Must::Nothing,
        _ => return None,
    })
}

/// The tests that stand for a row of the matrix.
pub(super) fn of_row(row: &str) -> Option<&'static [fn()]> {
    Some(match row {
        "1" | "2" => {
            &[quotes::a_cloud_hosts_three_quotes_verify_with_their_nonce_only_and_explain_the_log]
        }
        "3" => &[quotes::a_sha1_quote_is_refused_although_its_signature_and_log_are_good],
        "4" => &[quotes::a_quote_of_three_registers_verifies_and_covers_nothing_else],
        "13" => &[logs::every_log_is_appraised_as_its_content_deserves],
        "14" => {
            &[logs::a_log_taken_before_the_boot_services_ended_does_not_explain_pcr_5_and_says_so]
        }
        "16" | "17" => {
            &[logs::malformed_logs_are_refused_and_the_smallest_valid_ones_are_read]
        }
        "20" => &[
            quotes::a_quote_without_nonce_signer_and_safe_clock_verifies_and_is_refused_for_the_rest,
        ],
        "21" | "23" => &[certificates::nv_headers_and_padding_are_cut_off_and_named],
        "24" => &[certificates::impostors_with_real_names_do_not_verify],
        "24b" => &[
            certificates::a_maker_with_an_improper_serial_number_is_malformed_and_an_ek_with_one_is_reported,
        ],
        "25" => &[
            certificates::old_st_certificates_with_rsaes_oaep_keys_chain_and_are_known_by_their_sha1,
        ],
        "26" => {
            &[certificates::cloud_ek_certificates_with_critical_alt_names_chain_to_their_roots]
        }
        _ => return None,
    })
}

#[test]
fn public_areas_have_their_own_names_and_the_moduli_beside_them() {
    if folder().is_none() {
        return;
    }
    let file = |name: &str| read(&format!("HIRS/tpm2/{name}"));
    for key in ["ak", "ek"] {
        let public = Public::parse("public area", &file(&format!("{key}.pub"))).unwrap();
        let text = String::from_utf8(file(&format!("{key}.mod"))).unwrap();
        let modulus = from_hex(&text.replace(char::is_whitespace, "")).unwrap();
        let Key::Rsa { modulus: found, .. } = public.key() else { panic!("{key} is no RSA key") };
        assert_eq!(*found, modulus, "{key}");
        let digest = crate::support::sha256(&file(&format!("{key}.pub"))).0;
        assert_eq!(public.name().unwrap(), [&[0x00, 0x0B][..], &digest].concat());
        // The name beside them is that of another AK.
        assert_ne!(public.name().unwrap(), file("ak.name"));
    }
}
