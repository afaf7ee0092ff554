//! Files of makers' certificates and revocation lists. A file with an error adds nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::Makers;

fuzz_target!(|bytes: &[u8]| {
    let mut makers = Makers::default();
    if makers.add(bytes).is_err() {
        assert!(makers.is_empty());
    }
});
