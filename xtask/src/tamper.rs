//! `cargo xtask tamper`: evidence that was tampered with must not be believed.

use anyhow::Result;

use crate::program;
use crate::stage::Stages;

/// Mutants of a test run, in a development build: what a change breaks shows among the first.
const FEW: u64 = 28_000;

/// Runs a few mutants.
pub fn shortly(stages: &mut Stages) -> Result<()> {
    stages.run("tamper", || {
        let mut tamper = program::cargo();
        tamper.args(["run", "--package", "trustboard-attest", "--example", "tamper"]);
        program::run(tamper.args(["--", &FEW.to_string()]))
    })
}

/// Runs the mutants, optimised: there are millions.
pub fn run(stages: &mut Stages, mutants: u64, seed: u64) -> Result<()> {
    stages.run("tamper", || {
        let mut tamper = program::cargo();
        tamper.args(["run", "--release", "--package", "trustboard-attest", "--example", "tamper"]);
        tamper.args(["--", &mutants.to_string(), &seed.to_string()]);
        program::run(&mut tamper)
    })
}
