//! UEFI variables and the EFI signature lists in them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::secure_boot::{SignatureList, Variable};

fuzz_target!(|bytes: &[u8]| {
    let _ = SignatureList::parse(bytes).map(|list| list.contains(bytes));
    if let Ok(variable) = Variable::parse(bytes) {
        let _ = variable.describe();
        let _ = SignatureList::parse(variable.data);
    }
});
