//! `cargo xtask fuzz`: the fuzz targets of every parser of outside bytes.
//!
//! libFuzzer needs no nightly compiler: the flags that make coverage visible to it are stable,
//! and only the sanitisers are not. There is no unsafe code here that they could watch.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::stage::Stages;
use crate::{place, program};

/// What to run.
#[derive(clap::Args)]
pub struct Options {
    /// Only these targets: the names of the files in attest/fuzz/fuzz_targets.
    targets: Vec<String>,
    /// How often each target is executed.
    #[arg(long, default_value_t = 1_000_000)]
    runs: u64,
}

/// Executions of each target in a test run.
const FEW: u64 = 100_000;

/// How long one target may take in a test run; libFuzzer stops by itself.
const LONGEST: Duration = Duration::from_mins(3);

/// What libFuzzer looks at: counters at every edge, compared values (LLVM's `SanitizerCoverage`).
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks";

/// `cargo xtask fuzz`
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let targets = chosen(&options.targets)?;
    stages.run("fuzz targets: build", build)?;
    for target in targets {
        stages.run(&format!("fuzz {target}"), || fuzz(&target, options.runs, None))?;
    }
    Ok(())
}

/// Every target for a short while.
pub fn shortly(stages: &mut Stages) -> Result<()> {
    stages.run("fuzz", || {
        build()?;
        chosen(&[])?.iter().try_for_each(|target| fuzz(target, FEW, Some(LONGEST)))
    })
}

/// Targets by name; all of them, if none is named.
fn chosen(names: &[String]) -> Result<Vec<String>> {
    let folder = folder().join("fuzz_targets");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        all.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    all.sort();
    match names.iter().find(|name| !all.contains(name)) {
        Some(unknown) => bail!("there is no target {unknown}; there are {}", all.join(", ")),
        None if names.is_empty() => Ok(all),
        None => Ok(names.to_vec()),
    }
}

fn build() -> Result<()> {
    let triple = triple()?;
    let mut build = program::cargo();
    // A target is named so that build scripts and macros are not compiled with these flags.
    build.args(["build", "--release", "--target", &triple]);
    build.arg("--manifest-path").arg(folder().join("Cargo.toml"));
    build.arg("--target-dir").arg(compiled());
    program::run(build.env("RUSTFLAGS", FLAGS))
}

/// Executes one target, beginning with what crashed it once and with what it found earlier.
fn fuzz(target: &str, runs: u64, limit: Option<Duration>) -> Result<()> {
    let corpus = compiled().join("corpus").join(target);
    std::fs::create_dir_all(&corpus)?;
    let mut fuzz = Command::new(compiled().join(triple()?).join("release").join(target));
    fuzz.arg(format!("-runs={runs}")).args(["-max_len=65536", "-timeout=20", "-rss_limit_mb=2048"]);
    fuzz.args(["-print_final_stats=0", "-verbosity=0", "-seed=1"]);
    fuzz.arg(format!("-artifact_prefix={}/crash-{target}-", compiled().display()));
    if let Some(limit) = limit {
        fuzz.arg(format!("-max_total_time={}", limit.as_secs()));
    }
    fuzz.arg(&corpus);
    let regressions = folder().join("regressions").join(target);
    if regressions.is_dir() {
        fuzz.arg(regressions);
    }
    eprintln!("    {target}: {runs} executions");
    program::run(&mut fuzz)
}

/// This machine, as the compiler names it.
fn triple() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let triple = program::output(Command::new(rustc).arg("--print=host-tuple"))?;
    Ok(triple.trim().to_owned())
}

fn folder() -> PathBuf {
    place::root().join("attest/fuzz")
}

/// Apart from all else that is compiled: these programs have other flags.
fn compiled() -> PathBuf {
    place::target().join("fuzz")
}
