//! What a browser asks for, and how long the answers take.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::client::Client;

/// Between two requests for the table, as a browser that is looked at makes them.
const TABLE_EVERY: Duration = Duration::from_millis(50);

/// The pages and queries that a browser asks for, by name.
pub struct Queries(Vec<(&'static str, String)>);

/// How long answers took, by the name of the query.
#[derive(Default)]
pub struct Took {
    each: BTreeMap<&'static str, Vec<Duration>>,
    next: usize,
    /// Requests without an answer.
    pub failed: u32,
}

impl Queries {
    /// Those of a server with at least one datacenter; each is asked once.
    pub fn of(client: &Client) -> Result<Self> {
        let inventory = client.inventory()?;
        let first = inventory.datacenters.first().context("there is no datacenter")?;
        let api = format!("/api/v1/datacenters/{}/security", first.id);
        let mut all = vec![
            ("inventory", "/api/v1/inventory".to_owned()),
            ("page: overview", "/".to_owned()),
            ("page: security", format!("/datacenters/{}/security", first.id)),
            ("rows", api.clone()),
            ("rows: of everything", "/api/v1/security".to_owned()),
            ("rows: failed", format!("{api}?q=attestation:failed")),
            ("rows: one word", format!("{api}?q=web")),
            ("rows: by reason", format!("{api}?q=reason:secure-boot.disabled")),
            ("rows: stale", format!("{api}?q=is:stale")),
            ("rows: page 20", format!("{api}?page=20")),
            ("rows: page 600", format!("{api}?page=600")),
        ];
        for (name, sort) in [
            ("rows: by attestation", "attestation"),
            ("rows: by alarm", "alarm"),
            ("rows: by last verified", "last-verified"),
            ("rows: by TPM", "tpm"),
            ("rows: by Secure Boot", "secure-boot"),
            ("rows: by message", "message"),
        ] {
            all.push((name, format!("{api}?sort={sort}")));
        }
        // One that the server does not know must not be measured as if it did.
        for (_, path) in &all {
            client.text(path)?;
        }
        Ok(Self(all))
    }

    /// Asks one after the other for so long, and notes how long each took.
    pub fn ask(&self, client: &Client, length: Duration, took: &mut Took) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < length {
            let (name, path) = self.0.get(took.next % self.0.len()).context("no query")?;
            took.next += 1;
            let start = Instant::now();
            match client.text(path) {
                Ok(_) => took.each.entry(name).or_default().push(start.elapsed()),
                Err(error) => {
                    eprintln!("    {error:#}");
                    took.failed += 1;
                }
            }
            thread::sleep(TABLE_EVERY.saturating_sub(start.elapsed()));
        }
        Ok(())
    }
}

impl Took {
    /// By query: how often, and the milliseconds that half, 99 of 100 and all took at most.
    pub fn spread(&self) -> Value {
        let each = self.each.iter().map(|(&name, took)| (name.to_owned(), spread(took.clone())));
        Value::Object(each.collect())
    }

    /// The milliseconds that 99 of 100 answers with rows took at most.
    pub fn rows_p99_ms(&self) -> f64 {
        let rows = self.each.iter().filter(|(name, _)| name.starts_with("rows"));
        let all = rows.flat_map(|(_, took)| took.iter().copied()).collect();
        spread(all)["p99"].as_f64().unwrap_or_default()
    }
}

/// Half, 99 of 100 and all took at most so many milliseconds.
pub fn spread(mut took: Vec<Duration>) -> Value {
    took.sort_unstable();
    let at = |part: usize| {
        let index = (took.len().saturating_sub(1) * part).div_ceil(100);
        took.get(index).map_or(0.0, |took| round(took.as_secs_f64() * 1000.0))
    };
    json!({ "count": took.len(), "p50": at(50), "p99": at(99), "max": at(100) })
}

/// To three digits behind the point.
pub fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_names_the_slow_ones() {
        let took = (1..=200).map(Duration::from_millis).collect();
        let spread = spread(took);
        assert_eq!((&spread["p50"], &spread["p99"]), (&json!(101.0), &json!(199.0)));
        assert_eq!((&spread["count"], &spread["max"]), (&json!(200), &json!(200.0)));
    }
}
