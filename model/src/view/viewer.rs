//! Who looks.

use serde::{Deserialize, Serialize};

use crate::event::Actor;
use crate::id::{DatacenterId, OperatorId, SessionId};
use crate::rights::Rights;
use crate::role::Role;

/// Who looks: a signed-in operator, or a program with a key of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The operator's id.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// The name of the API key that they came with, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The session that they are signed in with; nothing with a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The code of the language that they chose, if they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What they may do where; with a key, what the key leaves of it.
    pub rights: Rights,
}

impl Viewer {
    /// An operator with this role in every datacenter.
    pub fn everywhere(id: OperatorId, name: &str, role: Role) -> Self {
        let (name, rights) = (name.to_owned(), Rights::everywhere(role));
        Self { id, name, key: None, session: None, language: None, rights }
    }

    /// Their role in a datacenter; nothing if they do not see it.
    pub fn role_in(&self, datacenter: DatacenterId) -> Option<Role> {
        self.rights.role_in(datacenter)
    }

    /// Whether they may do in a datacenter what needs `needs`.
    pub fn may(&self, needs: Role, datacenter: DatacenterId) -> bool {
        self.role_in(datacenter) >= Some(needs)
    }

    /// Whether they may do what needs `needs` everywhere: what belongs to no datacenter.
    pub fn may_everywhere(&self, needs: Role) -> bool {
        self.rights.everywhere >= Some(needs)
    }

    /// Whether there is a datacenter in which they may do what needs `needs`.
    pub fn may_somewhere(&self, needs: Role) -> bool {
        self.rights.strongest() >= Some(needs)
    }

    /// Whether they see a datacenter. Queries restrict themselves to [`Rights::sees`].
    pub fn sees(&self, datacenter: DatacenterId) -> bool {
        self.role_in(datacenter).is_some()
    }

    /// Who they are in the audit.
    pub fn actor(&self) -> Actor {
        Actor::of_operator(&self.name, self.key.as_deref())
    }
}
