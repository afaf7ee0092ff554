//! `cargo xtask bench record`: what recording an appraisal in full costs.

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::report;
use crate::program;
use crate::stage::Stages;

/// What the bench prints.
#[derive(Deserialize)]
struct Measured {
    /// Hosts that pass as before.
    renewed: Ways,
    /// Hosts of which something else is concluded.
    changed: Ways,
}

/// One by one, and many together.
#[derive(Deserialize)]
struct Ways {
    alone: Way,
    together: Way,
}

/// One way of recording: for one appraisal.
#[derive(Deserialize)]
struct Way {
    us: f64,
    bytes: u64,
    statements: f64,
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
    let Measured { renewed, changed } = measured;
    let row = |what: &str, of: &dyn Fn(&Way) -> String| {
        let Ways { alone, together } = renewed;
        let cells = [alone, together, &changed.alone, &changed.together].map(of);
        format!("| {what} | {} |\n", cells.join(" | "))
    };
    let ratio = |ways: &Ways| ways.alone.us / ways.together.us;
    format!(
        "## Recording an appraisal in full\n\nHosts that report after a boot, each with another \
         event log of 24 KiB, 64 at a time, on SQLite with durable commits, by `cargo xtask bench \
         record`: {stamp}. *The same*: they pass as before; *changed*: something else is concluded, \
         with an event, a job and a run of its own. All ways are measured in turn, medians of 8 \
         rounds.\n\n\
         | for one appraisal | the same, by itself | with those that wait | changed, by itself | with \
         those that wait |\n|---|---:|---:|---:|---:|\n{}{}{}\n\
         One writer records {:.1} times as many together that are the same, and {:.1} times as many \
         that changed something.\n",
        row("time, µs", &|way| format!("{:.0}", way.us)),
        row("statements", &|way| format!("{:.1}", way.statements)),
        row("bytes to the disk", &|way| way.bytes.to_string()),
        ratio(renewed),
        ratio(changed),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_and_its_ratio_is_told() {
        let json = r#"{
            "renewed": {"alone": {"us": 900.4, "bytes": 90000, "statements": 20},
                        "together": {"us": 300.0, "bytes": 60000, "statements": 0.28}},
            "changed": {"alone": {"us": 2000, "bytes": 160000, "statements": 29},
                        "together": {"us": 400, "bytes": 150000, "statements": 0.48}}}"#;
        let text = document(&serde_json::from_str(json).unwrap(), "today");
        assert!(text.contains("| time, µs | 900 | 300 | 2000 | 400 |"), "{text}");
        assert!(text.contains("| statements | 20.0 | 0.3 | 29.0 | 0.5 |"), "{text}");
        assert!(text.contains("3.0 times") && text.contains("5.0 times"), "{text}");
    }
}
