//! `cargo xtask bench record`: what recording an appraisal in full costs.

use std::collections::BTreeMap;

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
    /// Pages of the write-ahead log, by table or index, for each of those that are the same when 64 of
    /// them are recorded together.
    pages: BTreeMap<String, f64>,
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
    let Measured { renewed, changed, pages } = measured;
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
         that changed something. The log grows by {:.1} pages of 4 KiB for one that is the same, with \
         those that wait: {}.\n",
        row("time, µs", &|way| format!("{:.0}", way.us)),
        row("statements", &|way| format!("{:.1}", way.statements)),
        row("bytes written", &|way| way.bytes.to_string()),
        ratio(renewed),
        ratio(changed),
        pages.values().sum::<f64>(),
        most_first(pages),
    )
}

/// What is written most, first; what is a tenth of a page or less stays out.
fn most_first(pages: &BTreeMap<String, f64>) -> String {
    let mut told: Vec<_> = pages.iter().filter(|(_, pages)| **pages > 0.1).collect();
    told.sort_by(|one, other| other.1.total_cmp(one.1));
    let told: Vec<_> = told.iter().map(|(name, pages)| format!("{name} {pages:.1}")).collect();
    told.join(", ")
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
                        "together": {"us": 400, "bytes": 150000, "statements": 0.48}},
            "pages": {"evidence": 1.25, "boots": 0.05, "reports": 5.5}}"#;
        let text = document(&serde_json::from_str(json).unwrap(), "today");
        assert!(text.contains("| time, µs | 900 | 300 | 2000 | 400 |"), "{text}");
        assert!(text.contains("| statements | 20.0 | 0.3 | 29.0 | 0.5 |"), "{text}");
        assert!(
            text.contains("6.8 pages") && text.contains(": reports 5.5, evidence 1.2."),
            "{text}"
        );
        assert!(text.contains("3.0 times") && text.contains("5.0 times"), "{text}");
    }
}
