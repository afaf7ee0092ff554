//! The modules that a kernel needs to see the machine's devices, in the order in which they can
//! be loaded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A module's name and its code.
pub struct Module {
    /// `virtio_blk`.
    pub name: String,
    /// The file, not compressed.
    pub code: Vec<u8>,
}

/// These modules of the kernel whose modules are in `folder`, each after those that it needs;
/// without those that are part of the kernel itself.
pub fn in_order(folder: &Path, wanted: &[&str]) -> Result<Vec<Module>> {
    let mut files = BTreeMap::new();
    collect(folder, &mut files)?;
    let builtin = folder.join("modules.builtin");
    let builtin = fs::read_to_string(&builtin).with_context(|| format!("{}", builtin.display()))?;
    let mut modules = Vec::new();
    for name in wanted {
        add(name, &files, &builtin, &mut modules)?;
    }
    Ok(modules)
}

fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else if let Some(name) = module_name(&entry.file_name().to_string_lossy()) {
            files.insert(name, entry.path());
        }
    }
    Ok(())
}

/// `nls_cp437` for `nls-cp437.ko.xz`: the kernel knows no hyphens in names.
fn module_name(file: &str) -> Option<String> {
    let stem = file.strip_suffix(".ko").or_else(|| file.strip_suffix(".ko.xz"))?;
    Some(stem.replace('-', "_"))
}

fn add(
    name: &str,
    files: &BTreeMap<String, PathBuf>,
    builtin: &str,
    modules: &mut Vec<Module>,
) -> Result<()> {
    if modules.iter().any(|module| module.name == name) {
        return Ok(());
    }
    let Some(file) = files.get(name) else {
        let is_builtin = |line: &str| {
            line.rsplit('/').next().and_then(module_name).is_some_and(|found| found == name)
        };
        if builtin.lines().any(is_builtin) {
            return Ok(());
        }
        bail!("the kernel has no module {name}");
    };
    let code = read(file)?;
    for needed in dependencies(&code) {
        add(&needed, files, builtin, modules)?;
    }
    modules.push(Module { name: name.to_owned(), code });
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    if file.extension().is_some_and(|extension| extension == "ko") {
        return fs::read(file).with_context(|| format!("{}", file.display()));
    }
    let unpacked =
        Command::new("xz").arg("-dc").arg(file).stdin(Stdio::null()).output().context("xz")?;
    if !unpacked.status.success() {
        bail!("xz cannot unpack {}", file.display());
    }
    Ok(unpacked.stdout)
}

/// What the module's section `.modinfo` names in `depends=`.
fn dependencies(code: &[u8]) -> Vec<String> {
    const KEY: &[u8] = b"\0depends=";
    let Some(at) = code.windows(KEY.len()).position(|bytes| bytes == KEY) else {
        return Vec::new();
    };
    let value = code.get(at + KEY.len()..).unwrap_or_default();
    let value = value.split(|&byte| byte == 0).next().unwrap_or_default();
    let names = String::from_utf8_lossy(value);
    names.split(',').filter(|name| !name.is_empty()).map(|name| name.replace('-', "_")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first_and_once() {
        let folder = std::env::temp_dir().join(format!("xtask-modules-{}", std::process::id()));
        fs::create_dir_all(folder.join("kernel/net")).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
        write("kernel/net/virtio_net.ko", "\0depends=virtio-ring,virtio,crc16\0x\0");
        write("kernel/virtio-ring.ko", "\0depends=\0x\0");
        write("kernel/virtio.ko", "\0depends=virtio_ring\0x\0");
        write("modules.builtin", "kernel/lib/crc16.ko\n");
        let order = in_order(&folder, &["virtio_net", "virtio", "crc16"]);
        let missing = in_order(&folder, &["e1000e"]).err().map(|error| error.to_string());
        fs::remove_dir_all(&folder).unwrap();
        let names: Vec<_> = order.unwrap().into_iter().map(|module| module.name).collect();
        assert_eq!(names, ["virtio_ring", "virtio", "virtio_net"]);
        assert_eq!(missing.as_deref(), Some("the kernel has no module e1000e"));
    }
}
