//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};

use super::postgres::PostgresUrl;

/// Where the database is: its URL's scheme says which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// `sqlite:PATH`: a file.
    Sqlite(PathBuf),
    /// `postgres://...`: a server.
    Postgres(PostgresUrl),
}

impl Location {
    /// What `sqlite:PATH` or `postgres://user:password@host/database` says; else what is wrong with
    /// it, in words that repeat nothing but the scheme, since URLs carry passwords.
    pub fn parse(url: &str) -> Result<Self, String> {
        let (scheme, rest) = url
            .split_once(':')
            .ok_or("a URL has a scheme; expected sqlite:PATH to a file, or postgres://...")?;
        match scheme {
            "sqlite" => {
                let path = rest.strip_prefix("//").unwrap_or(rest);
                if path.is_empty() || path.contains(":memory:") || path.contains('?') {
                    return Err("expected sqlite:PATH to a file, without parameters".to_owned());
                }
                Ok(Self::Sqlite(PathBuf::from(path)))
            }
            "postgres" | "postgresql" => Ok(Self::Postgres(url.parse()?)),
            other => Err(format!("scheme '{other}' is neither sqlite nor postgres")),
        }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => write!(f, "{url}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_servers_are_told_apart_by_the_scheme() {
        let file = |path: &str| Ok(Location::Sqlite(path.into()));
        assert_eq!(Location::parse("sqlite:///var/x.db"), file("/var/x.db"));
        assert_eq!(Location::parse("sqlite:x.db"), file("x.db"));
        for bad in ["x.db", "sqlite:", "sqlite::memory:", "sqlite:x?mode=ro", "mysql://u@h/d"] {
            assert!(Location::parse(bad).is_err(), "{bad}");
        }
        let server = Location::parse("postgresql://u:secret@h/db").unwrap();
        assert_eq!((server.to_string().as_str(), server.file()), ("postgres://h:5432/db", None));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for bad in ["mysql://u:secret@h/db", "postgres://u:secret@[h/db"] {
            assert!(!Location::parse(bad).unwrap_err().contains("secret"), "{bad}");
        }
    }
}
