//! Whether verifications are behind schedule: what is measured, and from when on it is said.
//!
//! It is said from [`LATE_MS`] on, once that has lasted for [`LASTS_MS`], and taken back below
//! [`ON_TIME_MS`], once that has lasted as long: a moment's load is no news, and a line that comes
//! and goes is none either.

use trustboard_model::time::Timestamp;
use trustboard_model::view::Late;

/// So far behind is late, in milliseconds: longer than a slow TPM takes for a quote, and than a
/// server that was just started needs to ask a thousand hosts.
const LATE_MS: i64 = 10_000;

/// So far behind is on time, in milliseconds.
const ON_TIME_MS: i64 = 5_000;

/// How long either must last, in milliseconds.
const LASTS_MS: i64 = 10_000;

/// How late verifications are, here and at the other servers on the same database.
#[derive(Debug, Default)]
pub struct Lateness {
    behind_ms: i64,
    late: Option<Late>,
    /// Since when the other side of the threshold was seen, without a break.
    turning: Option<Timestamp>,
    others: Option<Late>,
}

impl Lateness {
    /// Notes how many milliseconds this server is behind at this moment.
    pub fn note(&mut self, now: Timestamp, behind_ms: i64) {
        self.behind_ms = behind_ms.max(0);
        let turns = match self.late {
            None => behind_ms >= LATE_MS,
            Some(_) => behind_ms < ON_TIME_MS,
        };
        if turns {
            // A clock that was set back begins anew.
            let since = self.turning.filter(|since| *since <= now).unwrap_or(now);
            self.turning = Some(since);
            if now.millis_since(since) >= LASTS_MS {
                self.turning = None;
                self.late = match self.late {
                    None => Some(Late { since, by_s: rounded(behind_ms) }),
                    Some(_) => None,
                };
            }
        } else {
            self.turning = None;
        }
        if let Some(late) = &mut self.late
            && differs(late.by_s, behind_ms)
        {
            late.by_s = rounded(behind_ms);
        }
    }

    /// Notes how late the other servers are.
    pub fn note_others(&mut self, others: Option<Late>) {
        self.others = others;
    }

    /// How many milliseconds this server is behind.
    pub fn behind_ms(&self) -> u64 {
        self.behind_ms.unsigned_abs()
    }

    /// How late this server is, if that has lasted.
    pub fn own(&self) -> Option<Late> {
        self.late
    }

    /// How late the latest of all servers is.
    pub fn worst(&self) -> Option<Late> {
        Late::worst(self.late, self.others)
    }
}

/// Seconds as they are said: a figure that changes every second cannot be read.
fn rounded(behind_ms: i64) -> u32 {
    let seconds = u32::try_from(behind_ms.max(0) / 1000).unwrap_or(u32::MAX);
    let step = match seconds {
        0..60 => 5,
        60..600 => 30,
        _ => 300,
    };
    seconds.div_ceil(step).saturating_mul(step)
}

/// Whether what is said is off by more than a fifth, and by more than a step.
fn differs(said_s: u32, behind_ms: i64) -> bool {
    let apart_ms = (i64::from(said_s) * 1000 - behind_ms).abs();
    apart_ms > 5_000 && apart_ms * 5 > i64::from(said_s) * 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(1_800_000_000_000 + seconds * 1000)
    }

    #[test]
    fn it_is_said_once_it_has_lasted_and_taken_back_once_it_is_over() {
        let mut lateness = Lateness::default();
        for second in 0..10 {
            lateness.note(at(second), 12_000);
            assert_eq!(lateness.own(), None, "after {second} s");
        }
        lateness.note(at(10), 12_000);
        assert_eq!(lateness.own(), Some(Late { since: at(0), by_s: 15 }));
        // Between the thresholds nothing changes, however long.
        for second in 11..100 {
            lateness.note(at(second), 7_000);
        }
        assert_eq!(lateness.own().map(|late| late.since), Some(at(0)));
        for second in 100..110 {
            lateness.note(at(second), 0);
            assert!(lateness.own().is_some(), "after {second} s");
        }
        lateness.note(at(110), 0);
        assert_eq!(lateness.own(), None);
    }

    #[test]
    fn a_moment_of_load_or_of_rest_is_no_news() {
        let mut lateness = Lateness::default();
        for second in 0..60 {
            lateness.note(at(second), if second % 8 == 0 { 0 } else { 60_000 });
        }
        assert_eq!(lateness.own(), None);
        for second in 60..80 {
            lateness.note(at(second), 60_000);
        }
        for second in 80..140 {
            lateness.note(at(second), if second % 8 == 0 { 60_000 } else { 0 });
        }
        assert!(lateness.own().is_some());
        // A clock that is set back keeps nobody waiting for it.
        lateness.note(at(-5000), 0);
        lateness.note(at(-4990), 0);
        assert_eq!(lateness.own(), None);
    }

    #[test]
    fn the_figure_is_round_and_still() {
        assert_eq!([0, 1, 12_000, 61_000, 601_000].map(rounded), [0, 0, 15, 90, 900]);
        let mut lateness = Lateness::default();
        let mut said = Vec::new();
        for second in 0..200_i64 {
            lateness.note(at(second), 20_000 + (second % 3) * 1000);
            said.extend(lateness.own().map(|late| late.by_s));
        }
        said.dedup();
        assert_eq!(said, [25]);
        lateness.note(at(200), 60_000);
        assert_eq!(lateness.own().map(|late| late.by_s), Some(60));
    }

    #[test]
    fn others_count_as_much_as_this_one() {
        let mut lateness = Lateness::default();
        let other = Late { since: at(7), by_s: 40 };
        lateness.note_others(Some(other));
        assert_eq!((lateness.own(), lateness.worst()), (None, Some(other)));
        for second in 0..20 {
            lateness.note(at(second), 100_000);
        }
        assert_eq!(lateness.worst(), Some(Late { since: at(0), by_s: 120 }));
        lateness.note_others(None);
        assert_eq!(lateness.worst(), lateness.own());
    }
}
