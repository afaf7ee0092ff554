//! Installs what is missing, says what and why, and does nothing where all is there.

use anyhow::Result;

use crate::stage::Stages;

pub mod node;
pub mod system;
pub mod wasm;

/// What a command needs beyond Rust and a C compiler.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To build the programs and the site, and to run agents on software TPMs.
    Demo,
    /// The same, and a browser.
    Tests,
    /// Software TPMs and virtual machines with real firmware to use them.
    VirtualHosts,
}

impl Need {
    /// Whether what is there for `other` is needed too.
    fn covers(self, other: Self) -> bool {
        self == other || other == Self::Demo
    }
}

/// `cargo xtask setup`.
pub fn everything(stages: &mut Stages) -> Result<()> {
    install(stages, Need::Tests).map(|_| ())
}

/// Installs what virtual hosts need, with the server and the agents but without the site.
pub fn virtual_hosts(stages: &mut Stages) -> Result<()> {
    stages.run("setup: virtual hosts", || system::install(Need::VirtualHosts))
}

/// Installs what `need` asks for; gives what builds the wasm.
pub fn install(stages: &mut Stages, need: Need) -> Result<wasm::Toolchain> {
    stages.run("setup: system packages", || system::install(need))?;
    let toolchain = stages.run("setup: wasm target", wasm::find_or_install)?;
    stages.run("setup: npm packages", node::install)?;
    Ok(toolchain)
}
