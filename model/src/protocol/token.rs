//! Enrolment tokens: what an operator copies to a host.

use std::fmt;
use std::str::FromStr;

use crate::bytes::{from_hex, to_hex};
use crate::digest::Sha256;

/// `tb1.<fingerprint>.<secret>`: the SHA-256 fingerprint of the server's certificate, so that the
/// agent trusts the right server from the first byte, and 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentToken {
    /// SHA-256 of the server's certificate (DER).
    pub server: Sha256,
    /// The secret. Stored hashed, never logged.
    pub secret: [u8; 32],
}

/// Text that is not an enrolment token. Does not repeat the text: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an enrolment token: expected tb1.<64 hex digits>.<64 hex digits>")]
pub struct InvalidToken;

impl EnrolmentToken {
    /// The text that an operator copies. Not `Display`, so that it is never logged by accident.
    pub fn reveal(&self) -> String {
        format!("tb1.{}.{}", self.server, to_hex(&self.secret))
    }
}

impl fmt::Debug for EnrolmentToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolmentToken(server {}, secret hidden)", self.server)
    }
}

impl FromStr for EnrolmentToken {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        let mut parts = text.trim().split('.');
        let (Some("tb1"), Some(server), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidToken);
        };
        let part = |hex: &str| from_hex(hex).and_then(|bytes| bytes.try_into().ok());
        match (part(server), part(secret)) {
            (Some(server), Some(secret)) => Ok(Self { server: Sha256(server), secret }),
            _ => Err(InvalidToken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_both_ways_and_hides_its_secret() {
        let token = EnrolmentToken { server: Sha256([7; 32]), secret: [9; 32] };
        assert_eq!(token.reveal().parse(), Ok(token.clone()));
        assert!(!format!("{token:?}").contains("0909"));
        for bad in ["", "tb1", "tb1.00.00", "tb2.00.00", "tb1.x.y.z"] {
            assert_eq!(bad.parse::<EnrolmentToken>(), Err(InvalidToken));
        }
    }
}
