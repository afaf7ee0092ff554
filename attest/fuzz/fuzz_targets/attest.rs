//! TPMS_ATTEST.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::tpm::{Attestation, Quote};

fuzz_target!(|bytes: &[u8]| {
    assert_eq!(Attestation::parse(bytes).is_ok(), Quote::parse(bytes).is_ok());
});
