//! Hints of hosts that were verified with the same result: few are told one by one, many as a number.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;
use trustboard_model::id::DatacenterId;
use trustboard_model::view::LiveHint;

/// How long hints are counted together.
const WINDOW: Duration = Duration::from_secs(1);

/// Hints in a window that are told one by one. A thousand browsers that look at ten thousand hosts
/// would hear of millions a second, and show a hundred rows each.
const MOST: u32 = 32;

/// What one browser was told in this window, and what it is yet to be told.
#[derive(Debug)]
pub(super) struct Tally {
    ends: Instant,
    told: u32,
    hosts: u32,
    datacenters: BTreeSet<DatacenterId>,
}

impl Tally {
    pub(super) fn new(now: Instant) -> Self {
        Self { ends: now + WINDOW, told: 0, hosts: 0, datacenters: BTreeSet::new() }
    }

    /// Whether this one is told by itself. If not it is counted, and told with the others.
    pub(super) fn is_told(&mut self, datacenter: DatacenterId, now: Instant) -> bool {
        if self.hosts == 0 && now >= self.ends {
            *self = Self::new(now);
        }
        if self.told < MOST {
            self.told += 1;
            return true;
        }
        self.hosts += 1;
        self.datacenters.insert(datacenter);
        false
    }

    /// When those that were counted are due; nothing if there are none.
    pub(super) fn due(&self) -> Option<Instant> {
        (self.hosts > 0).then_some(self.ends)
    }

    /// The hint that stands for those that were counted, and a new window.
    pub(super) fn tell(&mut self, now: Instant) -> LiveHint {
        let Self { hosts, datacenters, .. } = std::mem::replace(self, Self::new(now));
        LiveHint::VerifiedMany { datacenters: datacenters.into_iter().collect(), hosts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_told_at_once_and_many_as_a_number() {
        let (here, there) =
            (DatacenterId::from_random([1; 16]), DatacenterId::from_random([2; 16]));
        let begun = Instant::now();
        let mut tally = Tally::new(begun);
        assert!((0..MOST).all(|_| tally.is_told(here, begun)));
        assert_eq!(tally.due(), None);
        assert!(!tally.is_told(here, begun) && !tally.is_told(there, begun));
        let due = tally.due().unwrap();
        assert_eq!(due, begun + WINDOW);
        // Late, but none of them is lost.
        assert!(!tally.is_told(here, due + WINDOW));
        let LiveHint::VerifiedMany { datacenters, hosts } = tally.tell(due + WINDOW) else {
            panic!()
        };
        assert_eq!((datacenters.len(), hosts), (2, 3));
        assert!(tally.is_told(here, due + WINDOW), "a new window");
        assert_eq!(tally.due(), None);
    }

    #[test]
    fn a_quiet_stream_begins_anew() {
        let here = DatacenterId::from_random([1; 16]);
        let begun = Instant::now();
        let mut tally = Tally::new(begun);
        for second in 0..5 {
            let now = begun + WINDOW * second;
            assert!((0..MOST).all(|_| tally.is_told(here, now)), "{second}");
        }
    }
}
