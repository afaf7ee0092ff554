//! `cargo xtask bench fleet`: the server with as many hosts as this machine can connect, against the
//! goals for a hundred thousand.
//!
//! Every part is measured by `cargo xtask load` in a process of its own, on a fleet that is made once
//! and kept. What a part gave is kept beside it, so that one can be measured again by itself; the
//! document says of each when that was, at which version and with how many hosts.

mod figures;
mod part;
mod results;

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::Value;

use self::part::{Part, Run};
use self::results::{Kept, Results};
use super::report;
use crate::light::{self, room};
use crate::place;
use crate::stage::Stages;

/// What `bench fleet` is asked for.
#[derive(Args)]
pub struct Options {
    /// Only these; without, all but `large`.
    #[arg(long, value_enum, value_delimiter = ',')]
    parts: Vec<Part>,
    /// Hosts of the fleet on SQLite: one server has their sessions.
    #[arg(long, value_name = "NUMBER", default_value_t = 19_000)]
    hosts: u32,
    /// Hosts of the fleet that it is compared with.
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    few: u32,
    /// Seconds between two verifications of a host where the rate is measured.
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    fast: u32,
    /// The same in usual operation: fewer hosts that are verified more often stand for more.
    #[arg(long, value_name = "SECONDS", default_value_t = 12)]
    usual: u32,
    /// Hosts of the fleet on PostgreSQL, with one server and with three.
    #[arg(long, value_name = "NUMBER", default_value_t = 3_000)]
    shared: u32,
    /// Hosts of the part `large`, on as many servers as have room for them, every minute.
    #[arg(long, value_name = "NUMBER", default_value_t = 100_000)]
    large: u32,
    /// Hosts that fail, are acknowledged and reset in bulk.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    failing: u32,
    /// How long the usual operation is measured, in seconds; the others half of it.
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 120)]
    length: u64,
    /// Where fleets and results are kept [default: fleets in the target folder]
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Build nothing: measure the programs that are there.
    #[arg(long)]
    as_built: bool,
    /// Print the tables, and write no document.
    #[arg(long)]
    dry: bool,
}

impl Options {
    fn folder(&self) -> PathBuf {
        match &self.keep {
            Some(folder) => place::root().join(folder),
            None => place::target().join("fleets"),
        }
    }
}

/// `cargo xtask bench fleet`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let room = room::sessions();
    if options.hosts > room {
        let (hosts, files) = (options.hosts, room::files());
        bail!("one server has no room for {hosts} hosts: a process may open {files} files here");
    }
    if !options.as_built {
        light::build(stages)?;
    }
    let results = Results::in_folder(&options.folder().join("results"))?;
    let commit = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output()?;
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    for run in part::runs(&options.parts) {
        let stamp = format!("{}, {commit}", report::stamp()?);
        // One that fails is said, and the others are measured.
        let measured = stages.run(&format!("the fleet: {}", run.name()), || load(options, run));
        let kept = match measured {
            Ok(measured) => Kept::new(stamp, measured),
            Err(error) => {
                eprintln!("{error:#}");
                Kept { stamp, measured: None, problem: Some(format!("{error:#}")) }
            }
        };
        for part in run.parts() {
            results.put(part, &kept)?;
        }
    }
    let text = figures::text(&results.all()?, room::files());
    println!("\n{text}");
    if options.dry { Ok(()) } else { report::write("fleet", &text) }
}

/// What `cargo xtask load` says of it.
fn load(options: &Options, run: Run) -> Result<Value> {
    let mut command = Command::new(env::current_exe().context("where this program is")?);
    command.args(["load", "--as-built"]).args(run.arguments(options, &options.folder()));
    // How far it is can be read meanwhile; what failed stands in what it prints.
    let done = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8_lossy(&done.stdout);
    serde_json::from_str(&text).with_context(|| format!("`load` printed {text:?}"))
}
