//! A histogram of the server's metrics: between two readings, how long half of it took, 99 of 100,
//! and the slowest.

use anyhow::{Result, bail};
use serde_json::{Value, json};

/// Counts by the longest time that a bucket holds, in seconds; each bucket holds those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram(Vec<(f64, u64)>);

impl Histogram {
    /// The histogram `name` with this label in the text of the metrics.
    pub fn read(text: &str, name: &str, label: &str) -> Result<Self> {
        let buckets: Vec<(f64, u64)> = text
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix("_bucket{"))
            .filter(|line| line.contains(label))
            .filter_map(|line| {
                let (_, bound) = line.split_once("le=\"")?;
                let (bound, _) = bound.split_once('"')?;
                let bound = if bound == "+Inf" { f64::INFINITY } else { bound.parse().ok()? };
                Some((bound, line.rsplit(' ').next()?.parse().ok()?))
            })
            .collect();
        if buckets.is_empty() {
            bail!("the server's metrics have no histogram {name} with {label}");
        }
        Ok(Self(buckets))
    }

    /// What came after an earlier reading.
    pub fn since(&self, before: &Self) -> Self {
        let counts = self.0.iter().zip(&before.0);
        Self(counts.map(|((bound, now), (_, then))| (*bound, now.saturating_sub(*then))).collect())
    }

    /// Both together: of servers that time the same.
    pub fn and(&self, other: &Self) -> Self {
        let counts = self.0.iter().zip(&other.0);
        Self(counts.map(|((bound, one), (_, other))| (*bound, one + other)).collect())
    }

    /// At most so many milliseconds, to the bound of a bucket: for half, 99 of 100, and all.
    pub fn spread(&self) -> Value {
        let count = self.0.last().map_or(0, |(_, count)| *count);
        let at = |percent: u64| {
            let wanted = (count * percent).div_ceil(100).max(1);
            let bound = self.0.iter().find(|(_, count)| *count >= wanted);
            bound.map_or(0.0, |(bound, _)| (bound * 1_000_000.0).round() / 1000.0)
        };
        json!({ "count": count, "p50": at(50), "p99": at(99), "max": at(100) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
took_seconds_bucket{le=\"0.1\",stage=\"whole\"} 10\n\
took_seconds_bucket{le=\"0.2\",stage=\"whole\"} 90\n\
took_seconds_bucket{le=\"+Inf\",stage=\"whole\"} 100\n\
took_seconds_bucket{le=\"+Inf\",stage=\"commit\"} 7\n";

    fn read(label: &str) -> Histogram {
        Histogram::read(TEXT, "took_seconds", label).unwrap()
    }

    #[test]
    fn a_quantile_is_the_bound_of_its_bucket() {
        let whole = Histogram(vec![(0.1, 50), (0.2, 99), (0.4, 100), (f64::INFINITY, 100)]);
        let expected = json!({ "count": 100, "p50": 100.0, "p99": 200.0, "max": 400.0 });
        assert_eq!(whole.spread(), expected);
        let none = json!({ "count": 0, "p50": 0.0, "p99": 0.0, "max": 0.0 });
        assert_eq!(whole.since(&whole).spread(), none);
    }

    #[test]
    fn it_is_read_by_its_label_and_what_is_missing_is_no_zero() {
        assert_eq!(read("stage=\"whole\"").0, [(0.1, 10), (0.2, 90), (f64::INFINITY, 100)]);
        assert_eq!(read("stage=\"commit\"").0, [(f64::INFINITY, 7)]);
        assert!(Histogram::read(TEXT, "took_seconds", "stage=\"answer\"").is_err());
    }
}
