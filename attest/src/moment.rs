//! A moment that is compared with others, and for how long the comparisons come out the same.

use std::ops::RangeInclusive;

use trustboard_model::time::Timestamp;

/// Now, as checks of certificates look at it. Whatever is concluded from comparisons with it is
/// the same at every moment of [`Moment::holds`]: it cannot be compared in any other way.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    at: Timestamp,
    holds: RangeInclusive<Timestamp>,
}

impl Moment {
    pub(crate) fn at(at: Timestamp) -> Self {
        Self { at, holds: Timestamp(i64::MIN)..=Timestamp(i64::MAX) }
    }

    /// Whether it is before `other`.
    pub(crate) fn is_before(&mut self, other: Timestamp) -> bool {
        let before = self.at < other;
        // Moments are milliseconds: the last one before `other` is one less.
        if before {
            self.until(Timestamp(other.0 - 1));
        } else {
            self.from(other);
        }
        before
    }

    /// Whether it is after `other`.
    pub(crate) fn is_after(&mut self, other: Timestamp) -> bool {
        let after = self.at > other;
        if after {
            self.from(Timestamp(other.0 + 1));
        } else {
            self.until(other);
        }
        after
    }

    /// The moment itself, for words: they hold for no other.
    pub(crate) fn shown(&mut self) -> Timestamp {
        self.holds = self.at..=self.at;
        self.at
    }

    /// The moments at which every comparison that was made comes out the same, this one included.
    pub(crate) fn holds(self) -> RangeInclusive<Timestamp> {
        self.holds
    }

    fn from(&mut self, first: Timestamp) {
        self.holds = first.max(*self.holds.start())..=*self.holds.end();
    }

    fn until(&mut self, last: Timestamp) {
        self.holds = *self.holds.start()..=last.min(*self.holds.end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compared_holds_exactly_until_a_comparison_would_differ() {
        let compare = |at: i64| {
            let mut moment = Moment::at(Timestamp(at));
            let outcome = (
                moment.is_before(Timestamp(10)),
                moment.is_after(Timestamp(20)),
                moment.is_before(Timestamp(15)),
            );
            (outcome, moment.holds())
        };
        for at in 0..40 {
            let (outcome, holds) = compare(at);
            for other in 0..40 {
                let same = compare(other).0 == outcome;
                assert_eq!(holds.contains(&Timestamp(other)), same, "{at} and {other}");
            }
        }
    }

    #[test]
    fn the_ends_of_time_can_be_compared_with() {
        let mut moment = Moment::at(Timestamp(0));
        assert!(moment.is_before(Timestamp(i64::MAX)) && moment.is_after(Timestamp(i64::MIN)));
        assert!(!moment.is_before(Timestamp(i64::MIN)) && !moment.is_after(Timestamp(i64::MAX)));
        assert!(moment.holds().contains(&Timestamp(0)));
    }

    #[test]
    fn what_was_shown_holds_for_that_moment_alone() {
        let mut moment = Moment::at(Timestamp(5));
        assert!(moment.is_before(Timestamp(10)));
        assert_eq!(moment.shown(), Timestamp(5));
        assert_eq!(moment.holds(), Timestamp(5)..=Timestamp(5));
    }
}
