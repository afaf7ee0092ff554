//! Roles of operators.

use serde::{Deserialize, Serialize};

/// What an operator may do. Each role may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees everything, changes nothing.
    Viewer,
    /// Works with hosts and alarms; captures and edits configurations.
    Operator,
    /// Manages inventory, tokens and operators; decides what hosts are judged by: policies,
    /// approved configurations, exceptions.
    Administrator,
}

impl Role {
    /// Every role, the weakest first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Operator, Self::Administrator];

    /// The stable code: `operator`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
