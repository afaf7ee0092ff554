//! The root file system of a virtual host: BusyBox, the agent with its libraries, the kernel's
//! modules and a script.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::archive::Archive;
use super::modules;
use crate::program;

/// What the devices need that [`super::machine`] gives: disks, network, and the file systems.
const MODULES: [&str; 7] =
    ["virtio_pci", "virtio_blk", "virtio_net", "efivarfs", "vfat", "nls_cp437", "nls_ascii"];
const FOLDERS: [&str; 8] = ["proc", "sys", "dev", "state", "tmp", "run", "root", "var/lib"];
const INIT: &str = include_str!("init.sh");

/// Packs it, with the modules in `modules` and the agent in `agent`; `folder` takes what lies on
/// the way. Two with different `release` differ in one file, as after an upgrade.
pub fn pack(modules: &Path, agent: &Path, folder: &Path, release: &str) -> Result<Vec<u8>> {
    let mut archive = Archive::default();
    for name in FOLDERS {
        archive.folder(name);
    }
    archive.program("init", INIT.as_bytes());
    archive.program("bin/busybox", &read(&busybox()?)?);
    let stripped = folder.join("agent.stripped");
    // Debug information is most of a development build, and all of it is measured.
    program::output(Command::new("strip").arg("-o").arg(&stripped).arg(agent))?;
    archive.program("bin/trustboard-agent", &read(&stripped)?);
    for library in libraries(agent)? {
        let path = library.to_str().context("a library's path is not UTF-8")?;
        archive.program(path.trim_start_matches('/'), &read(&library)?);
    }
    let modules = modules::in_order(modules, &MODULES)?;
    let order: Vec<_> = modules.iter().map(|module| module.name.as_str()).collect();
    archive.file("modules/order", order.join("\n").as_bytes());
    for module in &modules {
        archive.file(&format!("modules/{}.ko", module.name), &module.code);
    }
    archive.file("etc/os-release", &read(Path::new("/etc/os-release"))?);
    archive.file("etc/image-release", format!("{release}\n").as_bytes());

    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&archive.finish())?;
    Ok(packed.finish()?)
}

fn busybox() -> Result<PathBuf> {
    program::find("busybox").context("no busybox on the PATH")
}

/// Every library that the agent loads: at its start, and later to reach the TPM's device.
fn libraries(agent: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut libraries = loaded_by(agent)?;
    let loader = libraries.iter().find(|path| path.to_string_lossy().contains("libtss2-tctildr"));
    let folder = loader.and_then(|path| path.parent()).context("the agent loads no tctildr")?;
    let device = folder.join("libtss2-tcti-device.so.0");
    libraries.extend(loaded_by(&device)?);
    libraries.insert(device);
    Ok(libraries)
}

fn loaded_by(program: &Path) -> Result<BTreeSet<PathBuf>> {
    Ok(paths(&program::output(Command::new("ldd").arg(program))?))
}

/// The paths that ldd names: `libm.so.6 => /lib/libm.so.6 (0x...)` or `/lib64/ld.so (0x...)`.
fn paths(listed: &str) -> BTreeSet<PathBuf> {
    let words = listed.lines().flat_map(str::split_whitespace);
    words.filter(|word| word.starts_with('/')).map(PathBuf::from).collect()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_read_from_what_ldd_says() {
        let listed = "\tlinux-vdso.so.1 (0x00007f)\n\tlibm.so.6 => /lib/libm.so.6 (0x00007f)\n\
                      \t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n";
        let expected = ["/lib/libm.so.6", "/lib64/ld-linux-x86-64.so.2"].map(PathBuf::from);
        assert_eq!(paths(listed), expected.into());
    }
}
