//! Users, sessions, API keys and the server's settings, as screens show them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{By, Named};
use crate::id::{DatacenterId, KeyId, OperatorId, SessionId};
use crate::rights::Rights;
use crate::role::Role;
use crate::time::Timestamp;

/// Every operator, for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersPage {
    /// The operators, by name.
    pub users: Vec<UserRow>,
    /// The datacenters that roles can be given in, by name.
    pub datacenters: Vec<Named<DatacenterId>>,
    /// When this was read.
    pub now: Timestamp,
}

/// One operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Who.
    pub id: OperatorId,
    /// Their name.
    pub name: String,
    /// What they may do where.
    pub rights: Rights,
    /// When they were made.
    pub created_at: Timestamp,
    /// When they last used a session that has not ended.
    pub last_used_at: Option<Timestamp>,
    /// Sessions that have not ended.
    pub sessions: u32,
    /// API keys that have not expired.
    pub keys: u32,
    /// Whether they have a password.
    pub has_password: bool,
    /// Until when a sign-in link of theirs is good, if one was made and not used.
    pub link_until: Option<Timestamp>,
    /// Who disabled them, and when.
    pub disabled: Option<By>,
}

/// What an administrator does with operators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum UserAction {
    /// Make one, and a link that signs them in, once.
    Create {
        /// Their name, which is free.
        name: String,
        /// What they may do where.
        rights: Rights,
    },
    /// Give them these rights.
    SetRights {
        /// Who.
        id: OperatorId,
        /// What they had on the page: another administrator's change must be seen first.
        seen: Rights,
        /// What they may do where.
        rights: Rights,
    },
    /// Take their password and their sessions away, and make a link that signs them in, once.
    ResetPassword {
        /// Who.
        id: OperatorId,
    },
    /// Let them no longer in; ends their sessions.
    Disable {
        /// Who.
        id: OperatorId,
        /// Why.
        reason: String,
    },
    /// Let them in again.
    Enable {
        /// Who.
        id: OperatorId,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDone {
    /// Who.
    pub name: String,
    /// False if it was so already and nothing was written.
    pub changed: bool,
    /// The link that was made, shown this once.
    pub link: Option<SignInLink>,
}

/// A link that signs somebody in, once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInLink {
    /// The address. Its code stands in the fragment, which browsers do not send.
    pub address: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl fmt::Debug for SignInLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignInLink(hidden, until {})", self.expires_at)
    }
}

/// Every session, for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsPage {
    /// The sessions that have not ended, the last used first.
    pub sessions: Vec<SessionRow>,
    /// When this was read.
    pub now: Timestamp,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub operator: Named<OperatorId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within a few minutes.
    pub last_used_at: Timestamp,
    /// When it ends however much it is used.
    pub ends_at: Timestamp,
    /// What the browser says it is; the browser's claim.
    pub device: String,
    /// The address that it was opened from, as the server sees it.
    pub address: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// An operator's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Their name.
    pub name: String,
    /// What they may do where.
    pub rights: Rights,
    /// The datacenters that they see, by name.
    pub datacenters: Vec<Named<DatacenterId>>,
    /// The code of the language that they chose; nothing if the browser says.
    pub language: Option<String>,
    /// Whether they have a password: it is asked for before it is changed.
    pub has_password: bool,
    /// Their sessions, the last used first.
    pub sessions: Vec<SessionRow>,
    /// Their API keys, by name.
    pub keys: Vec<KeyRow>,
    /// When this was read.
    pub now: Timestamp,
}

/// One API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRow {
    /// Which.
    pub id: KeyId,
    /// Its name.
    pub name: String,
    /// The strongest role that it has anywhere.
    pub role: Role,
    /// The datacenters that it is for; nothing for all of its owner's.
    pub datacenters: Option<Vec<Named<DatacenterId>>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was last used, to within a few minutes.
    pub last_used_at: Option<Timestamp>,
}

/// An API key that somebody wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// Its name, free among the owner's keys.
    pub name: String,
    /// The role that it has at most; the owner's where that is weaker.
    pub role: Role,
    /// The datacenters that it is for; nothing for all of its owner's.
    pub datacenters: Option<Vec<DatacenterId>>,
    /// For how many days it is good; at most [`NewKey::MOST_DAYS`].
    pub days: u32,
}

impl NewKey {
    /// The days that are offered.
    pub const DAYS: u32 = 90;
    /// The most: a year.
    pub const MOST_DAYS: u32 = 366;
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 64;
}

/// A key that was made, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMade {
    /// Its name.
    pub name: String,
    /// What programs send: `tb_` and 64 hexadecimal digits.
    pub secret: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl fmt::Debug for KeyMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyMade({:?}, secret hidden)", self.name)
    }
}

/// What administrators set for the whole server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// Whether every approval of a configuration takes two different people, whatever the policies
    /// of its clusters say.
    pub two_person_approvals: bool,
    /// Whether resetting an alarm whose condition is not cleared takes two different people.
    pub two_person_resets: bool,
}

/// The settings as the screen shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPage {
    /// What is set.
    pub settings: Settings,
    /// Resets that wait for a second person.
    pub resets_asked: u32,
    /// Configurations that wait for the second approval.
    pub approvals_awaited: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_once_is_in_no_debug_output() {
        let secret = "tb_0123456789".to_owned();
        let made =
            KeyMade { name: "ci".to_owned(), secret: secret.clone(), expires_at: Timestamp(1) };
        assert!(!format!("{made:?}").contains("0123"));
        let link = SignInLink { address: format!("https://t/#{secret}"), expires_at: Timestamp(1) };
        assert!(!format!("{link:?}").contains("0123"));
    }
}
