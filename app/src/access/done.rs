//! What became of a form of these pages.

use std::fmt;

use serde::{Deserialize, Serialize};
use trustboard_model::time::Timestamp;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessDone {
    /// What.
    pub did: Did,
    /// What is shown this once.
    pub shown: Option<Shown>,
}

/// What a form did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each says what was done")]
pub enum Did {
    Nothing,
    Created,
    Roles,
    PasswordReset,
    Disabled,
    Enabled,
    Password,
    Ended,
    KeyMade,
    Revoked,
    Settings,
}

/// A sign-in link or an API key, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whose link, or the key's name.
    pub name: String,
    /// The link or the key.
    pub text: String,
    /// Until when it is good.
    pub until: Timestamp,
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({:?}, secret hidden)", self.name)
    }
}

impl From<Did> for AccessDone {
    fn from(did: Did) -> Self {
        Self { did, shown: None }
    }
}
