//! `cargo xtask sim --light`: a server with many thousand light hosts.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Parser;
use serde_json::json;

use crate::demo::ended_by_signal;
use crate::programs::Programs;
use crate::server::{Ports, User};
use crate::setup::{self, Need};
use crate::stage::Stages;
use crate::{place, program, site};

pub mod counted;
pub mod crew;
pub mod fleet;
pub mod make;
pub mod metrics;
pub mod patience;
pub mod room;
pub mod settle;

use fleet::Fleet;
use make::Size;

/// A server with many thousand hosts in one process: each has keys, a certificate, a session and
/// an event log of its own, and speaks the real protocol.
#[derive(Parser)]
#[command(name = "cargo xtask sim --light", bin_name = "cargo xtask sim --light")]
pub struct Options {
    #[command(flatten)]
    size: Size,
    /// Keep everything in this folder: the same fleet comes back with the next start.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// End when all hosts are as they should be.
    #[arg(long)]
    prepare_only: bool,
    /// For programs, such as the browser tests: build nothing, print one line of JSON when all
    /// hosts are as they should be, end at SIGTERM.
    #[arg(long)]
    for_program: bool,
}

/// `cargo xtask sim --light ...`
pub fn run(stages: &mut Stages, arguments: &[String]) -> Result<()> {
    let name = ["cargo xtask sim --light".to_owned()];
    let options = match Options::try_parse_from(name.iter().chain(arguments)) {
        Ok(options) => options,
        // A wrong word ends here; a wish for help is answered.
        Err(error) => error.exit(),
    };
    let ended = ended_by_signal()?;
    let programs = if options.for_program { built()? } else { build(stages)? };
    let (folder, temporary) = match &options.keep {
        Some(folder) => (place::root().join(folder), false),
        None => (place::temporary_folder("light")?, true),
    };
    let ports = if options.for_program { Ports::Free } else { Ports::Usual };
    let mut fleet = Fleet::start(stages, &programs, &folder, ports, &options.size, ended)?;
    if options.for_program {
        println!("{}", describe(&fleet, &programs)?);
        fleet.until_asked()?;
    } else if !options.prepare_only {
        stages.print();
        stages.clear();
        invite(&fleet)?;
        fleet.until_asked()?;
        eprintln!("\nending");
    }
    fleet.end();
    if temporary {
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Server and simulator for release: ten thousand sessions are no work for a debug build.
pub fn build(stages: &mut Stages) -> Result<Programs> {
    let toolchain = setup::install(stages, Need::Demo)?;
    site::build(stages, &toolchain)?;
    stages.run("build server and simulator for release", || {
        let mut cargo = program::cargo();
        cargo.args(["build", "--release", "-p", "trustboard-server", "-p", "trustboard-simulator"]);
        program::run(&mut cargo)
    })?;
    Ok(Programs::released())
}

/// What was built last, for release or beside ourselves: tests look at what is there now.
pub fn built() -> Result<Programs> {
    let built_at = |programs: &Programs| {
        let at = |program: &Path| fs::metadata(program).and_then(|meta| meta.modified()).ok();
        at(&programs.server).filter(|_| programs.simulator.exists())
    };
    let all = [Programs::released(), Programs::built()];
    let latest = all.into_iter().filter(|all| built_at(all).is_some()).max_by_key(built_at);
    latest.context("neither server nor simulator are there: run `cargo xtask sim --light` once")
}

/// Where everything is, for a program.
fn describe(fleet: &Fleet, programs: &Programs) -> Result<serde_json::Value> {
    let users: Vec<_> = fleet.users().iter().map(User::to_json).collect();
    Ok(json!({
        "url": fleet.url(),
        "users": users,
        "datacenters": fleet.datacenters()?,
        "simulator": programs.simulator,
        "server": programs.server,
        "hosts": fleet.hosts_folder(),
        "data": fleet.data_folder(),
    }))
}

fn invite(fleet: &Fleet) -> Result<()> {
    println!("\nOpen this once, within ten minutes, to be signed in as the administrator:\n");
    println!("    {}\n", fleet.sign_in_link()?);
    println!("Or sign in at {} as", fleet.url());
    for user in fleet.users() {
        println!("    {:<10} {}   ({})", user.name, user.password, user.role);
    }
    println!("\nCtrl-C ends it.");
    Ok(())
}
