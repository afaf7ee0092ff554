//! The table's filter, order, page and columns: parsed from and printed to the URL's query.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Columns;
use crate::host::Attestation;
use crate::host_query::{AlarmIs, HostQuery, InvalidQuery, Pattern, Test};
use crate::id::{ClusterId, ViewId};
use crate::reason::ReasonCode;

/// What the table shows, in which order, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityFilter {
    /// Which hosts.
    pub query: HostQuery,
    /// The column that orders.
    pub sort: SortKey,
    /// From the last to the first.
    pub descending: bool,
    /// The page, from 1.
    pub page: u32,
    /// The columns that a link asks for; nothing: those that the operator chose.
    pub columns: Option<Columns>,
    /// The saved view that this is, or comes from.
    pub view: Option<ViewRef>,
}

/// Which saved view a link speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "view", content = "id")]
pub enum ViewRef {
    /// None, not even the operator's own first one: everything.
    All,
    /// This one.
    Saved(ViewId),
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
    /// The connection: connected, disconnected, not responding.
    Presence,
    /// Since when it is so, the longest first.
    Since,
}

impl SortKey {
    /// Every key.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Attestation,
        Self::Alarm,
        Self::LastVerified,
        Self::Tpm,
        Self::SecureBoot,
        Self::Message,
        Self::Presence,
        Self::Since,
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
            Self::Presence => "presence",
            Self::Since => "since",
        }
    }

    /// The order that `-name` or `name` asks for, and whether it is turned around.
    pub fn from_written(text: &str) -> Option<(Self, bool)> {
        let (code, descending) = match text.strip_prefix('-') {
            Some(code) => (code, true),
            None => (text, false),
        };
        let key = Self::ALL.into_iter().find(|key| key.code() == code)?;
        Some((key, descending))
    }
}

/// A parameter of the URL that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFilter {
    /// The query does not.
    #[error("q: {0}")]
    Query(InvalidQuery),
    /// Another one does not.
    #[error("{parameter}: {problem}")]
    Parameter {
        /// Its name.
        parameter: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl InvalidFilter {
    /// The parameter, and what is wrong with it.
    pub fn parts(&self) -> (&str, String) {
        match self {
            Self::Query(invalid) => ("q", invalid.to_string()),
            Self::Parameter { parameter, problem } => (parameter, problem.clone()),
        }
    }
}

impl SecurityFilter {
    /// Everything, what needs a person first.
    pub const ALL: Self = Self {
        query: HostQuery::ALL,
        sort: SortKey::Attestation,
        descending: false,
        page: 1,
        columns: None,
        view: None,
    };

    /// The hosts that match this query, what needs a person first.
    pub fn of(query: HostQuery) -> Self {
        Self { query, ..Self::ALL }
    }

    /// The hosts for which this holds, what needs a person first.
    pub fn only(test: Test) -> Self {
        Self::of(HostQuery::of(test))
    }

    /// Whether any host could be left out.
    pub fn is_narrow(&self) -> bool {
        !self.query.is_all()
    }

    /// The filter that decoded `name=value` pairs of a query spell. Unknown names and empty values
    /// are left alone, so that old links keep working; so do `attestation`, `alarm`, `reason` and
    /// `cluster` (by its id), which become terms.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, InvalidFilter> {
        let mut filter = Self::ALL;
        let mut terms = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            let bad = |problem: &str| InvalidFilter::Parameter {
                parameter: name.to_owned(),
                problem: problem.to_owned(),
            };
            match name {
                _ if value.is_empty() => {}
                "q" => filter.query = value.parse().map_err(InvalidFilter::Query)?,
                "attestation" => {
                    let attestation = Attestation::from_code(value)
                        .ok_or_else(|| bad("expected failed, unknown, n-a or passed"))?;
                    terms.push(Test::Attestation(attestation));
                }
                "alarm" if value == "red" => terms.push(Test::Alarm(AlarmIs::Red)),
                "alarm" => return Err(bad("expected red")),
                "reason" => {
                    let reason = ReasonCode::from_code(value)
                        .ok_or_else(|| bad("there is no such reason"))?;
                    terms.push(Test::Reason(reason.code().to_owned()));
                }
                "cluster" => {
                    let id: ClusterId = value.parse().map_err(|_| bad("expected a cluster id"))?;
                    terms.push(Test::Cluster(Pattern::new(&id.to_string())));
                }
                "sort" => {
                    (filter.sort, filter.descending) = SortKey::from_written(value)
                        .ok_or_else(|| bad("there is no such column"))?;
                }
                "page" => {
                    filter.page = value
                        .parse()
                        .ok()
                        .filter(|page| (1..=1_000_000).contains(page))
                        .ok_or_else(|| bad("expected a number from 1"))?;
                }
                "columns" => {
                    let columns = value.parse().map_err(|error| bad(&format!("{error}")))?;
                    filter.columns = Some(columns);
                }
                "view" if value == "all" => filter.view = Some(ViewRef::All),
                "view" => {
                    let id = value.parse().map_err(|_| bad("expected a view's id, or all"))?;
                    filter.view = Some(ViewRef::Saved(id));
                }
                _ => {}
            }
        }
        // With its limits: what is printed must be read again.
        let query = terms.into_iter().fold(filter.query, HostQuery::and).to_string();
        filter.query = query.parse().map_err(InvalidFilter::Query)?;
        Ok(filter)
    }

    /// The query that [`Self::parse`] reads back, without the question mark; empty for
    /// [`Self::ALL`].
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        for (name, value) in self.parameters() {
            let separator = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{separator}{name}={}", percent_encoded(&value));
        }
        query
    }

    /// The parameters of that query, not encoded.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let sign = if self.descending { "-" } else { "" };
        let usual = self.sort == Self::ALL.sort && !self.descending;
        let view = self.view.map(|view| match view {
            ViewRef::All => "all".to_owned(),
            ViewRef::Saved(id) => id.to_string(),
        });
        let parameters = [
            ("q", (!self.query.is_all()).then(|| self.query.to_string())),
            ("sort", (!usual).then(|| format!("{sign}{}", self.sort.code()))),
            ("columns", self.columns.as_ref().map(ToString::to_string)),
            ("view", view),
            ("page", (self.page != 1).then(|| self.page.to_string())),
        ];
        parameters.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// RFC 3986: everything but unreserved characters, and the query language's own signs that may
