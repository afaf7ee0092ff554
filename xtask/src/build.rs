//! The release build: two programs, and nothing else to install beside them.

use std::fs;

use anyhow::{Context as _, Result};

use crate::setup::{self, Need};
use crate::stage::Stages;
use crate::{place, program, site};

/// The programs that are shipped.
const SHIPPED: [&str; 2] = ["trustboard", "trustboard-agent"];

/// `cargo xtask build`.
pub fn release(stages: &mut Stages) -> Result<()> {
    let toolchain = setup::install(stages, Need::Demo)?;
    site::build(stages, &toolchain)?;
    stages.run("build for release", || {
        let mut cargo = program::cargo();
        cargo.args(["build", "--release", "-p", "trustboard-server", "-p", "trustboard-agent"]);
        program::run(&mut cargo)
    })?;
    for name in SHIPPED {
        let file = place::built("release", name);
        let size = fs::metadata(&file).with_context(|| format!("{}", file.display()))?.len();
        #[expect(clippy::cast_precision_loss, reason = "a size for people, in mebibytes")]
        let mebibytes = size as f64 / 1_048_576.0;
        println!("{:<60} {mebibytes:>6.1} MiB", file.display());
    }
    Ok(())
}
