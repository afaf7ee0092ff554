//! A virtual host: what outlives its boots, and one boot of it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::disk::Disk;
use super::maker::Maker;
use crate::running::Running;

/// Where Debian's package ovmf puts the firmware.
const FIRMWARE: &str = "/usr/share/OVMF";
/// The second disk, in a host's folder.
const STATE: &str = "state.img";
/// How long swtpm may take until it listens.
const TPM_LISTENS: Duration = Duration::from_secs(20);
/// How long a guest may take from being asked until it is off: three seconds on an idle machine.
const POWERS_OFF: Duration = Duration::from_mins(2);

/// Whether the firmware checks signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecureBoot {
    /// With the keys that hosts are delivered with.
    On,
    /// The same firmware without keys, as after clearing them in its setup.
    Off,
}

/// How a host finds its server.
pub struct Enrolment<'a> {
    /// The server's port for agents, on this machine's loopback.
    pub port: u16,
    /// An enrolment token.
    pub token: &'a str,
}

/// What outlives a boot: the TPM, the firmware's variables, and the disk with the agent's state.
pub struct Host {
    name: String,
    folder: PathBuf,
}

impl Host {
    /// Makes one in a new folder.
    pub fn make(folder: &Path, name: &str, maker: &Maker, enrolment: &Enrolment) -> Result<Self> {
        maker.make(&folder.join("tpm"), name)?;
        for (variables, of) in
            [("OVMF_VARS_4M.ms.fd", SecureBoot::On), ("OVMF_VARS_4M.fd", SecureBoot::Off)]
        {
            let from = Path::new(FIRMWARE).join(variables);
            fs::copy(&from, folder.join(of.variables()))
                .with_context(|| format!("{}", from.display()))?;
        }
        let state = Disk::make(&folder.join(STATE), 8)?;
        state.write("name", name.as_bytes())?;
        // QEMU's user network shows this machine's loopback at that address (slirp).
        state.write("server", format!("https://10.0.2.2:{}", enrolment.port).as_bytes())?;
        state.write("token", enrolment.token.as_bytes())?;
        Ok(Self { name: name.to_owned(), folder: folder.to_owned() })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Copies what [`Machine::capture`] left on its disk into a folder. It must be off.
    pub fn captured(&self, into: &Path) -> Result<()> {
        Disk::open(&self.folder.join(STATE)).copy_out("capture", into)
    }

    /// Powers it on.
    pub fn boot(&self, image: &Path, secure_boot: SecureBoot) -> Result<Machine> {
        let socket = self.folder.join("tpm.sock");
        if socket.exists() {
            fs::remove_file(&socket)?;
        }
        let mut swtpm = ending_with_us("swtpm", &self.folder);
        // Relative paths: the address of a socket has room for 107 bytes.
        swtpm.args(["socket", "--tpm2", "--terminate", "--tpmstate", "dir=tpm"]);
        swtpm.args(["--ctrl", "type=unixio,path=tpm.sock"]);
        let name = format!("the TPM of {}", self.name);
        let mut tpm = Running::start(&name, &mut swtpm, &self.folder.join("swtpm.log"))?;
        let start = Instant::now();
        while !socket.exists() {
            tpm.check()?;
            if start.elapsed() > TPM_LISTENS {
                bail!("{name} does not listen after {} s", TPM_LISTENS.as_secs());
            }
            thread::sleep(Duration::from_millis(20));
        }
        let mut qemu = self.qemu(image, secure_boot);
        let log = self.folder.join("console.log");
        let (qemu, console) = Running::start_with_input(&self.name, &mut qemu, &log)?;
        Ok(Machine { name: self.name.clone(), qemu, console, _tpm: tpm, log })
    }

    /// q35 with System Management Mode, which alone may write the firmware's variables; without
    /// hardware virtualisation, which build machines rarely have.
    fn qemu(&self, image: &Path, secure_boot: SecureBoot) -> Command {
        let mut qemu = ending_with_us("qemu-system-x86_64", &self.folder);
        qemu.args(["-machine", "q35,smm=on", "-accel", "tcg", "-cpu", "max", "-m", "512"]);
        qemu.args(["-nodefaults", "-display", "none", "-rtc", "base=utc"]);
        qemu.args(["-global", "driver=cfi.pflash01,property=secure,value=on"]);
        let flash = "if=pflash,format=raw";
        qemu.arg("-drive")
            .arg(format!("{flash},unit=0,readonly=on,file={FIRMWARE}/OVMF_CODE_4M.secboot.fd"));
        qemu.arg("-drive").arg(format!("{flash},unit=1,file={}", secure_boot.variables()));
        qemu.args(["-chardev", "socket,id=tpm,path=tpm.sock"]);
        qemu.args(["-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-tis,tpmdev=tpm0"]);
        let image = image.display();
        qemu.arg("-drive").arg(format!("if=none,id=boot,format=raw,readonly=on,file={image}"));
        qemu.args(["-device", "virtio-blk-pci,drive=boot,bootindex=0"]);
        qemu.arg("-drive").arg(format!("if=none,id=state,format=raw,file={STATE}"));
        qemu.args(["-device", "virtio-blk-pci,drive=state"]);
        // romfile: nothing boots from the network.
        qemu.args(["-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile="]);
        qemu.args(["-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"]);
        qemu
    }
}

impl SecureBoot {
    /// The file with the firmware's variables, in the host's folder.
    fn variables(self) -> &'static str {
        match self {
            Self::On => "variables-on.fd",
            Self::Off => "variables-off.fd",
        }
    }
}

/// A host that is on. Dropped, it is off as after a power failure.
pub struct Machine {
    name: String,
    log: PathBuf,
    // In this order they are dropped: the machine before its TPM.
    qemu: Running,
    console: ChildStdin,
    _tpm: Running,
}

impl Machine {
    /// Fails, with the last lines of its console, if it has gone off by itself.
    pub fn check(&mut self) -> Result<()> {
        self.qemu.check()
    }

    /// The last lines of its console.
    pub fn console(&self) -> String {
        format!("the end of {}:\n{}", self.log.display(), self.qemu.last_lines())
    }

    /// Has it write down the kernel's event log, IMA's list and the PCR values.
    pub fn capture(&mut self) -> Result<()> {
        Ok(writeln!(self.console, "capture")?)
    }

    /// Asks it to power off, and waits until it has: its TPM then has heard TPM2_Shutdown, without
    /// which its clock counts as unsafe after the next start (TPM 2.0 Part 1, 36.3).
    pub fn power_off(mut self) -> Result<()> {
        writeln!(self.console, "poweroff")?;
        if !self.qemu.ends_within(POWERS_OFF)? {
            let limit = POWERS_OFF.as_secs();
            bail!("{} does not power off within {limit} s; {}", self.name, self.console());
        }
        Ok(())
    }
}

/// A program that the kernel ends if we end without ending it. In `folder`.
fn ending_with_us(program: &str, folder: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", program]).current_dir(folder);
    command
}
