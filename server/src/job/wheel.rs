//! When each connected host is to be verified next: in memory, by time.
//!
//! One wheel serves all hosts. It is made anew with every start: a host comes onto it when its agent
//! connects, and leaves it with its session.

use std::collections::{BTreeSet, HashMap};

use trustboard_model::id::{ClusterId, HostId};

use crate::clock::Uptime;

/// When a host is to be verified, and by which interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// When it is due.
    pub due: Uptime,
    /// Since when its interval runs.
    pub since: Uptime,
    /// Whose policy says how long the interval is; nothing of one that does not depend on it.
    pub cluster: Option<ClusterId>,
    /// Why.
    pub why: Why,
}

/// Why a host is to be verified without anybody having asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its interval has passed.
    Interval,
    /// Its agent connected again.
    Reconnect,
}

/// The turns of all hosts.
#[derive(Debug, Default)]
pub(super) struct Wheel {
    hosts: HashMap<HostId, Turn>,
    /// The same, the earliest first.
    turns: BTreeSet<(Uptime, HostId)>,
}

impl Wheel {
    /// Gives a host its next turn, in the place of the one that it had.
    pub(super) fn put(&mut self, host: HostId, turn: Turn) {
        if let Some(before) = self.hosts.insert(host, turn) {
            self.turns.remove(&(before.due, host));
        }
        self.turns.insert((turn.due, host));
    }

    /// Gives a host a turn, unless it has an earlier one: its agent may have connected again
    /// meanwhile.
    pub(super) fn put_at_latest(&mut self, host: HostId, turn: Turn) {
        if self.hosts.get(&host).is_none_or(|before| before.due > turn.due) {
            self.put(host, turn);
        }
    }

    /// Takes a host off.
    pub(super) fn take(&mut self, host: HostId) {
        if let Some(turn) = self.hosts.remove(&host) {
            self.turns.remove(&(turn.due, host));
        }
    }

    /// Takes the host that has been due for the longest, if one is.
    pub(super) fn next_due(&mut self, now: Uptime) -> Option<(HostId, Turn)> {
        let &(due, host) = self.turns.first()?;
        if due > now {
            return None;
        }
        self.turns.pop_first();
        self.hosts.remove(&host).map(|turn| (host, turn))
    }

    /// How many milliseconds the first host is overdue; 0 if none is.
    pub(super) fn overdue_ms(&self, now: Uptime) -> i64 {
        self.turns.first().map_or(0, |&(due, _)| now.millis_since(due).max(0))
    }

    /// Gives the hosts of a cluster whose policy has another interval new turns, as `due` says.
    pub(super) fn retime(&mut self, cluster: ClusterId, due: impl Fn(HostId, &Turn) -> Uptime) {
        for (host, turn) in &mut self.hosts {
            if turn.cluster == Some(cluster) && turn.why == Why::Interval {
                self.turns.remove(&(turn.due, *host));
                turn.due = due(*host, turn);
                self.turns.insert((turn.due, *host));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rack() -> ClusterId {
        ClusterId::from_random([1; 16])
    }

    fn host(number: u8) -> HostId {
        HostId::from_random([number; 16])
    }

    fn turn(due: i64) -> Turn {
        Turn { due: Uptime(due), since: Uptime(0), cluster: Some(rack()), why: Why::Interval }
    }

    fn all_due(wheel: &mut Wheel, now: i64) -> Vec<HostId> {
        std::iter::from_fn(|| wheel.next_due(Uptime(now)).map(|(host, _)| host)).collect()
    }

    #[test]
    fn who_has_waited_longest_comes_first_and_everybody_once() {
        let mut wheel = Wheel::default();
        for (number, due) in [(1, 300), (2, 100), (3, 200), (4, 900)] {
            wheel.put(host(number), turn(due));
        }
        assert_eq!(wheel.overdue_ms(Uptime(350)), 250);
        assert_eq!(all_due(&mut wheel, 350), [host(2), host(3), host(1)]);
        assert_eq!(all_due(&mut wheel, 350), []);
        assert_eq!(wheel.overdue_ms(Uptime(350)), 0);
        assert_eq!(all_due(&mut wheel, 900), [host(4)]);
    }

    #[test]
    fn a_host_has_one_turn_and_none_once_it_has_left() {
        let mut wheel = Wheel::default();
        wheel.put(host(1), turn(100));
        wheel.put(host(1), turn(500));
        wheel.put(host(2), turn(100));
        wheel.take(host(2));
        wheel.take(host(3));
        assert_eq!(all_due(&mut wheel, 499), []);
        assert_eq!(all_due(&mut wheel, 500), [host(1)]);
    }

    #[test]
    fn a_later_turn_leaves_the_earlier_one() {
        let mut wheel = Wheel::default();
        wheel.put_at_latest(host(1), turn(500));
        wheel.put_at_latest(host(1), turn(100));
        wheel.put_at_latest(host(1), turn(900));
        assert_eq!(all_due(&mut wheel, 99), []);
        assert_eq!(all_due(&mut wheel, 1000), [host(1)]);
    }

    #[test]
    fn another_interval_moves_the_turns_of_its_cluster() {
        let mut wheel = Wheel::default();
        wheel.put(host(1), turn(3_600_000));
        let other = ClusterId::from_random([2; 16]);
        wheel.put(host(2), Turn { cluster: Some(other), ..turn(3_600_000) });
        wheel.retime(rack(), |_, turn| turn.since.plus_seconds(60));
        assert_eq!(all_due(&mut wheel, 60_000), [host(1)]);
        assert_eq!(all_due(&mut wheel, 3_600_000), [host(2)]);
    }
}
