//! Files of makers' certificates and revocation lists. A file with an error adds nothing to a
//! server's own; each certificate that can be used is the one whose fingerprint is shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::endorsement::Certificate;
use trustboard_attest::{FileItem, Makers, read_makers_file};

fuzz_target!(|bytes: &[u8]| {
    let mut makers = Makers::default();
    if makers.add(bytes).is_err() {
        assert!(makers.is_empty());
    }
    let items = read_makers_file(bytes);
    assert!(!items.is_empty());
    for item in items {
        if let FileItem::Certificate(found) = item {
            let again = Certificate::parse("certificate", found.certificate.as_der());
            assert_eq!(again.as_ref(), Ok(&found.certificate));
            assert_eq!(found.certificate.facts().fingerprint, found.certificate.fingerprint());
        }
    }
});
