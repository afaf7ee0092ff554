//! Roots of TPM makers whose fingerprints were published: facts, with who published them.

use std::sync::LazyLock;

use trustboard_model::bytes::from_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::maker::PublishedRoot;

/// A published root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownRoot {
    /// SHA-256 of the certificate (DER).
    pub fingerprint: Sha256,
    /// Who makes the TPMs below it.
    pub maker: &'static str,
    /// The name it was published under.
    pub name: &'static str,
    /// Who published certificate or fingerprint, as the head of the table explains.
    pub sources: &'static str,
    /// Where its maker offers the certificate, if the source says. Never fetched.
    pub address: Option<&'static str>,
}

impl From<&KnownRoot> for PublishedRoot {
    fn from(root: &KnownRoot) -> Self {
        Self {
            maker: root.maker.to_owned(),
            name: root.name.to_owned(),
            sources: root.sources.to_owned(),
            address: root.address.map(str::to_owned),
        }
    }
}

/// The root with this fingerprint, if it is a published one.
pub fn known_root(fingerprint: &Sha256) -> Option<&'static KnownRoot> {
    static TABLE: LazyLock<Vec<KnownRoot>> = LazyLock::new(|| table().collect());
    TABLE.iter().find(|root| root.fingerprint == *fingerprint)
}

/// Lines of five fields; what cannot be read is none, and a test says that every line can.
fn table() -> impl Iterator<Item = KnownRoot> {
    const TEXT: &str = include_str!("known_roots.tsv");
    let lines = TEXT.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut fields = line.split('\t');
        let fingerprint = from_hex(fields.next()?)?.try_into().ok().map(Sha256)?;
        let (maker, name, sources) = (fields.next()?, fields.next()?, fields.next()?);
        let address = fields.next().filter(|address| !address.is_empty());
        Some(KnownRoot { fingerprint, maker, name, sources, address })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_read_and_no_root_stands_twice() {
        let lines = include_str!("known_roots.tsv").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        let all: Vec<_> = table().collect();
        assert_eq!(all.len(), lines);
        assert!(lines > 20, "{lines}");
        let distinct: BTreeSet<_> = all.iter().map(|root| root.fingerprint).collect();
        assert_eq!(distinct.len(), lines);
        for root in &all {
            assert!(!root.maker.is_empty() && !root.name.is_empty(), "{root:?}");
            let known = ["tpm-ca-certificates", "keylime", "go-tpm-tools", "HIRS"];
            assert!(root.sources.split(", ").all(|source| known.contains(&source)), "{root:?}");
            assert!(root.address.is_none_or(|address| address.starts_with("https://")), "{root:?}");
            assert_eq!(known_root(&root.fingerprint), Some(root));
        }
        assert_eq!(known_root(&Sha256([0; 32])), None);
    }
}
