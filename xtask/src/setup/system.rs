//! System packages, by apt-get.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::Need;
use crate::program;

/// A Debian package with the reason for it.
struct Package {
    name: &'static str,
    why: &'static str,
    /// A program that makes the package unnecessary if it is on the PATH already.
    or_program: Option<&'static str>,
    need: Need,
}

const fn package(name: &'static str, why: &'static str, need: Need) -> Package {
    Package { name, why, or_program: None, need }
}

const PACKAGES: &[Package] = &[
    Package { or_program: Some("cc"), ..package("gcc", "compiles C dependencies", Need::Demo) },
    Package { or_program: Some("make"), ..package("make", "builds the allocator", Need::Demo) },
    Package {
        or_program: Some("pkg-config"),
        ..package("pkg-config", "finds libtss2", Need::Demo)
    },
    package("libtss2-dev", "the agent's way to a TPM", Need::Demo),
    package("libtss2-tcti-device0", "reaches a hardware TPM", Need::Demo),
    package("libtss2-tcti-swtpm0", "reaches a software TPM", Need::Demo),
    package("swtpm", "the software TPMs of demo and test hosts", Need::Demo),
    package("swtpm-tools", "makes software TPMs with EK certificates", Need::Demo),
    Package {
        or_program: Some("node"),
        ..package("nodejs", "runs wasm-opt and esbuild", Need::Demo)
    },
    Package {
        or_program: Some("npm"),
        ..package("npm", "fetches wasm-opt and esbuild", Need::Demo)
    },
    Package { or_program: Some("c++"), ..package("g++", "compiles libFuzzer", Need::Tests) },
    Package {
        or_program: Some("initdb"),
        ..package("postgresql", "the other database of the storage tests", Need::Tests)
    },
    Package {
        or_program: Some("sqlite3"),
        ..package("sqlite3", "says in a browser test that another server is late", Need::Tests)
    },
    package("tpm2-tools", "looks at TPMs from outside in tests", Need::Tests),
    package("chromium", "the browser of the browser tests", Need::Tests),
    package("fonts-dejavu-core", "letters for the browser", Need::Tests),
    package("qemu-system-x86", "the machine of virtual hosts", Need::VirtualHosts),
    package("ovmf", "its firmware, with Secure Boot", Need::VirtualHosts),
    Package {
        or_program: Some("mcopy"),
        ..package("mtools", "makes its disks", Need::VirtualHosts)
    },
    package("busybox-static", "its programs beside the agent", Need::VirtualHosts),
    Package {
        or_program: Some("strip"),
        ..package("binutils", "makes its agent small", Need::VirtualHosts)
    },
    Package {
        or_program: Some("xz"),
        ..package("xz-utils", "unpacks its kernel modules", Need::VirtualHosts)
    },
];

/// Installs the packages that are missing.
pub fn install(need: Need) -> Result<()> {
    if program::find("dpkg-query").is_none() || program::find("apt-get").is_none() {
        report_only(need);
        return Ok(());
    }
    let missing: Vec<_> = wanted(need).filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        eprintln!("    all there");
        return Ok(());
    }
    eprintln!("    missing:");
    for package in &missing {
        eprintln!("      {:<22} {}", package.name, package.why);
    }
    let names: Vec<_> = missing.iter().map(|package| package.name).collect();
    // Without fresh lists apt may not know the packages, or ask for versions that are gone.
    update()?;
    program::run(apt_get()?.args(["install", "-y", "-qq", "--no-install-recommends"]).args(&names))
        .with_context(|| format!("install these by hand: {}", names.join(" ")))
}

/// Installs other packages, such as the fall-back for the wasm target.
pub fn install_named(names: &[&str]) -> Result<()> {
    if names.iter().all(|name| is_recorded(name)) {
        return Ok(());
    }
    update()?;
    program::run(apt_get()?.args(["install", "-y", "-qq", "--no-install-recommends"]).args(names))
}

/// Fetches the lists of packages.
pub fn update() -> Result<()> {
    program::run(apt_get()?.args(["update", "-qq"]))
        .context("apt-get cannot read the package lists")
}

fn wanted(need: Need) -> impl Iterator<Item = &'static Package> {
    PACKAGES.iter().filter(move |package| need.covers(package.need))
}

fn is_installed(package: &Package) -> bool {
    package.or_program.is_some_and(|name| program::find(name).is_some())
        || is_recorded(package.name)
}

fn is_recorded(name: &str) -> bool {
    // Debian 13 renamed libraries with 64-bit time: libtss2-tcti-swtpm0t64 provides the old name.
    [name.to_owned(), format!("{name}t64")].iter().any(|name| {
        let mut query = Command::new("dpkg-query");
        program::output(query.args(["-W", "-f=${db:Status-Status}", name]))
            .is_ok_and(|status| status == "installed")
    })
}

/// apt-get as root, or through sudo without a question.
fn apt_get() -> Result<Command> {
    let is_root = program::output(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = if is_root {
        Command::new("apt-get")
    } else if program::find("sudo").is_some() {
        let mut sudo = Command::new("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    } else {
        bail!("installing system packages needs root or sudo");
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// Not Debian: says what is needed, and leaves it to the builds to find out.
fn report_only(need: Need) {
    eprintln!("    no apt-get here; this is what Debian calls the packages that are needed:");
    for package in wanted(need) {
        eprintln!("      {:<22} {}", package.name, package.why);
    }
}
