//! What the server answers when it does not do what it was asked: one enum for screens and API.

use serde::{Deserialize, Serialize};

use crate::role::Role;

/// A refusal that an operator or a program is told. Never carries a database's or a library's
/// own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "refusal")]
pub enum Refusal {
    /// 401: nobody is signed in, or the session has expired.
    #[error("sign in first")]
    SignInRequired,
    /// 401: wrong name or password; which of the two is not said.
    #[error("name or password is wrong")]
    WrongCredentials,
    /// 401: the API key is unknown, has expired or was revoked; which of these is not said.
    #[error("the API key is not valid: unknown, expired or revoked")]
    KeyRefused,
    /// 403: only a person who is signed in may do this.
    #[error("this cannot be done with an API key")]
    NotWithKey,
    /// 403: signed in, but the role is too weak.
    #[error("this needs the role {}", needs.code())]
    Forbidden {
        /// The weakest role that may.
        needs: Role,
    },
    /// 403: an unsafe request that did not come from our own pages.
    #[error("the request came from another site")]
    CrossSite,
    /// 404: there is no such thing.
    #[error("there is no such {what}")]
    NotFound {
        /// `host`, `datacenter`, ...
        what: String,
    },
    /// 409: the operator acted on an older state; the page must show the new one first.
    #[error("the host has changed since this page was loaded: {now}")]
    Stale {
        /// The revision that the command carried.
        seen: u64,
        /// The revision now.
        current: u64,
        /// The new state in a few words.
        now: String,
    },
    /// 409: the state does not allow it.
    #[error("{problem}")]
    Conflict {
        /// Why, and what would be needed.
        problem: String,
    },
    /// 422: a field of the request is not acceptable.
    #[error("{field}: {problem}")]
    Invalid {
        /// The field.
        field: String,
        /// What is wrong, naming the limit.
        problem: String,
    },
    /// 429: too many attempts.
    #[error("too many attempts; try again in {retry_s} s")]
    TooMany {
        /// Seconds to wait.
        retry_s: u32,
    },
    /// 503: the server cannot write: its disk is full or fails. It goes on by itself.
    #[error(
        "the server cannot write now: its disk is full or fails; nothing was changed, and it goes \
         on by itself once it can"
    )]
    ReadOnly,
    /// 503: the server cannot do it now; the log has the cause under this number.
    #[error("the server could not do this now; its log says why under {trace}")]
    Unavailable {
        /// What to search the log for.
        trace: String,
    },
}

impl Refusal {
    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInRequired | Self::WrongCredentials | Self::KeyRefused => 401,
            Self::Forbidden { .. } | Self::NotWithKey | Self::CrossSite => 403,
            Self::NotFound { .. } => 404,
            Self::Stale { .. } | Self::Conflict { .. } => 409,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::ReadOnly | Self::Unavailable { .. } => 503,
        }
    }

    /// A field that is not acceptable.
    pub fn invalid(field: &str, problem: impl std::fmt::Display) -> Self {
        Self::Invalid { field: field.to_owned(), problem: problem.to_string() }
    }

    /// Something that is not there.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }
}
