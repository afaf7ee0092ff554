//! Where the server is: `https://HOST:PORT`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The port of a server whose address names none.
const DEFAULT_PORT: u16 = 8443;

/// A host name or address, and a port. Always TLS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerAddress {
    host: String,
    port: u16,
}

/// Text that is not a server's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not a server's address ({problem}): expected https://HOST:PORT")]
pub struct InvalidAddress {
    given: String,
    problem: &'static str,
}

impl ServerAddress {
    /// The name or address, without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `HOST:PORT` as it stands in a `Host` header.
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

impl FromStr for ServerAddress {
    type Err = InvalidAddress;

    fn from_str(given: &str) -> Result<Self, InvalidAddress> {
        let refuse = |problem| InvalidAddress { given: given.to_owned(), problem };
        let uri: http::Uri = given.trim().parse().map_err(|_| refuse("not a URL"))?;
        if uri.scheme_str() != Some("https") {
            return Err(refuse("the agent speaks only https"));
        }
        let authority = uri.authority().ok_or_else(|| refuse("no host"))?;
        if authority.as_str().contains('@') {
            return Err(refuse("no user or password belongs there"));
        }
        if uri.path_and_query().is_some_and(|path| path.as_str() != "/") {
            return Err(refuse("no path belongs there"));
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if rustls::pki_types::ServerName::try_from(host.as_str()).is_err() {
            return Err(refuse("no valid host"));
        }
        let port = match authority.port() {
            Some(port) => port.as_u16(),
            // A colon without digits parses as no port.
            None if authority.as_str().ends_with(':') => return Err(refuse("no port")),
            None => DEFAULT_PORT,
        };
        Ok(Self { host, port })
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.authority())
    }
}

impl TryFrom<String> for ServerAddress {
    type Error = InvalidAddress;

    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        text.parse()
    }
}

impl From<ServerAddress> for String {
    fn from(address: ServerAddress) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_both_ways() {
        for (given, shown) in [
            ("https://tb.example:9000", "https://tb.example:9000"),
            ("https://tb.example/", "https://tb.example:8443"),
            ("https://127.0.0.1:1", "https://127.0.0.1:1"),
            ("https://[::1]:8443", "https://[::1]:8443"),
        ] {
            assert_eq!(given.parse::<ServerAddress>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn everything_else_is_refused_with_a_reason() {
        for (given, word) in [
            ("", "URL"),
            ("tb.example", "https"),
            ("http://tb.example", "https"),
            ("https://u:p@tb.example", "password"),
            ("https://tb.example/x", "path"),
            ("https://tb.example:/", "port"),
        ] {
            let error = given.parse::<ServerAddress>().unwrap_err().to_string();
            assert!(error.contains(word), "{given}: {error}");
        }
    }
}
