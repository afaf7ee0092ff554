//! `cargo xtask bench record`: what recording an appraisal in full costs.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::report;
use crate::program;
use crate::stage::Stages;

/// What the bench prints.
#[derive(Deserialize)]
struct Measured {
    alone: Way,
    together: Way,
}

/// One way of recording: for one appraisal.
#[derive(Deserialize)]
struct Way {
    us: f64,
    bytes: u64,
}

/// `cargo xtask bench record`.
pub fn run(stages: &mut Stages) -> Result<()> {
    let stamp = report::stamp()?;
    let measured = stages.run("bench record", || {
        let mut bench = program::cargo();
        bench.args(["bench", "--package", "trustboard-server", "--bench", "record"]);
        let text = program::output(&mut bench)?;
        let measured: Measured =
            serde_json::from_str(&text).with_context(|| format!("the bench printed {text}"))?;
        Ok(measured)
    })?;
    let text = document(&measured, &stamp);
    println!("\n{text}");
    report::write("record", &text)
}

fn document(measured: &Measured, stamp: &str) -> String {
    let Measured { alone, together } = measured;
    let ratio = alone.us / together.us;
    format!(
        "## Recording an appraisal in full\n\nHosts that pass again after a boot, each with another \
         event log of 24 KiB, 64 at a time, on SQLite with durable commits, by `cargo xtask bench \
         record`: {stamp}. Both ways are measured in turn, medians of 8 rounds.\n\n\
         | for one appraisal | by itself | with those that wait |\n|---|---:|---:|\n\
         | time, µs | {:.0} | {:.0} |\n| bytes to the disk | {} | {} |\n\n\
         One writer records {ratio:.1} times as many together.\n",
        alone.us, together.us, alone.bytes, together.bytes,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_and_their_ratio_are_told() {
        let json = r#"{"alone": {"us": 900.4, "bytes": 90000}, "together": {"us": 300.0, "bytes": 60000}}"#;
        let text = document(&serde_json::from_str(json).unwrap(), "today");
        assert!(text.contains("| time, µs | 900 | 300 |"), "{text}");
        assert!(text.contains("3.0 times"), "{text}");
    }
}
