//! Where things are: the workspace, its target folder, the site, the browser tests.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result};

/// The workspace's root.
pub fn root() -> &'static Path {
    // Cargo sets it when xtask is compiled: the folder of xtask's own manifest.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// The target folder, as Cargo sees it.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The finished site. It lies in the workspace's own `target`, where the server's build looks.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// The browser tests, whose npm packages hold the site's tools too.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// A program that Cargo built with this profile's folder name (`debug`, `release`).
pub fn built(profile_folder: &str, program: &str) -> PathBuf {
    target().join(profile_folder).join(program)
}

/// A new folder under the system's own for temporary files.
pub fn temporary_folder(purpose: &str) -> Result<PathBuf> {
    let name = format!("trustboard-{purpose}-{}", std::process::id());
    let folder = env::temp_dir().join(name);
    fs::create_dir_all(&folder).with_context(|| format!("{}", folder.display()))?;
    Ok(folder)
}
