//! `cargo xtask bench hot`: what one appraisal costs, beside the library's own operations in the same
//! run.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use clap::Args;
use serde::Deserialize;

use super::goal::Figure;
use super::report;
use crate::program;
use crate::stage::Stages;

/// What `bench hot` is asked for.
#[derive(Args)]
pub struct Options {
    /// Only rows whose name holds one of these words; then no document is written.
    words: Vec<String>,
}

/// One thing that was measured.
#[derive(Deserialize)]
struct Row {
    name: String,
    us: f64,
    beside: Vec<Beside>,
    goal: Option<f64>,
    allocations: u64,
}

/// What it was measured beside.
#[derive(Deserialize)]
struct Beside {
    what: String,
    us: f64,
    ratio: f64,
}

/// `cargo xtask bench hot`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let mut bench = program::cargo();
    bench.args(["bench", "--package", "trustboard-attest", "--bench", "verify", "--"]);
    if !options.words.is_empty() {
        bench.args(&options.words);
        return stages.run("bench hot", || program::run(&mut bench));
    }
    let stamp = report::stamp()?;
    let rows = stages.run("bench hot", || {
        let text = program::output(bench.arg("--json"))?;
        let rows: Vec<Row> =
            serde_json::from_str(&text).with_context(|| format!("the bench printed {text}"))?;
        Ok(rows)
    })?;
    let text = document(&rows, &stamp);
    println!("\n{text}");
    report::write("hot", &text)
}

fn document(rows: &[Row], stamp: &str) -> String {
    let (stages, whole): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row.name.starts_with("stage, "));
    let figures: Vec<Figure> = whole.iter().filter_map(|row| figure(row)).collect();
    format!(
        "## One appraisal\n\nOn one core, with evidence of three banks, by `cargo xtask bench hot`: \
         {stamp}. Medians of 101 rounds that measure everything in turn: times are upper bounds on \
         a machine that does other things, ratios are what counts. *One bare verification* is the \
         library's own of one signature, with a key that is ready.\n\n{}\n\
         *All known*: certificate and boot were judged before by the same standards. *New log*: the \
         certificate alone was. *First of a host*: neither, so its chain to the maker's root is \
         verified too.\n\n{}\n\
         Parts of it, as far as they can be called by themselves:\n\n{}",
        table(&whole),
        report::table(&figures),
        table(&stages),
    )
}

fn table(rows: &[&Row]) -> String {
    let mut table =
        String::from("| | µs | × one bare verification | allocations |\n|---|---:|---:|---:|\n");
    for row in rows {
        let name = row.name.strip_prefix("stage, ").unwrap_or(&row.name);
        let ratio =
            row.beside.first().map_or(String::new(), |beside| format!("{:.2}", beside.ratio));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {:.1} | {ratio} | {} |", row.us, row.allocations);
    }
    table
}

/// The row against its goal, if it has one.
fn figure(row: &Row) -> Option<Figure> {
    let beside = row.beside.last()?;
    let name = format!("{}: × {} ({:.0} µs)", row.name, beside.what, beside.us);
    Some(Figure::at_most(name, beside.ratio, row.goal?, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_held_against_the_last_of_what_it_stands_beside() {
        let json = r#"[{"name": "full", "us": 200.0, "goal": 1.5, "allocations": 3, "beside": [
            {"what": "bare", "us": 50.0, "ratio": 4.0},
            {"what": "bare and hashing", "us": 100.0, "ratio": 2.0}]},
            {"name": "stage, RSA: reading", "us": 1.0, "goal": null, "allocations": 0, "beside": []}]"#;
        let rows: Vec<Row> = serde_json::from_str(json).unwrap();
        let text = document(&rows, "today");
        assert!(text.contains("| full | 200.0 | 4.00 | 3 |"), "{text}");
        assert!(text.contains("| full: × bare and hashing (100 µs) | 2 | ≤ 1.500 | **missed** |"));
        assert!(text.contains("| RSA: reading | 1.0 |  | 0 |"), "{text}");
    }
}
