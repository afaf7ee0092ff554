//! PCR values as text: what is read holds each register once, with a digest of its bank.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::inspect::read_pcr_values;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for bank in read_pcr_values(text).into_iter().flatten() {
        assert!(bank.values.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(bank.values.iter().all(|(_, value)| value.alg() == bank.bank));
    }
});
