//! The table's filter, order and page: parsed from and printed to the URL's query.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::host::Attestation;
use crate::id::ClusterId;
use crate::reason::ReasonCode;

/// What the table shows, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityFilter {
    /// Words that name, cluster or message code must contain.
    pub words: Option<String>,
    /// What the Attestation column reads.
    pub attestation: Option<Attestation>,
    /// The alarm is red.
    pub red: bool,
    /// A reason among the host's reasons.
    pub reason: Option<ReasonCode>,
    /// The cluster.
    pub cluster: Option<ClusterId>,
    /// The column that orders.
    pub sort: SortKey,
    /// From the last to the first.
    pub descending: bool,
    /// The page, from 1.
    pub page: u32,
}

/// A column that orders the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// Name.
    Name,
    /// Attestation, what needs a person first.
    Attestation,
    /// Alarm, red first.
    Alarm,
    /// Last verified, the longest ago first.
    LastVerified,
    /// TPM version.
    Tpm,
    /// Secure Boot.
    SecureBoot,
    /// Message, by reason.
    Message,
}

impl SortKey {
    /// Every key.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Attestation,
        Self::Alarm,
        Self::LastVerified,
        Self::Tpm,
        Self::SecureBoot,
        Self::Message,
    ];

    /// The stable code in URLs: `last-verified`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Attestation => "attestation",
            Self::Alarm => "alarm",
            Self::LastVerified => "last-verified",
            Self::Tpm => "tpm",
            Self::SecureBoot => "secure-boot",
            Self::Message => "message",
        }
    }
}

/// A parameter of the URL that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{parameter}: {problem}")]
pub struct InvalidFilter {
    /// The parameter.
    pub parameter: String,
    /// What is wrong with it.
    pub problem: String,
}

impl SecurityFilter {
    /// The longest search text, in characters.
    pub const MAX_WORDS: usize = 200;

    /// Everything, what needs a person first.
    pub const ALL: Self = Self {
        words: None,
        attestation: None,
        red: false,
        reason: None,
        cluster: None,
        sort: SortKey::Attestation,
        descending: false,
        page: 1,
    };

    /// Whether any host could be left out.
    pub fn is_narrow(&self) -> bool {
        let wide =
            Self { sort: self.sort, descending: self.descending, page: self.page, ..Self::ALL };
        *self != wide
    }

    /// The filter that decoded `name=value` pairs of a query spell. Unknown names and empty values
    /// are left alone, so that old links keep working.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, InvalidFilter> {
        let mut filter = Self::ALL;
        for (name, value) in pairs {
            let value = value.trim();
            let bad = |problem: &str| InvalidFilter {
                parameter: name.to_owned(),
                problem: problem.to_owned(),
            };
            match name {
                _ if value.is_empty() => {}
                "q" if value.chars().count() > Self::MAX_WORDS => {
                    return Err(bad("at most 200 characters"));
                }
                "q" => filter.words = Some(value.to_owned()),
                "attestation" => {
                    filter.attestation = Some(
                        Attestation::from_code(value)
                            .ok_or_else(|| bad("expected failed, unknown, n-a or passed"))?,
                    );
                }
                "alarm" if value == "red" => filter.red = true,
                "alarm" => return Err(bad("expected red")),
                "reason" => {
                    filter.reason = Some(
                        ReasonCode::from_code(value)
                            .ok_or_else(|| bad("there is no such reason"))?,
                    );
                }
                "cluster" => {
                    filter.cluster = Some(value.parse().map_err(|_| bad("expected a cluster id"))?);
                }
                "sort" => {
                    let (key, descending) = match value.strip_prefix('-') {
                        Some(key) => (key, true),
                        None => (value, false),
                    };
                    filter.sort = SortKey::ALL
                        .into_iter()
                        .find(|sort| sort.code() == key)
                        .ok_or_else(|| bad("there is no such column"))?;
                    filter.descending = descending;
                }
                "page" => {
                    filter.page = value
                        .parse()
                        .ok()
                        .filter(|page| (1..=1_000_000).contains(page))
                        .ok_or_else(|| bad("expected a number from 1"))?;
                }
                _ => {}
            }
        }
        Ok(filter)
    }

    /// The query that [`Self::parse`] reads back, without the question mark; empty for
    /// [`Self::ALL`].
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        let mut push = |name: &str, value: &str| {
            let separator = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{separator}{name}={}", percent_encoded(value));
        };
        if let Some(words) = &self.words {
            push("q", words);
        }
        if let Some(attestation) = self.attestation {
            push("attestation", attestation.code());
        }
        if self.red {
            push("alarm", "red");
        }
        if let Some(reason) = self.reason {
            push("reason", reason.code());
        }
        if let Some(cluster) = self.cluster {
            push("cluster", &cluster.to_string());
        }
        if self.sort != Self::ALL.sort || self.descending {
            let sign = if self.descending { "-" } else { "" };
            push("sort", &format!("{sign}{}", self.sort.code()));
        }
        if self.page != 1 {
            push("page", &self.page.to_string());
        }
        query
    }
}

/// RFC 3986: everything but unreserved characters as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        let pairs = [("q", "db prod"), ("attestation", "failed"), ("alarm", "red")];
        let more = [("reason", "secure-boot.disabled"), ("sort", "-name"), ("page", "3")];
        let filter = SecurityFilter::parse(pairs.into_iter().chain(more)).unwrap();
        assert_eq!(
            filter.to_query(),
            "q=db%20prod&attestation=failed&alarm=red&reason=secure-boot.disabled&sort=-name&page=3"
        );
        assert!(filter.is_narrow());
        assert_eq!(SecurityFilter::ALL.to_query(), "");
        assert!(!SecurityFilter { page: 7, ..SecurityFilter::ALL }.is_narrow());
    }

    #[test]
    fn names_the_parameter_that_means_nothing() {
        for (name, value) in
            [("attestation", "good"), ("page", "0"), ("sort", "x"), ("cluster", "1")]
        {
            let error = SecurityFilter::parse([(name, value)]).unwrap_err();
            assert_eq!(error.parameter, name);
        }
        assert_eq!(SecurityFilter::parse([("page", ""), ("utm", "x")]), Ok(SecurityFilter::ALL));
    }
}
