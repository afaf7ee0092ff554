//! What became of rogue hosts.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// How one session went.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How it ended; nothing if it was still open at the end.
    pub ended: Option<String>,
    /// Refusals that the server sent, by code.
    pub refused: BTreeMap<String, u64>,
    /// Bytes that the server's side took.
    pub sent: u64,
    /// From its opening to its end.
    pub lasted: Duration,
}

/// How all of them went.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Sessions, or requests.
    pub all: u64,
    /// How they ended, with how many.
    pub ended: BTreeMap<String, u64>,
    /// Still open when the time was over.
    pub open: u64,
    /// Refusals within the sessions, by code.
    pub refused: BTreeMap<String, u64>,
    /// Bytes that the server's side took in all.
    pub sent_bytes: u64,
    /// The most that it took of one.
    pub most_sent_bytes: u64,
    /// How long the longest lasted, in seconds.
    pub longest_s: f64,
}

impl Summary {
    /// Counts one in.
    pub fn add(&mut self, outcome: Outcome) {
        let Outcome { ended, refused, sent, lasted } = outcome;
        self.all += 1;
        match ended {
            Some(how) => *self.ended.entry(how).or_default() += 1,
            None => self.open += 1,
        }
        for (code, count) in refused {
            *self.refused.entry(code).or_default() += count;
        }
        self.sent_bytes += sent;
        self.most_sent_bytes = self.most_sent_bytes.max(sent);
        self.longest_s = self.longest_s.max(lasted.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_is_counted_once() {
        let mut summary = Summary::default();
        let refused = BTreeMap::from([("malformed".to_owned(), 3)]);
        let lasted = Duration::from_secs(2);
        summary.add(Outcome { ended: Some("1008".to_owned()), refused, sent: 5, lasted });
        summary.add(Outcome { sent: 7, ..Outcome::default() });
        assert_eq!((summary.all, summary.open, summary.sent_bytes), (2, 1, 12));
        assert_eq!((summary.most_sent_bytes, summary.ended["1008"]), (7, 1));
        assert_eq!((summary.refused["malformed"], summary.longest_s), (3, 2.0));
    }
}
