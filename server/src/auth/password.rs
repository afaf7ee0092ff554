//! Passwords: Argon2id (RFC 9106) with the library's default cost (19 MiB, two passes).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};

/// The shortest password, in characters (NIST SP 800-63B asks for at least 8).
pub const MIN: usize = 10;

/// The longest password, in bytes: hashing starts with it, so it has a limit.
pub const MAX: usize = 1024;

/// Bytes of salt (RFC 9106 3.1 recommends 16).
pub const SALT: usize = 16;

/// Hashes a password. Takes tens of milliseconds: never on a thread that serves requests.
pub fn hash(password: &str, salt: &[u8; SALT]) -> Result<String, Error> {
    let hash: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `hash`. Without a hash (no such operator, or one who has
/// no password) it takes as long and says no. Never on a thread that serves requests.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    if password.len() > MAX {
        return false;
    }
    let Some(parsed) = hash.and_then(|hash| PasswordHash::new(hash).ok()) else {
        // The same work, so that the time does not tell who has an account.
        let _ = self::hash(password, &[0; SALT]);
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_and_no_other_is_right() {
        let made = hash("correct horse", &[7; SALT]).unwrap();
        assert!(made.starts_with("$argon2id$v=19$"));
        assert!(verify("correct horse", Some(&made)));
        assert!(!verify("correct horsf", Some(&made)));
        assert!(!verify("", Some(&made)));
        assert!(!verify("correct horse", None));
        assert!(!verify("correct horse", Some("not a hash")));
    }
}
