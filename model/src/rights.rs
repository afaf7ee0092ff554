//! Where somebody may do what: a role everywhere, and roles in single datacenters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::DatacenterId;
use crate::role::Role;

/// What somebody may do where. In a datacenter the stronger of both roles counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rights {
    /// The role in every datacenter, those that are made later too; nothing for none.
    pub everywhere: Option<Role>,
    /// The roles in single datacenters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub datacenters: BTreeMap<DatacenterId, Role>,
}

impl Rights {
    /// This role in every datacenter.
    pub const fn everywhere(role: Role) -> Self {
        Self { everywhere: Some(role), datacenters: BTreeMap::new() }
    }

    /// This role in one datacenter, and none elsewhere.
    pub fn only_in(datacenter: DatacenterId, role: Role) -> Self {
        Self { everywhere: None, datacenters: [(datacenter, role)].into() }
    }

    /// The role in a datacenter; nothing if it is not to be seen.
    pub fn role_in(&self, datacenter: DatacenterId) -> Option<Role> {
        self.everywhere.max(self.datacenters.get(&datacenter).copied())
    }

    /// The strongest role anywhere; nothing for whoever may do nothing.
    pub fn strongest(&self) -> Option<Role> {
        self.datacenters.values().copied().max().max(self.everywhere)
    }

    /// What can be seen with these rights.
    pub fn sees(&self) -> Sees {
        match self.everywhere {
            Some(_) => Sees::Everything,
            None => Sees::Only(self.datacenters.keys().copied().collect()),
        }
    }

    /// What is left of these rights under a limit: a role at most, and perhaps only some
    /// datacenters. That is what an API key may.
    #[must_use]
    pub fn limited(&self, most: Role, only: Option<&[DatacenterId]>) -> Self {
        match only {
            None => Self {
                everywhere: self.everywhere.map(|role| role.min(most)),
                datacenters: self
                    .datacenters
                    .iter()
                    .map(|(id, role)| (*id, (*role).min(most)))
                    .collect(),
            },
            Some(only) => {
                let kept = only.iter().filter_map(|id| Some((*id, self.role_in(*id)?.min(most))));
                Self { everywhere: None, datacenters: kept.collect() }
            }
        }
    }
}

impl From<Role> for Rights {
    /// This role in every datacenter.
    fn from(role: Role) -> Self {
        Self::everywhere(role)
    }
}

/// Which datacenters somebody sees; queries restrict themselves to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sees {
    /// All of them, and what belongs to none.
    Everything,
    /// These, by id.
    Only(Vec<DatacenterId>),
}

impl Sees {
    /// Whether this datacenter is among them.
    pub fn includes(&self, datacenter: DatacenterId) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(ids) => ids.contains(&datacenter),
        }
    }
}

/// A role in one datacenter, as an event tells it: the name is that of the moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleIn {
    /// The datacenter.
    pub id: DatacenterId,
    /// Its name then.
    pub name: String,
    /// The role in it.
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datacenter(number: u8) -> DatacenterId {
        DatacenterId::from_random([number; 16])
    }

    #[test]
    fn the_stronger_role_counts_in_a_datacenter() {
        let (one, two) = (datacenter(1), datacenter(2));
        let mut rights = Rights::everywhere(Role::Operator);
        rights.datacenters = [(one, Role::Administrator), (two, Role::Viewer)].into();
        assert_eq!(rights.role_in(one), Some(Role::Administrator));
        assert_eq!(rights.role_in(two), Some(Role::Operator));
        assert_eq!(rights.role_in(datacenter(3)), Some(Role::Operator));
        assert_eq!(rights.sees(), Sees::Everything);
        assert_eq!(rights.strongest(), Some(Role::Administrator));
    }

    #[test]
    fn without_a_role_everywhere_only_some_datacenters_are_seen() {
        let (one, two) = (datacenter(1), datacenter(2));
        let rights = Rights::only_in(one, Role::Approver);
        assert_eq!(rights.role_in(two), None);
        assert_eq!(rights.sees(), Sees::Only(vec![one]));
        assert!(rights.sees().includes(one) && !rights.sees().includes(two));
        assert_eq!(Rights::default().strongest(), None);
        assert!(!Rights::default().sees().includes(one));
    }

    #[test]
    fn a_limit_takes_away_and_never_adds() {
        let (one, two) = (datacenter(1), datacenter(2));
        let mut rights = Rights::everywhere(Role::Viewer);
        rights.datacenters = [(one, Role::Administrator)].into();
        let limited = rights.limited(Role::Operator, None);
        assert_eq!(limited.role_in(one), Some(Role::Operator));
        assert_eq!(limited.role_in(two), Some(Role::Viewer));
        let only_two = rights.limited(Role::Administrator, Some(&[two]));
        assert_eq!(only_two, Rights::only_in(two, Role::Viewer));
        let elsewhere = Rights::only_in(one, Role::Operator).limited(Role::Viewer, Some(&[two]));
        assert_eq!(elsewhere, Rights::default());
    }

    #[test]
    fn rights_survive_json() {
        let mut rights = Rights::everywhere(Role::Viewer);
        rights.datacenters = [(datacenter(1), Role::Approver)].into();
        let json = serde_json::to_string(&rights).unwrap();
        assert_eq!(serde_json::from_str::<Rights>(&json).unwrap(), rights);
        assert_eq!(
            serde_json::from_str::<Rights>(r#"{"everywhere":null}"#).unwrap(),
            Rights::default()
        );
    }
}
