//! Enrolment: the tokens of a cluster, and the hosts that arrive with them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{HostRow, Named};
use crate::event::Actor;
use crate::id::{ClusterId, DatacenterId, TokenId};
use crate::time::Timestamp;

/// The enrolment page of one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentPage {
    /// The cluster.
    pub cluster: Named<ClusterId>,
    /// Its datacenter.
    pub datacenter: Named<DatacenterId>,
    /// Its tokens, newest first, at most [`EnrolmentPage::MOST`].
    pub tokens: Vec<TokenRow>,
    /// Hosts that enrolled last, newest first, at most [`EnrolmentPage::MOST`].
    pub arrivals: Vec<Arrival>,
    /// When this was read.
    pub now: Timestamp,
}

impl EnrolmentPage {
    /// The most tokens, and the most hosts.
    pub const MOST: u32 = 50;
}

/// An enrolment token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom; nothing if an earlier version of the server made it.
    pub created_by: Option<Actor>,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// For how many hosts it was made; nothing if an earlier version of the server made it.
    pub uses: Option<u32>,
    /// How many may still enrol with it.
    pub uses_left: u32,
    /// Whether it is good.
    pub state: TokenState,
}

/// Whether a token is good for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "at")]
pub enum TokenState {
    /// Hosts may enrol with it.
    Good,
    /// As many hosts as it was made for have enrolled.
    UsedUp,
    /// Its time is over.
    Expired,
    /// Somebody revoked it.
    Revoked(Timestamp),
}

/// A host that enrolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its row, as in the table.
    pub row: HostRow,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
    /// The TPM's maker and firmware as the host claims them; nothing if it has no TPM.
    pub tpm: Option<String>,
}

/// A token that was just made. Its secret is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    /// Its id.
    pub id: TokenId,
    /// Its cluster.
    pub cluster: ClusterId,
    /// What is typed on the host. Holds the secret.
    pub command: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// For how many hosts.
    pub uses: u32,
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewToken({}, secret hidden)", self.id)
    }
}
