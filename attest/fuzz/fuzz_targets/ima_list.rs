//! IMA's lists: what parses ends where its bytes end, and a part reads as the beginning of the
//! whole.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trustboard_attest::ima::ImaList;
use trustboard_model::digest::HashAlg;

fuzz_target!(|bytes: &[u8]| {
    for digests in [HashAlg::Sha1, HashAlg::Sha256] {
        let Ok(list) = ImaList::parse(bytes, digests, false) else { continue };
        let entries = list.insecure_entries().len();
        assert_eq!(list.end_of(entries), bytes.len());
        let half = &bytes[..bytes.len() / 2];
        let part = ImaList::parse(half, digests, true).expect("a part of what can be read");
        let read = part.insecure_entries();
        assert_eq!(read.len(), (0..=entries).rfind(|&n| list.end_of(n) <= half.len()).unwrap_or(0));
    }
});
