//! What every reader is told of the server, whatever page they look at.

use serde::{Deserialize, Serialize};

use super::Returning;
use crate::time::Timestamp;

/// What stands above every page while it lasts. Nothing at all, mostly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Advisories {
    /// Since when the server cannot write, if it cannot.
    #[serde(default)]
    pub read_only_since: Option<Timestamp>,
    /// Verifications are behind schedule.
    #[serde(default)]
    pub late: Option<Late>,
    /// Agents have not come back since their server ended.
    #[serde(default)]
    pub returning: Option<Returning>,
}

/// Verifications take longer to come than the policies say: there is more to do than can be done,
/// and every host waits equally long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Since when.
    pub since: Timestamp,
    /// By how many seconds, about.
    pub by_s: u32,
}

impl Late {
    /// The worse of two: of two servers that share the work, say.
    #[must_use]
    pub fn worst(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (Some(a), Some(b)) = (one, other) else { return one.or(other) };
        Some(Self { since: a.since.min(b.since), by_s: a.by_s.max(b.by_s) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_two_is_the_longest_and_the_latest() {
        let late = |since, by_s| Some(Late { since: Timestamp(since), by_s });
        assert_eq!(Late::worst(None, None), None);
        assert_eq!(Late::worst(late(5, 20), None), late(5, 20));
        assert_eq!(Late::worst(None, late(5, 20)), late(5, 20));
        assert_eq!(Late::worst(late(5, 20), late(9, 60)), late(5, 60));
    }
}
