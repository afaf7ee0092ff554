//! Virtual hosts whose firmware, boot loader and kernel fill a TPM as those of real ones do.
//!
//! Everything below the agent is somebody else's: QEMU and OVMF, swtpm, Debian's signed shim, GRUB
//! and kernel. The agent is ours, and talks to a server that runs on this machine. A host is one
//! folder ([`machine::Host`]) that is booted ([`machine::Machine`]) from one of several images
//! ([`image::Variant`]), with Secure Boot on or off.

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use self::check::Extent;
use self::image::Variant;
use self::machine::SecureBoot;
use self::scene::Scene;
use crate::programs::Programs;
use crate::server::Ports;
use crate::setup::{self, Need};
use crate::stage::Stages;
use crate::{demo, program, site};

mod archive;
pub mod check;
mod debian;
mod disk;
mod image;
mod initramfs;
mod machine;
mod maker;
mod modules;
mod scene;

/// What `vm` is asked for.
#[derive(Args)]
pub struct Options {
    /// Boot one host again and again, with Secure Boot on and off and with every part of what is
    /// booted changed; compare what the server says of each with what it should say, and end.
    #[arg(long)]
    check: bool,
    /// The same, and keep here what the kernel shows of the TPM after each boot: event log, IMA's
    /// list, PCR values. The verifier's tests hold such folders.
    #[arg(long, value_name = "FOLDER")]
    capture: Option<PathBuf>,
}

/// `cargo xtask vm`.
pub fn run(stages: &mut Stages, options: &Options) -> Result<()> {
    let is_check = options.check || options.capture.is_some();
    if !is_check {
        let toolchain = setup::install(stages, Need::Demo)?;
        site::build(stages, &toolchain)?;
    }
    setup::virtual_hosts(stages)?;
    stages.run("build server and agent", || {
        let packages = ["--package", "trustboard-server", "--package", "trustboard-agent"];
        program::run(program::cargo().arg("build").args(packages))
    })?;
    let programs = Programs::built();
    if is_check {
        check::run(stages, &programs, Extent::Everything, options.capture.as_deref())
    } else {
        play(stages, &programs)
    }
}

/// Two hosts, one with Secure Boot on and one with it off, until Ctrl-C.
fn play(stages: &mut Stages, programs: &Programs) -> Result<()> {
    let folder = demo::folder().join("vm");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let ended = demo::ended_by_signal()?;
    let chain = stages.run("fetch a signed boot chain", debian::boot_chain)?;
    let mut scene = stages.run("make a TPM, start the server", || {
        Scene::start(programs, &folder, chain, Ports::Usual)
    })?;
    let mut machines = Vec::new();
    for (name, secure_boot) in
        [("vm-secure-boot-on", SecureBoot::On), ("vm-secure-boot-off", SecureBoot::Off)]
    {
        let host = scene.host(name)?;
        stages.run(&format!("boot {name}"), || {
            let mut machine = scene.boot(&host, Variant::Approved, secure_boot)?;
            scene.appraised(&host, &mut machine, None)?;
            machines.push(machine);
            Ok(())
        })?;
    }
    stages.print();
    stages.clear();
    println!("\nOpen this once to be signed in as the administrator:\n");
    println!("    {}\n", scene.server().sign_in_link(scene.user().name)?);
    println!("Consoles, logs and data are in {}. Ctrl-C ends it.", folder.display());
    loop {
        match ended.recv_timeout(Duration::from_millis(500)) {
            Ok(()) => break,
            Err(RecvTimeoutError::Timeout) => {
                machines.iter_mut().try_for_each(machine::Machine::check)?;
            }
            Err(RecvTimeoutError::Disconnected) => bail!("no signals arrive any more"),
        }
    }
    eprintln!("\nending");
    for machine in machines {
        machine.power_off()?;
    }
    scene.end();
    Ok(())
}
