//! A host's file system as far as the agent reads it.

use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

use trustboard_model::facts::TpmInterface;

use crate::error::{Error, io};
use crate::firmware::{Software, SystemLogs};

/// The variable's attributes: non-volatile is not set, boot service and runtime access are
/// (UEFI 2.10, 3.3).
const SECURE_BOOT_ATTRIBUTES: [u8; 4] = [6, 0, 0, 0];
const SECURE_BOOT: &str =
    "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

/// The root folder of one host.
#[derive(Debug, Clone)]
pub struct Sysroot {
    root: PathBuf,
}

impl Sysroot {
    /// Names it; nothing is written yet.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Installs an operating system. The host keeps its machine id if it has one.
    pub fn install(&self, hostname: &str, software: Software) -> Result<(), Error> {
        let os = format!(
            "PRETTY_NAME=\"{}\"\nID={}\nVERSION_ID=\"{}\"\n",
            software.name, software.id, software.version
        );
        self.write("etc/hostname", format!("{hostname}\n"))?;
        self.write("proc/sys/kernel/hostname", format!("{hostname}\n"))?;
        self.write("etc/os-release", os)?;
        self.write("proc/sys/kernel/osrelease", format!("{}\n", software.kernel))?;
        if !self.root.join("etc/machine-id").exists() {
            self.write("etc/machine-id", format!("{}\n", random_uuid()?.replace('-', "")))?;
        }
        Ok(())
    }

    /// The machine id, 32 hex digits.
    pub fn machine_id(&self) -> Result<String, Error> {
        let path = self.root.join("etc/machine-id");
        Ok(std::fs::read_to_string(&path).map_err(io(&path))?.trim().to_owned())
    }

    /// What a kernel shows after a boot without TPM.
    pub fn booted_without_tpm(&self, secure_boot: bool) -> Result<(), Error> {
        self.write("proc/sys/kernel/random/boot_id", format!("{}\n", random_uuid()?))?;
        let variable = [&SECURE_BOOT_ATTRIBUTES[..], &[u8::from(secure_boot)]].concat();
        self.write(SECURE_BOOT, variable)?;
        for folder in [
            "sys/class/tpm",
            "sys/kernel/security/tpm0",
            "sys/kernel/security/ima",
            "run/log/systemd",
        ] {
            let folder = self.root.join(folder);
            if folder.exists() {
                std::fs::remove_dir_all(&folder).map_err(io(&folder))?;
            }
        }
        Ok(())
    }

    /// What a kernel shows after a boot with a TPM and firmware that measures.
    pub fn booted(
        &self,
        secure_boot: bool,
        interface: TpmInterface,
        log: Vec<u8>,
    ) -> Result<(), Error> {
        self.booted_without_tpm(secure_boot)?;
        self.write("sys/class/tpm/tpm0/tpm_version_major", "2\n")?;
        let driver = match interface {
            TpmInterface::Tis => "tpm_tis",
            TpmInterface::Crb => "tpm_crb",
            TpmInterface::Unknown => "tpm",
        };
        let device = self.root.join("sys/class/tpm/tpm0/device");
        std::fs::create_dir_all(&device).map_err(io(&device))?;
        let link = device.join("driver");
        symlink(format!("../../../../bus/platform/drivers/{driver}"), &link).map_err(io(&link))?;
        self.write("sys/kernel/security/tpm0/binary_bios_measurements", log)
    }

    /// What the kernel and systemd show of what they measured since.
    pub fn measured(&self, system: &SystemLogs) -> Result<(), Error> {
        self.write("sys/kernel/security/ima/binary_runtime_measurements", &system.ima)?;
        match &system.systemd {
            Some(log) => self.write("run/log/systemd/tpm2-measure.log", log),
            None => Ok(()),
        }
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) -> Result<(), Error> {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io(folder))?;
        }
        write_whole(&path, content.as_ref())
    }
}

/// Writes a file so that whoever reads it finds the old one or the new one, never a part.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Error> {
    let partial = partial_of(path);
    std::fs::write(&partial, content).map_err(io(&partial))?;
    std::fs::rename(&partial, path).map_err(io(path))
}

/// Writes a file that only its owner can read.
pub(crate) fn write_secret(path: &Path, content: &str) -> Result<(), Error> {
    let partial = partial_of(path);
    match std::fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(io(&partial)(error));
        }
        _ => {}
    }
    let mut options = std::fs::OpenOptions::new();
    let mut file =
        options.write(true).create_new(true).mode(0o600).open(&partial).map_err(io(&partial))?;
    file.write_all(content.as_bytes()).map_err(io(&partial))?;
    std::fs::rename(&partial, path).map_err(io(path))
}

fn partial_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}

/// A random UUID from the kernel (random(4)).
fn random_uuid() -> Result<String, Error> {
    let path = Path::new("/proc/sys/kernel/random/uuid");
    Ok(std::fs::read_to_string(path).map_err(io(path))?.trim().to_owned())
}
