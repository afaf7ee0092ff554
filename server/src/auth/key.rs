//! API keys in requests: `Authorization: Bearer tb_...` (RFC 6750 2.1).
//!
//! A browser never sends one by itself, so the rule against other sites' requests does not concern
//! them; cookies of such a request are not looked at.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use trustboard_model::bytes::{from_hex, to_hex};

/// What every key begins with, so that it is recognised where it should not be.
const PREFIX: &str = "tb_";

/// What a request brings in the place of a session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A key's secret.
    Key([u8; 32]),
    /// Something else: no key of ours.
    Other,
}

/// What a request brings as a bearer token, if it brings one.
pub fn bearer(headers: &HeaderMap) -> Option<Bearer> {
    let header = headers.get(AUTHORIZATION)?;
    let secret = header.to_str().ok().and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        // RFC 9110 11.1: the scheme's case does not matter.
        let token = scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())?;
        from_hex(token.strip_prefix(PREFIX)?)?.try_into().ok()
    });
    Some(secret.map_or(Bearer::Other, Bearer::Key))
}

/// A key as its owner is shown it, once.
pub fn shown(secret: &[u8; 32]) -> String {
    format!("{PREFIX}{}", to_hex(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Option<Bearer> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, value.parse().unwrap());
        bearer(&headers)
    }

    #[test]
    fn a_key_is_read_back_and_anything_else_is_none() {
        let key = shown(&[7; 32]);
        assert_eq!(key.len(), 67);
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert!(of(&format!("{scheme} {key}")) == Some(Bearer::Key([7; 32])));
        }
        let short = &key[..60];
        for other in [short, "Bearer", "Basic abc", "Bearer 0707", "Bearer tb_zz", ""] {
            assert!(of(other) == Some(Bearer::Other), "{other}");
        }
        assert!(bearer(&HeaderMap::new()).is_none());
    }
}
