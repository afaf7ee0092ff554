//! A list that a real kernel showed as text: the template digests are what we compute.

use trustboard_attest::ima::ImaList;
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::HashAlg;

use super::support::system::Measured;
use super::{folder, read};

/// An entry of template ima-ng as the binary list has it, from its line of text, with the digest
/// that the kernel showed.
fn entry(line: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut words = line.splitn(5, ' ');
    let (pcr, listed, template) = (words.next()?, words.next()?, words.next()?);
    let (digest, name) = (words.next()?, words.next()?);
    let (algorithm, digest) = digest.split_once(':')?;
    if (pcr, template) != ("10", "ima-ng") {
        return None;
    }
    let algorithm = ["sha1", "sha256"].into_iter().find(|known| *known == algorithm)?;
    let measured = Measured { algorithm, digest: from_hex(digest)?, ..Measured::file(name) };
    Some((measured.list(), from_hex(listed)?))
}

#[test]
fn template_digests_are_those_that_the_kernel_computed() {
    if folder().is_none() {
        return;
    }
    let text = String::from_utf8(read("rust-keylime/ascii_runtime_measurements")).unwrap();
    let entries: Vec<_> = text.lines().map(|line| entry(line).expect(line)).collect();
    assert!(entries.len() > 800, "{}", entries.len());
    let list: Vec<u8> = entries.iter().flat_map(|(bytes, _)| bytes.clone()).collect();
    let read = ImaList::parse(&list, HashAlg::Sha1, false).unwrap();
    for (entry, (_, listed)) in read.insecure_entries().iter().zip(&entries) {
        // `Measured` lists the digest as it is computed; the kernel showed the same.
        assert_eq!(entry.listed, listed, "{}", String::from_utf8_lossy(entry.name));
    }
}
