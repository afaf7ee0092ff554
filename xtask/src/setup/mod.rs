//! Installs what is missing, says what and why, and does nothing where all is there.

use anyhow::Result;

use crate::stage::Stages;

pub mod node;
mod system;
pub mod wasm;

/// What a command needs beyond Rust and a C compiler.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build the programs and the site, and to run agents on software TPMs.
    Demo,
    /// The same, and a browser.
    Tests,
}

/// `cargo xtask setup`.
pub fn everything(stages: &mut Stages) -> Result<()> {
    install(stages, Need::Tests).map(|_| ())
}

/// Installs what `need` asks for; gives what builds the wasm.
pub fn install(stages: &mut Stages, need: Need) -> Result<wasm::Toolchain> {
    stages.run("setup: system packages", || system::install(need))?;
    let toolchain = stages.run("setup: wasm target", wasm::find_or_install)?;
    stages.run("setup: npm packages", node::install)?;
    Ok(toolchain)
}
