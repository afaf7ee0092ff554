//! Bundles: what can be read can be appraised, and is written as it was read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::Bundle;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bundle) = Bundle::read(bytes) {
        let _ = bundle.appraise(bundle.appraised_at);
        assert_eq!(Bundle::read(&bundle.write()).as_ref(), Ok(&bundle));
    }
});
