//! The fingerprint of a difference as people and links write it: its first digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::QueryProblem;
use crate::digest::Sha256;

/// How a fingerprint begins, in lower-case hexadecimal digits; whole with 64 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fewest digits that are read: among a million differences, fewer would often name two.
    pub const LEAST: usize = 8;
    /// The digits of a link. As many as nobody can search through for a second difference that
    /// begins alike.
    pub const SHORT: usize = 16;
    /// The digits of a whole one.
    pub const WHOLE: usize = 64;

    /// How links write it.
    pub fn short(digest: Sha256) -> Self {
        Self(digest.to_string().chars().take(Self::SHORT).collect())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first digest that begins so.
    pub fn first(&self) -> Sha256 {
        self.filled(0x0)
    }

    /// The last digest that begins so.
    pub fn last(&self) -> Sha256 {
        self.filled(0xf)
    }

    /// With this digit in every place that nothing is said of.
    fn filled(&self, digit: u8) -> Sha256 {
        let mut bytes = [digit << 4 | digit; 32];
        for (place, written) in self.0.chars().enumerate() {
            // Parsed: hexadecimal digits, two for each of at most 32 bytes.
            let (Some(value), Some(byte)) = (written.to_digit(16), bytes.get_mut(place / 2)) else {
                continue;
            };
            let value = u8::try_from(value).unwrap_or_default();
            *byte = if place % 2 == 0 { value << 4 | (*byte & 0xf) } else { *byte & 0xf0 | value };
        }
        Sha256(bytes)
    }
}

impl FromStr for Fingerprint {
    type Err = QueryProblem;

    fn from_str(text: &str) -> Result<Self, QueryProblem> {
        let sound = (Self::LEAST..=Self::WHOLE).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if sound { Ok(Self(text.to_ascii_lowercase())) } else { Err(QueryProblem::NoFingerprint) }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = QueryProblem;

    fn try_from(text: String) -> Result<Self, QueryProblem> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_stands_for_every_digest_that_begins_so() {
        let digest = Sha256([0x5a; 32]);
        let short = Fingerprint::short(digest);
        assert_eq!(short.as_str(), "5a5a5a5a5a5a5a5a");
        assert!(short.first().0 < digest.0 && digest.0 < short.last().0);
        let odd: Fingerprint = "5A5A5A5A5".parse().unwrap();
        assert_eq!(odd.first().to_string(), format!("5a5a5a5a5{}", "0".repeat(55)));
        assert_eq!(odd.last().to_string(), format!("5a5a5a5a5{}", "f".repeat(55)));
        let whole: Fingerprint = digest.to_string().parse().unwrap();
        assert_eq!((whole.first(), whole.last()), (digest, digest));
    }

    #[test]
    fn too_little_too_much_and_other_letters_are_refused() {
        for text in ["", "5a5a5a5", "5a5a5a5g", &"5".repeat(65), "éééé"] {
            assert!(text.parse::<Fingerprint>().is_err(), "{text}");
        }
    }
}
