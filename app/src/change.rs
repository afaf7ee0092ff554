//! What became of a change to configurations, policies or exceptions. Their forms are plain ones,
//! so the server always sends the browser on to a page; the outcome waits in a cookie that lives a
//! minute and is taken by that page, with what was typed if it was refused.

use serde::{Deserialize, Serialize};
use trustboard_model::view::{Arranged, ConfigurationDone, Impact, NewToken};

use crate::access::AccessDone;
use crate::failure::Failure;

/// The outcome of one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which form: `approve`.
    pub form: String,
    /// What was typed, by field, if it was refused.
    pub typed: Vec<(String, String)>,
    /// What became of it.
    pub outcome: Result<Changed, Failure>,
}

impl Change {
    /// What was typed into this field of this form.
    pub fn typed(&self, form: &str, field: &str) -> Option<&str> {
        let typed = self.typed.iter().find(|(name, _)| self.form == form && name == field);
        typed.map(|(_, text)| text.as_str())
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "changed")]
pub enum Changed {
    /// What the operator chose for their table: it is there to be seen.
    Table,
    /// A user, an account, a session, a key or a setting of the whole server.
    Access(AccessDone),
    /// A configuration.
    Configuration(ConfigurationDone),
    /// A setting, of which nothing else need be said.
    Setting,
    /// The inventory's arrangement.
    Arranged {
        /// What became of it; has a field of its own that is called as the tag is.
        done: Arranged,
    },
    /// An enrolment token was made. Its command is shown on the next page, and never again.
    Token(NewToken),
    /// An enrolment token was revoked.
    TokenRevoked,
    /// A verification of the chain of events was started.
    ChainCheckStarted,
    /// A policy or an exception: what the hosts read because of it.
    Hosts {
        /// Hosts that were appraised again.
        hosts: u64,
        /// Hosts without stored evidence.
        without_evidence: u64,
        /// Hosts that there was no time to look at.
        not_looked_at: u64,
        /// Hosts that turned Failed.
        turn_red: u64,
        /// Hosts that turned Passed.
        turn_green: u64,
    },
}

impl From<Impact> for Changed {
    fn from(impact: Impact) -> Self {
        let Impact { hosts, without_evidence, not_looked_at, changes: _, turn_red, turn_green } =
            impact;
        Self::Hosts { hosts, without_evidence, not_looked_at, turn_red, turn_green }
    }
}

#[cfg(feature = "ssr")]
pub use server::set_cookie;
#[cfg(feature = "ssr")]
pub(crate) use server::{leave, take};

#[cfg(feature = "ssr")]
mod server {
    use axum::http::header::ORIGIN;
    use axum::http::request::Parts;
    use leptos::prelude::use_context;
    use trustboard_model::bytes::{from_hex, to_hex};

    use super::Change;
    use crate::notice::{LONGEST_VALUE, cookie, page_of, set};

    const COOKIE: &str = "trustboard-change";

    /// Leaves the outcome for the next page: `to`, or the one that the form stood on.
    pub(crate) fn leave(change: &Change, to: Option<String>) {
        if !crate::backend::is_form_post() {
            return;
        }
        if let Some(cookie) = set_cookie(change) {
            // A form's post says where it comes from; over TLS the cookie stays on it.
            let parts = use_context::<Parts>();
            let origin = parts.and_then(|parts| parts.headers.get(ORIGIN).cloned());
            let tls = origin.is_some_and(|origin| origin.as_bytes().starts_with(b"https://"));
            set(&if tls { cookie + "; Secure" } else { cookie });
        }
        let page = || use_context::<Parts>().and_then(|parts| page_of(&parts.headers));
        leptos_axum::redirect(&to.or_else(page).unwrap_or_else(|| "/".to_owned()));
    }

    /// The cookie that tells the next page, for a form that the server takes itself.
    pub fn set_cookie(change: &Change) -> Option<String> {
        // Too long to keep what was typed: the browser's Back button has it.
        let shorter = Change { typed: Vec::new(), ..change.clone() };
        let value = [change, &shorter]
            .into_iter()
            .filter_map(|change| serde_json::to_vec(change).ok())
            .map(|json| to_hex(&json))
            .find(|value| value.len() <= LONGEST_VALUE)?;
        Some(format!("{COOKIE}={value}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"))
    }

    /// Takes the outcome that the last form left.
    pub(crate) fn take() -> Option<Change> {
        let parts = use_context::<Parts>()?;
        let json = from_hex(cookie(&parts.headers, COOKIE)?)?;
        set(&format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"));
        serde_json::from_slice(&json).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_survives_the_way_through_the_cookie() {
        let done = Arranged { changed: true, hosts: 2, ..Arranged::default() };
        for changed in [
            Changed::Arranged { done },
            Changed::TokenRevoked,
            Changed::ChainCheckStarted,
            Changed::Setting,
        ] {
            let outcome = Ok(changed);
            let change = Change { form: "move-hosts".to_owned(), typed: Vec::new(), outcome };
            let json = serde_json::to_vec(&change).unwrap();
            assert_eq!(serde_json::from_slice::<Change>(&json).unwrap(), change);
        }
    }

    #[test]
    fn what_was_typed_belongs_to_its_form_and_field() {
        let change = Change {
            form: "retire".to_owned(),
            typed: vec![("reason".to_owned(), "obsolete".to_owned())],
            outcome: Err(Failure::NotReached),
        };
        assert_eq!(change.typed("retire", "reason"), Some("obsolete"));
        assert_eq!(change.typed("approve", "reason"), None);
        assert_eq!(change.typed("retire", "name"), None);
    }
}
