//! Agents that were connected to a server which ended: for how long they are waited for.
//!
//! ```text
//! a server ends ─▶ its hosts count as connected ─┬─ the agent comes back: nothing has happened
//!                                                └─ the time is over: not responding, an event each
//! ```
//!
//! The table `connections` says which hosts those are; here stands only how many, and until when. Every
//! server looks by itself, so a server that starts waits anew: nobody could come back while it was down.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use trustboard_model::time::Timestamp;
use trustboard_model::view::Returning;

use crate::store::GoneReplica;

/// For how long agents are waited for, without the setting: an agent tries again within a minute, and
/// one that was told to spread its return comes within 67 s where there are 100,000.
pub const GRACE: Duration = Duration::from_secs(90);

/// The servers that are gone and whose agents have not all come back, by name.
#[derive(Debug, Default)]
pub struct Returns(Mutex<BTreeMap<String, Returning>>);

impl Returns {
    fn gone(&self) -> MutexGuard<'_, BTreeMap<String, Returning>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of the servers that are gone at this moment. Gives those whose agents have had the
    /// time `grace` to come back.
    pub fn look(&self, gone: &[GoneReplica], now: Timestamp, grace: Duration) -> Vec<String> {
        let seconds = i64::try_from(grace.as_secs()).unwrap_or(i64::MAX);
        let latest = now.plus_seconds(seconds);
        let mut known = self.gone();
        let before = std::mem::take(&mut *known);
        for GoneReplica { name, hosts } in gone {
            // No later than from now on, should the clock have been set back.
            let until = before.get(name).map_or(latest, |known| known.until.min(latest));
            known.insert(name.clone(), Returning { hosts: *hosts, until });
        }
        let over = known.iter().filter(|(_, returning)| returning.until <= now);
        over.map(|(name, _)| name.clone()).collect()
    }

    /// How many have not come back, and until when the last of them are waited for. Nothing if
    /// there are none.
    pub fn all(&self) -> Option<Returning> {
        let known = self.gone();
        let until = known.values().map(|returning| returning.until).max()?;
        let hosts = known.values().fold(0_u32, |all, one| all.saturating_add(one.hosts));
        Some(Returning { hosts, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACE: Duration = Duration::from_secs(90);

    fn gone(name: &str, hosts: u32) -> GoneReplica {
        GoneReplica { name: name.to_owned(), hosts }
    }

    #[test]
    fn each_server_that_ended_has_its_own_time() {
        let returns = Returns::default();
        let at = |seconds: i64| Timestamp(seconds * 1000);
        assert_eq!(returns.look(&[], at(0), GRACE), Vec::<String>::new());
        assert_eq!(returns.all(), None);
        assert!(returns.look(&[gone("a", 7)], at(10), GRACE).is_empty());
        assert!(returns.look(&[gone("a", 5), gone("b", 3)], at(60), GRACE).is_empty());
        assert_eq!(returns.all(), Some(Returning { hosts: 8, until: at(150) }));
        assert!(returns.look(&[gone("a", 5), gone("b", 3)], at(99), GRACE).is_empty());
        assert_eq!(returns.look(&[gone("a", 5), gone("b", 1)], at(100), GRACE), ["a"]);
        assert!(returns.look(&[gone("b", 1)], at(101), GRACE).is_empty());
        assert_eq!(returns.all(), Some(Returning { hosts: 1, until: at(150) }));
        assert!(returns.look(&[], at(102), GRACE).is_empty());
        assert_eq!(returns.all(), None);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let returns = Returns::default();
        let (later, now) = (Timestamp(9_000_000), Timestamp(1_000_000));
        assert!(returns.look(&[gone("a", 1)], later, GRACE).is_empty());
        assert!(returns.look(&[gone("a", 1)], now, GRACE).is_empty());
        assert_eq!(returns.look(&[gone("a", 1)], now.plus_seconds(90), GRACE), ["a"]);
        assert_eq!(returns.look(&[gone("b", 1)], now, Duration::ZERO), ["b"], "none is wanted");
    }
}
