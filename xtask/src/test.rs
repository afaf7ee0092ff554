//! Everything that CI runs, stage by stage. A failed stage does not hide those after it.

use std::env;
use std::process::Command;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::postgres::{Cluster, Commits};
use crate::programs::Programs;
use crate::setup::wasm::{TARGET, Toolchain};
use crate::setup::{self, Need, node};
use crate::stage::Stages;
use crate::vm::check::Extent;
use crate::{chaos, demo, fuzz, postgres, program, site, tamper, tidy, vectors, vm};

/// The frontend is only ever built for wasm: beside the server, its features and the server's
/// would be mixed.
const NATIVE: [&str; 3] = ["--workspace", "--exclude", "trustboard-frontend"];

/// What to run.
#[derive(Args)]
pub struct Options {
    /// Only these stages, after the setup.
    #[arg(long, value_name = "STAGE")]
    only: Vec<Stage>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Formatting.
    Fmt,
    /// House rules.
    Tidy,
    /// What the browser loads.
    Site,
    /// Lints, native and wasm, feature by feature.
    Clippy,
    /// Documentation, private items too.
    Doc,
    /// Unit, contract, software TPM and HTTP tests.
    Unit,
    /// Every fuzz target, a short run.
    Fuzz,
    /// Evidence that nobody here made, where the folder is.
    Vectors,
    /// Evidence that was tampered with, a short run.
    Tamper,
    /// The demonstration, every row compared.
    Demo,
    /// A server broken on purpose, a short run.
    Chaos,
    /// The browser tests.
    Browser,
    /// A virtual host with real firmware, with Secure Boot on and off.
    Vm,
}

/// `cargo xtask test`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let toolchain = setup::install(stages, Need::Tests)?;
    let is_wanted = |stage| options.only.is_empty() || options.only.contains(&stage);

    // Every stage runs; which ones failed is in the list at the end.
    if is_wanted(Stage::Fmt) {
        let mut fmt = program::cargo();
        let _ = stages.run("format", || program::run(fmt.args(["fmt", "--all", "--check"])));
    }
    if is_wanted(Stage::Tidy) {
        let _ = stages.run("tidy", tidy::check);
    }
    // Before everything that compiles the server, which carries the site in itself.
    if is_wanted(Stage::Site) {
        let _ = site::build(stages, &toolchain);
    }
    if is_wanted(Stage::Clippy) {
        let _ = stages.run("clippy, native", clippy_native);
        let _ = stages.run("clippy, wasm", || clippy_wasm(&toolchain));
    }
    if is_wanted(Stage::Doc) {
        let _ = stages.run("documentation", documentation);
    }
    if is_wanted(Stage::Unit) && stages.run("compile tests", compile_tests).is_ok() {
        let _ = stages.run("tests", tests);
        let _ = stages.run("tests in documentation", doc_tests);
    }
    if is_wanted(Stage::Fuzz) {
        let _ = fuzz::shortly(stages);
    }
    if is_wanted(Stage::Vectors) {
        let _ = vectors::shortly(stages);
    }
    if is_wanted(Stage::Tamper) {
        let _ = tamper::shortly(stages);
    }

    // These run the programs that the tests were compiled with.
    let runs_programs =
        [Stage::Demo, Stage::Chaos, Stage::Browser, Stage::Vm].into_iter().any(is_wanted);
    let has_programs = is_wanted(Stage::Unit)
        || runs_programs && stages.run("compile programs", compile_tests).is_ok();
    if has_programs && is_wanted(Stage::Demo) {
        let _ = demo::check::run(stages, &Programs::built());
    }
    if has_programs && is_wanted(Stage::Chaos) {
        let _ = chaos::shortly(stages, &Programs::built());
    }
    if has_programs && is_wanted(Stage::Browser) {
        let _ = stages.run("browser tests: types", browser_types);
        let _ = stages.run("browser tests", browser_tests);
    }
    if has_programs && is_wanted(Stage::Vm) {
        let _ = setup::virtual_hosts(stages)
            .and_then(|()| vm::check::run(stages, &Programs::built(), Extent::OnAndOff, None));
    }

    let (passed, failed) = stages.counts();
    println!("\nstages: {passed} passed, {failed} failed");
    if failed > 0 {
        bail!("{failed} stages failed");
    }
    Ok(())
}

fn clippy_native() -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    program::run(program::cargo().arg("clippy").args(NATIVE).arg("--all-targets").args(deny))?;
    // The app is more than what the server turns on in it.
    let mut bare = program::cargo();
    program::run(bare.args(["clippy", "--package", "trustboard-app"]).args(deny))
}

fn clippy_wasm(toolchain: &Toolchain) -> Result<()> {
    let mut cargo = toolchain.cargo();
    let deny: &[&str] = match toolchain {
        Toolchain::Current => {
            cargo.arg("clippy");
            &["--", "-D", "warnings"]
        }
        Toolchain::Debian { .. } => {
            eprintln!("    Debian's toolchain has no clippy: checking only");
            cargo.arg("check");
            &[]
        }
    };
    cargo.args(["--package", "trustboard-frontend", "--package", "trustboard-app"]);
    cargo.args(["--package", "trustboard-dom", "--package", "trustboard-table"]);
    cargo.args(["--features", "trustboard-app/hydrate", "--target", TARGET]).args(deny);
    program::run(&mut cargo)
}

fn documentation() -> Result<()> {
    let mut doc = program::cargo();
    doc.arg("doc").args(NATIVE).args(["--no-deps", "--document-private-items"]);
    // Private items are documented, so links to them lead somewhere.
    let flags = "-D warnings -A rustdoc::private_intra_doc_links --cfg erase_components";
    program::run(doc.env("RUSTDOCFLAGS", flags))
}

/// All programs and tests in one build, so that each crate is compiled with one set of features.
pub fn compile_tests() -> Result<()> {
    program::run(program::cargo().arg("build").args(NATIVE).args(["--bins", "--tests"]))
}

fn tests() -> Result<()> {
    // What storage promises is tried on both databases: without this one the tests have failed.
    let postgres = Cluster::start(Commits::Forgetful)?;
    let mut test = program::cargo();
    test.env(postgres::ADDRESS, postgres.url());
    if has_nextest() {
        test.args(["nextest", "run"]).args(NATIVE).args(["--no-fail-fast", "--status-level=fail"]);
    } else {
        test.arg("test").args(NATIVE).args(["--bins", "--lib", "--tests", "--no-fail-fast"]);
    }
    program::run(&mut test)
}

fn has_nextest() -> bool {
    let mut probe: Command = program::cargo();
    program::output(probe.args(["nextest", "--version"])).is_ok()
}

fn doc_tests() -> Result<()> {
    program::run(program::cargo().arg("test").args(NATIVE).arg("--doc"))
}

fn browser_types() -> Result<()> {
    program::run(node::script("typescript/bin/tsc")?.args(["--project", "."]))
}

fn browser_tests() -> Result<()> {
    let mut playwright = node::script("@playwright/test/cli.js")?;
    playwright.arg("test");
    // Starts the servers and hosts that the tests look at.
    // By its name: this one was replaced if the tests were compiled with another set of features.
    let xtask = env::current_exe()?.with_file_name("trustboard-xtask");
    playwright.env("TRUSTBOARD_XTASK", xtask);
    program::run(&mut playwright)
}
