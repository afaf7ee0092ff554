//! The filter language over hosts: `attestation:failed reason:secure-boot cluster:db* last:>10m`.
//!
//! A query is a list of terms that must all hold. A term is a word, or a field, a colon and one
//! value or several with commas between them, of which one must hold; a minus before it turns it
//! around. Values with spaces, commas or quotes stand in double quotes. `*` stands for any text in
//! names. What is printed reads back as the same query, so a link and a saved view carry the text.

mod age;
mod fingerprint;
mod problem;
mod test;
mod token;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use age::Age;
pub use fingerprint::Fingerprint;
pub use problem::QueryProblem;
pub use test::{AlarmIs, Mark, Pattern, Test};

/// A query over hosts; without terms it matches all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HostQuery {
    terms: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it must not hold.
    pub negated: bool,
    /// What must hold; one of them. Never empty.
    any: Vec<Test>,
}

impl Term {
    /// A condition of one test.
    pub fn new(test: Test) -> Self {
        Self { negated: false, any: vec![test] }
    }

    /// Of these one must hold. They are of one field, and there is at least one.
    pub fn any(&self) -> &[Test] {
        &self.any
    }

    /// The field that is tested: `attestation`; nothing for a word.
    pub fn field(&self) -> Option<&'static str> {
        self.any.first().and_then(Test::field)
    }
}

/// Text that is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{term}: {problem}")]
pub struct InvalidQuery {
    /// The term that means nothing, as it was written.
    pub term: String,
    /// What is wrong with it.
    pub problem: QueryProblem,
}

impl HostQuery {
    /// The longest text, in characters: longer than any that a person types, short enough for a
    /// link.
    pub const MAX_TEXT: usize = 1000;
    /// The most terms: each is a condition of the database's query.
    pub const MAX_TERMS: usize = 24;
    /// The most values of one term.
    pub const MAX_VALUES: usize = 24;

    /// The query that matches every host.
    pub const ALL: Self = Self { terms: Vec::new() };

    /// The terms; all must hold.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether it matches every host.
    pub fn is_all(&self) -> bool {
        self.terms.is_empty()
    }

    /// The query with just this condition.
    pub fn of(test: Test) -> Self {
        Self::ALL.and(test)
    }

    /// This query and one more condition.
    #[must_use]
    pub fn and(mut self, test: Test) -> Self {
        let term = Term::new(test);
        if !self.terms.contains(&term) {
            self.terms.push(term);
        }
        self
    }

    /// This query with `test` as the only condition on its field; without one on this field for
    /// nothing.
    #[must_use]
    pub fn with(mut self, field: &str, test: Option<Test>) -> Self {
        self.terms.retain(|term| term.field() != Some(field));
        self.terms.extend(test.map(Term::new));
        self
    }

    /// The only value that is asked of a field, if it is just one and is not turned around.
    pub fn single(&self, field: &str) -> Option<&Test> {
        let mut of_field = self.terms.iter().filter(|term| term.field() == Some(field));
        match (of_field.next(), of_field.next()) {
            (Some(Term { negated: false, any }), None) if any.len() == 1 => any.first(),
            _ => None,
        }
    }
}

impl FromStr for HostQuery {
    type Err = InvalidQuery;

    fn from_str(text: &str) -> Result<Self, InvalidQuery> {
        let bad = |problem| InvalidQuery { term: text.chars().take(40).collect(), problem };
        if text.chars().count() > Self::MAX_TEXT {
            return Err(bad(QueryProblem::TooLong));
        }
        let tokens = token::tokens(text)?;
        if tokens.len() > Self::MAX_TERMS {
            return Err(bad(QueryProblem::TooManyTerms));
        }
        let mut query = Self::ALL;
        for token in tokens {
            let invalid = |problem| InvalidQuery { term: token.written.to_owned(), problem };
            let any = match &token.field {
                None => vec![Test::Word(token.values.concat())],
                Some(_) if token.values.len() > Self::MAX_VALUES => {
                    return Err(invalid(QueryProblem::TooManyValues));
                }
                Some(field) => token
                    .values
                    .iter()
                    .map(|value| Test::parse(field, value))
                    .collect::<Result<_, _>>()
                    .map_err(invalid)?,
            };
            let term = Term { negated: token.negated, any };
            if !query.terms.contains(&term) {
                query.terms.push(term);
            }
        }
        // Quotes may have made it longer; what is printed must be read again.
        if query.to_string().chars().count() > Self::MAX_TEXT {
            return Err(bad(QueryProblem::TooLong));
        }
        Ok(query)
    }
}

