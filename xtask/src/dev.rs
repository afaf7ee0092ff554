//! Rebuilds and restarts while somebody edits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use anyhow::Result;

use crate::running::Running;
use crate::setup::wasm::Toolchain;
use crate::setup::{self, Need};
use crate::stage::Stages;
use crate::{place, program, site};

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// What the server and the site are made of.
const WATCHED: [&str; 11] = [
    "Cargo.toml",
    "app",
    "attest",
    "frontend",
    "dom",
    "table",
    "migrations",
    "model",
    "server",
    "style",
    "xtask/src/site",
];

/// `cargo xtask dev`.
pub fn run(stages: &mut Stages) -> Result<()> {
    let toolchain = setup::install(stages, Need::Demo)?;
    let folder = place::root().join("demo/dev");
    fs::create_dir_all(&folder)?;
    let mut server = None;
    loop {
        let seen = times();
        // The old server goes on until a new one is built, so a mistake costs no page.
        match build(&toolchain) {
            Ok(()) => {
                drop(server.take());
                server = Some(start(&folder)?);
                eprintln!(
                    "\n    http://127.0.0.1:8080 runs what you see; its log: {}",
                    folder.join("server.log").display()
                );
            }
            Err(error) => eprintln!("\nerror: {error:#}"),
        }
        eprintln!("    waiting for a change (Ctrl-C ends)");
        while times() == seen {
            thread::sleep(EVERY);
            if let Some(Err(error)) = server.as_mut().map(Running::check) {
                eprintln!("\nerror: {error:#}");
                server = None;
            }
        }
    }
}

fn build(toolchain: &Toolchain) -> Result<()> {
    let mut stages = Stages::default();
    site::build(&mut stages, toolchain)?;
    program::run(program::cargo().args(["build", "--package", "trustboard-server"]))
}

fn start(folder: &Path) -> Result<Running> {
    let mut command = Command::new(place::built("debug", "trustboard"));
    command.arg("serve").env("TRUSTBOARD_DATA_DIR", folder);
    Running::start("the server", &mut command, &folder.join("server.log"))
}

/// When each watched file was last written.
fn times() -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    let mut open: Vec<_> = WATCHED.iter().map(|path| place::root().join(path)).collect();
    while let Some(path) = open.pop() {
        // An editor may replace a file at this very moment: the next look sees it.
        let Ok(data) = fs::metadata(&path) else { continue };
        if data.is_dir() {
            open.extend(
                fs::read_dir(&path).into_iter().flatten().flatten().map(|file| file.path()),
            );
        } else if let Ok(time) = data.modified() {
            times.insert(path, time);
        }
    }
    times
}
