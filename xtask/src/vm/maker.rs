//! The maker of the machines' TPMs: swtpm's local authority in a folder of its own, and TPMs with
//! endorsement keys that it certified.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::program;

/// A maker with its keys.
pub struct Maker {
    folder: PathBuf,
}

impl Maker {
    /// The maker that keeps its keys in `folder`. They are made with the first TPM.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let maker = Self { folder: folder.to_owned() };
        let at = |name: &str| folder.join(name).display().to_string();
        let authority = format!(
            "statedir = {}\nsigningkey = {}\nissuercert = {}\ncertserial = {}\n",
            folder.display(),
            at("issuing-key.pem"),
            at("issuing.pem"),
            at("serial"),
        );
        let setup = format!(
            "create_certs_tool = swtpm_localca\n\
             create_certs_tool_config = {}\n\
             create_certs_tool_options = {}\n",
            at("authority.conf"),
            at("options.conf"),
        );
        let options = "--platform-manufacturer QEMU\n\
                       --platform-version 1\n\
                       --platform-model Standard-PC-Q35\n";
        fs::write(folder.join("authority.conf"), authority)?;
        fs::write(folder.join("setup.conf"), setup)?;
        fs::write(folder.join("options.conf"), options)?;
        Ok(maker)
    }

    /// Makes a TPM with its state in `folder` and the banks that most hosts have.
    pub fn make(&self, folder: &Path, serial: &str) -> Result<()> {
        fs::create_dir_all(folder)?;
        let mut setup = Command::new("swtpm_setup");
        setup.arg("--tpm2").arg("--tpm-state").arg(folder).args(["--vmid", serial]);
        setup.args(["--create-ek-cert", "--pcr-banks", "sha1,sha256"]);
        setup.arg("--config").arg(self.folder.join("setup.conf"));
        program::output(&mut setup).map(|_| ())
    }

    /// Copies the certificates of root and issuing authority to `folder`, for a server to trust.
    pub fn publish(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        for name in ["swtpm-localca-rootca-cert.pem", "issuing.pem"] {
            fs::copy(self.folder.join(name), folder.join(name))
                .with_context(|| format!("{name} in {}", self.folder.display()))?;
        }
        Ok(())
    }
}