impl fmt::Display for HostQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.terms.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        let field = self.field();
        if let Some(field) = field {
            write!(f, "{field}:")?;
        }
        for (index, test) in self.any.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            token::write_value(f, &test.value(), field.is_none())?;
        }
        Ok(())
    }
}

impl TryFrom<String> for HostQuery {
    type Error = InvalidQuery;

    fn try_from(text: String) -> Result<Self, InvalidQuery> {
        text.parse()
    }
}

impl From<HostQuery> for String {
    fn from(query: HostQuery) -> Self {
        query.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Attestation;

    #[test]
    fn prints_what_it_reads() {
        for text in [
            "",
            "web",
            "attestation:failed reason:secure-boot cluster:db* last:>10m",
            "-attestation:passed,n-a alarm:unacknowledged is:stale",
            "cluster:\"two words\" name:\"a,b\" \"attestation:failed\" -\"-x\"",
            "presence:not-responding secure-boot:off tpm:none since:<2h datacenter:fra",
            "difference:0000000000000000000000000000000000000000000000000000000000000000",
            "first-reason:secure-boot cause:secure-boot.disabled,0123456789abcdef",
        ] {
            let query: HostQuery = text.parse().unwrap();
            assert_eq!(query.to_string(), text);
            let json = serde_json::to_string(&query).unwrap();
            assert_eq!(serde_json::from_str::<HostQuery>(&json).unwrap(), query);
        }
    }

    #[test]
    fn takes_what_people_write() {
        let read = |text: &str| text.parse::<HostQuery>().unwrap().to_string();
        assert_eq!(read("  Attestation:FAILED \t web  web"), "attestation:failed web");
        assert_eq!(read("name:\"plain\""), "name:plain");
        assert_eq!(read("last:>600s"), "last:>10m");
        assert_eq!(read("http://x"), "\"http://x\"");
        assert_eq!(read("\"half open"), "\"half open\"");
    }

    #[test]
    fn names_the_term_that_means_nothing() {
        let error = |text: &str| text.parse::<HostQuery>().unwrap_err().to_string();
        assert!(error("a attestation:good").starts_with("attestation:good: expected"));
        assert!(error("last:10m").contains("last:>10m"), "{}", error("last:10m"));
        assert!(error("reason:x").contains("no reason"));
        assert!(error("name:").contains("a value"));
        assert!(error(&"x ".repeat(600)).contains("1000"));
        let many: Vec<_> = (0..25).map(|n| format!("w{n}")).collect();
        assert!(error(&many.join(" ")).contains("24 terms"));
        // A comma makes a word one that must be quoted.
        let printed_longer = format!("{},", "a".repeat(998));
        assert!(error(&printed_longer).contains("1000"), "999 characters print as 1001");
    }

    #[test]
    fn replaces_a_field() {
        let query: HostQuery = "web attestation:failed,unknown".parse().unwrap();
        assert_eq!(query.single("attestation"), None);
        let passed = Test::Attestation(Attestation::Passed);
        let query = query.with("attestation", Some(passed.clone()));
        assert_eq!(query.to_string(), "web attestation:passed");
        assert_eq!(query.single("attestation"), Some(&passed));
        assert_eq!(query.with("attestation", None).to_string(), "web");
    }
}
