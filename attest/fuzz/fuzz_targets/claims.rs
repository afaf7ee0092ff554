//! The claims of a host.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::parse_claims;

fuzz_target!(|bytes: &[u8]| {
    let _ = parse_claims(bytes);
});
