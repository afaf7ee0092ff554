//! `cargo xtask bench walks`: what an operator does to reach a goal, counted and timed in Chromium,
//! with a fleet of the size that the goal speaks of.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::Args;
use serde::Deserialize;

use super::goal::Figure;
use super::report;
use crate::setup::node;
use crate::stage::Stages;
use crate::{light, place, program};

/// What `bench walks` is asked for.
#[derive(Args)]
pub struct Options {
    /// How many hosts the server has; of every 10,000 of them 412 fail alike.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    hosts: u32,
    /// Print the table, and write no document.
    #[arg(long)]
    dry: bool,
}

/// More interactions than these are too many for one cause, however many hosts it has.
const MOST: f64 = 8.0;

/// What the browser test leaves of a walk.
#[derive(Deserialize)]
struct Walk {
    name: String,
    interactions: u32,
    seconds: f64,
    steps: Vec<Step>,
}

/// Something that a person did, with how long it took until they could go on.
#[derive(Deserialize)]
struct Step {
    did: String,
    seconds: f64,
}

/// `cargo xtask bench walks`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let stamp = report::stamp()?;
    light::build(stages)?;
    let folder = place::temporary_folder("bench-walks")?;
    let left = folder.join("walks.jsonl");
    let walked = stages.run("walk", || walk(options, &left));
    let walks = walked.and_then(|()| read(&left));
    fs::remove_dir_all(&folder)?;
    let text = text(&walks?, options, &stamp);
    println!("\n{text}");
    if options.dry { Ok(()) } else { report::write("walks", &text) }
}

fn walk(options: &Options, left: &Path) -> Result<()> {
    let mut playwright = node::script("@playwright/test/cli.js")?;
    playwright.args(["test", "walk.spec.ts"]);
    playwright.env("TRUSTBOARD_XTASK", env::current_exe()?);
    playwright.env("TRUSTBOARD_WALK_HOSTS", options.hosts.to_string());
    playwright.env("TRUSTBOARD_WALKS", left);
    program::run(&mut playwright)
}

fn read(left: &Path) -> Result<Vec<Walk>> {
    let lines = fs::read_to_string(left).context("the walks left no figures")?;
    lines.lines().map(|line| serde_json::from_str(line).context("a walk's figures")).collect()
}

fn text(walks: &[Walk], options: &Options, stamp: &str) -> String {
    let mut text = format!(
        "## Walks\n\n\
         What an operator does to reach a goal, from the overview on, by `cargo xtask bench walks`: \
         {stamp}. Chromium and a release server with {} hosts on the same machine. Every press, \
         choice and text counts as one interaction; reading takes no time here, so the seconds are \
         what the product takes.\n",
        options.hosts
    );
    for walk in walks {
        let interactions = f64::from(walk.interactions);
        let figures = [Figure::at_most("interactions", interactions, MOST, "")];
        let steps =
            walk.steps.iter().enumerate().map(|(index, step)| {
                format!("{}. {} ({:.1} s)\n", index + 1, step.did, step.seconds)
            });
        let steps: String = steps.collect();
        text = format!(
            "{text}\n### {}\n\n{}\n{:.1} s in all:\n\n{steps}",
            walk.name,
            report::table(&figures),
            walk.seconds
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_that_is_too_long_is_said() {
        let steps = vec![Step { did: "press Accept".to_owned(), seconds: 1.25 }];
        let walk = Walk { name: "Red hosts".to_owned(), interactions: 9, seconds: 12.0, steps };
        let text = text(&[walk], &Options { hosts: 10_000, dry: true }, "today");
        assert!(text.contains("| interactions | 9 | ≤ 8 | **missed** |"), "{text}");
        assert!(text.contains("1. press Accept (1.2 s)"), "{text}");
    }
}
