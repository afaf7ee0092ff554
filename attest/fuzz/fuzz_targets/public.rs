//! TPMT_PUBLIC, and everything that is made from an admitted one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::tpm::Public;
use trustboard_attest::{admit, make_credential};
use trustboard_model::protocol::TpmIdentity;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(public) = Public::parse("public area", bytes) {
        assert_eq!(public.as_bytes(), bytes);
        let _ = public.name();
    }
    // Two public areas, one after the other.
    let (ek, ak) = bytes.split_at(bytes.len() / 2);
    let tpm = TpmIdentity { ek_public: ek.into(), ek_certificate: None, ak_public: ak.into() };
    if let Ok(keys) = admit(&tpm) {
        let _ = make_credential(&keys, &[1; 32], &[2; 64]);
    }
});
