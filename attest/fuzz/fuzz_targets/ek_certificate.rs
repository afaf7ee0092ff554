//! EK certificates as they come out of NV memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::Makers;
use trustboard_attest::endorsement::{Chain, EkCertificate};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = EkCertificate::parse(bytes) {
        let certificate = found.certificate();
        let _ = (certificate.subject.to_string(), certificate.issuer.to_string());
        let _ = certificate.extensions.tpm_name().and_then(|name| name.manufacturer_text());
        assert!(Chain::build(certificate, &Makers::default()).is_err());
    }
});
