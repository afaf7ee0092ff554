//! Official lists of revocations: whatever reads as one lacks nothing in itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::secure_boot::{OfficialRevocations, SignatureList};

fuzz_target!(|bytes: &[u8]| {
    let name = String::from_utf8_lossy(bytes.get(..32).unwrap_or(bytes));
    let Ok(official) = OfficialRevocations::parse(&name, bytes) else { return };
    assert_eq!(official.missing_in(&SignatureList::default()), official.len());
    if let Ok(same) = SignatureList::parse(bytes) {
        assert_eq!(official.missing_in(&same), 0);
    }
});