/// stand in a query, as `%XX`.
pub(super) fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~:,*".contains(&byte) {
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
        let pairs = [("q", "db reason:secure-boot cluster:\"a b\""), ("sort", "-name")];
        let more = [("columns", "name,tpm.90"), ("view", "all"), ("page", "3")];
        let filter = SecurityFilter::parse(pairs.into_iter().chain(more)).unwrap();
        assert_eq!(
            filter.to_query(),
            "q=db%20reason:secure-boot%20cluster:%22a%20b%22&sort=-name&columns=name,tpm.90\
             &view=all&page=3"
        );
        assert!(filter.is_narrow());
        assert_eq!(SecurityFilter::ALL.to_query(), "");
        assert!(!SecurityFilter { page: 7, ..SecurityFilter::ALL }.is_narrow());
    }

    #[test]
    fn parameters_of_old_links_become_terms() {
        let cluster = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
        let pairs = [
            ("reason", "secure-boot.disabled"),
            ("q", "db"),
            ("attestation", "failed"),
            ("alarm", "red"),
            ("cluster", cluster),
        ];
        assert_eq!(
            SecurityFilter::parse(pairs).unwrap().query.to_string(),
            format!(
                "db reason:secure-boot.disabled attestation:failed alarm:red cluster:{cluster}"
            )
        );
    }

    #[test]
    fn names_the_parameter_that_means_nothing() {
        for (name, value) in [
            ("attestation", "good"),
            ("page", "0"),
            ("sort", "x"),
            ("cluster", "1"),
            ("q", "attestation:good"),
            ("columns", "name,x"),
            ("view", "mine"),
        ] {
            let error = SecurityFilter::parse([(name, value)]).unwrap_err();
            assert_eq!(error.parts().0, name);
        }
        assert_eq!(SecurityFilter::parse([("page", ""), ("utm", "x")]), Ok(SecurityFilter::ALL));
    }
}
