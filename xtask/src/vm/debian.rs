//! Debian's signed boot chain: shim, GRUB and a kernel, fetched as packages and unpacked into the
//! target folder. Nothing of it is installed on this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::setup::system;
use crate::{place, program};

/// Names the newest kernel package as its dependency.
const KERNEL: &str = "linux-image-amd64";
/// The packages that are fetched beside the kernel.
const LOADERS: [&str; 2] = ["shim-signed", "grub-efi-amd64-signed"];

/// Where everything is.
pub struct BootChain {
    /// First stage, signed by the key that the firmware knows.
    pub shim: PathBuf,
    /// Second stage, signed by Debian.
    pub grub: PathBuf,
    /// Another genuine second stage, signed by Debian too: GRUB as it is on installation media.
    pub other_grub: PathBuf,
    /// The kernel, signed by Debian.
    pub kernel: PathBuf,
    /// The folder of the kernel's modules.
    pub modules: PathBuf,
}

/// The boot chain, fetched if it is not there yet. `cargo clean` makes it be fetched anew.
pub fn boot_chain() -> Result<BootChain> {
    let folder = place::target().join("vm/debian");
    if folder.exists() {
        eprintln!("    all there");
    } else {
        fetch(&folder)?;
    }
    BootChain::find(&folder)
}

fn fetch(folder: &Path) -> Result<()> {
    for program in ["apt-get", "apt-cache", "dpkg"] {
        if program::find(program).is_none() {
            bail!("no {program} here: the boot chain is fetched from Debian's packages");
        }
    }
    let kernel = match kernel_package() {
        Ok(kernel) => kernel,
        // The package lists may be missing or too old.
        Err(_) => system::update().and_then(|()| kernel_package())?,
    };
    let unfinished = folder.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    let packages = unfinished.join("packages");
    fs::create_dir_all(&packages)?;
    let mut names = LOADERS.to_vec();
    names.push(&kernel);
    if download(&packages, &names).is_err() {
        // The lists may name versions that are gone from the archive.
        system::update()?;
        download(&packages, &names)?;
    }
    for package in fs::read_dir(&packages)? {
        let unpack = Command::new("dpkg").arg("-x").arg(package?.path()).arg(&unfinished).status();
        if !unpack.context("cannot start dpkg")?.success() {
            bail!("dpkg cannot unpack a package in {}", packages.display());
        }
    }
    fs::remove_dir_all(&packages)?;
    fs::rename(&unfinished, folder).with_context(|| format!("{}", folder.display()))
}

fn download(into: &Path, names: &[&str]) -> Result<()> {
    program::run(Command::new("apt-get").args(["download", "-qq"]).args(names).current_dir(into))
}

/// `linux-image-6.1.0-56-amd64`
fn kernel_package() -> Result<String> {
    let mut query = Command::new("apt-cache");
    let depends = program::output(query.args(["depends", KERNEL]).env("LC_ALL", "C"))?;
    let names = depends.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    let mut kernels = names.filter(|name| name.starts_with("linux-image-"));
    kernels.next().map(str::to_owned).with_context(|| format!("{KERNEL} depends on no kernel"))
}

impl BootChain {
    fn find(folder: &Path) -> Result<Self> {
        let grub = folder.join("usr/lib/grub/x86_64-efi-signed");
        let modules = ["lib/modules", "usr/lib/modules"].map(|place| folder.join(place));
        let modules = modules.iter().find(|place| place.exists()).context("no kernel modules")?;
        let chain = Self {
            shim: folder.join("usr/lib/shim/shimx64.efi.signed"),
            grub: grub.join("grubx64.efi.signed"),
            other_grub: grub.join("gcdx64.efi.signed"),
            kernel: only_child(&folder.join("boot"), "vmlinuz-")?,
            modules: only_child(modules, "")?,
        };
        for file in [&chain.shim, &chain.grub, &chain.other_grub] {
            if !file.exists() {
                bail!("Debian's packages no longer hold {}", file.display());
            }
        }
        Ok(chain)
    }
}

fn only_child(folder: &Path, prefix: &str) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    let mut names = entries.flatten().map(|entry| entry.path()).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
    });
    names.next().with_context(|| format!("nothing named {prefix}... in {}", folder.display()))
}
