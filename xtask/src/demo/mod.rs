//! The demonstration: a server, ten hosts with real agents on software TPMs, and a link.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::json;

use self::installation::Installation;
use crate::programs::Programs;
use crate::server::{Ports, User};
use crate::setup::{self, Need};
use crate::stage::Stages;
use crate::{place, program, site};

pub mod check;
pub mod expectation;
mod installation;

/// What `demo` is asked for.
#[derive(Args)]
pub struct Options {
    /// Do it all on free ports in a temporary folder, compare every row with what it should say,
    /// print the table and end.
    #[arg(long)]
    check: bool,
    /// For programs, such as the browser tests: build nothing, use free ports and this folder,
    /// print one line of JSON when all hosts have reported, end at SIGTERM.
    #[arg(long, value_name = "FOLDER", conflicts_with = "check")]
    for_program: Option<PathBuf>,
}

/// `cargo xtask demo`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    if let Some(folder) = &options.for_program {
        return serve_program(folder);
    }
    let programs = build(stages)?;
    if options.check { check::run(stages, &programs) } else { play(stages, &programs) }
}

/// The folder of the running demonstration.
pub fn folder() -> PathBuf {
    place::root().join("demo")
}

fn build(stages: &mut Stages) -> Result<Programs> {
    let toolchain = setup::install(stages, Need::Demo)?;
    site::build(stages, &toolchain)?;
    stages.run("build server, agent, simulator", || {
        let mut cargo = program::cargo();
        cargo.arg("build");
        for package in ["trustboard-server", "trustboard-agent", "trustboard-simulator"] {
            cargo.args(["--package", package]);
        }
        program::run(&mut cargo)
    })?;
    Ok(Programs::built())
}

fn play(stages: &mut Stages, programs: &Programs) -> Result<()> {
    let folder = folder().join("play");
    let ended = ended_by_signal()?;
    let mut installation = Installation::start(stages, programs, &folder, Ports::Usual)?;
    stages.run("hosts report", || installation.wait_for_hosts())?;
    let link = installation.sign_in_link("demo")?;

    stages.print();
    stages.clear();
    println!("\nOpen this once, within ten minutes, to be signed in as the administrator:\n");
    println!("    {link}\n");
    println!("Or sign in at {} as", installation.url());
    for user in installation.users() {
        println!("    {:<10} {}   ({})", user.name, user.password, user.role);
    }
    println!("\nBreak a host, read why it is red, mend it, and reset its alarm to green:\n");
    println!("    cargo xtask sim list");
    println!("    cargo xtask sim break db-prod-01 secure-boot-off");
    println!("    cargo xtask sim fix db-prod-01\n");
    println!("Logs and data are in {}. Ctrl-C ends it.", folder.display());

    loop {
        match ended.recv_timeout(Duration::from_millis(500)) {
            Ok(()) => break,
            Err(RecvTimeoutError::Timeout) => installation.check()?,
            Err(RecvTimeoutError::Disconnected) => bail!("no signals arrive any more"),
        }
    }
    eprintln!("\nending");
    installation.end();
    Ok(())
}

/// The same for a program, which reads where everything is.
fn serve_program(folder: &Path) -> Result<()> {
    let ended = ended_by_signal()?;
    let mut stages = Stages::default();
    let programs = Programs::built();
    programs.check()?;
    let mut installation = Installation::start(&mut stages, &programs, folder, Ports::Free)?;
    installation.wait_for_hosts()?;
    let users: Vec<_> = installation.users().iter().map(User::to_json).collect();
    let ready = json!({
        "url": installation.url(),
        "users": users,
        "datacenters": installation.datacenters()?,
        "simulator": programs.simulator,
        "server": programs.server,
        "hosts": installation.hosts_folder(),
        "data": installation.data_folder(),
    });
    println!("{ready}");
    ended.recv().context("no signals arrive any more")?;
    installation.end();
    Ok(())
}

/// Receives once for Ctrl-C or SIGTERM.
pub fn ended_by_signal() -> Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more: then we are ending already.
        let _ = sender.send(());
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(receiver)
}

/// `cargo xtask sim ...`: hands everything on to the running demonstration's simulator.
pub fn simulator(arguments: &[String]) -> Result<()> {
    let hosts = folder().join("play").join(installation::HOSTS);
    if !hosts.exists() {
        bail!("no demonstration is running here; start one with `cargo xtask demo`");
    }
    let status = Command::new(Programs::built().simulator)
        .arg("--dir")
        .arg(hosts)
        .args(arguments)
        .status()
        .context("cannot start trustboard-simulator")?;
    if !status.success() {
        bail!("the simulator ended with {status}");
    }
    Ok(())
}
