//! The maker of the simulated TPMs: a root, an issuing CA, and TPMs with EK certificates.

use std::path::{Path, PathBuf};

use trustboard_model::bytes::to_hex;

use super::channel::Channel;
use super::swtpm::Swtpm;
use crate::child;
use crate::error::{Error, io};
use crate::firmware::Bank;
use crate::sysroot::write_whole;

/// Which endorsement key a TPM has a certificate for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EkKind {
    /// RSA 2048, certificate at NV index 0x01C00002.
    Rsa2048,
    /// ECC P-256, certificate at NV index 0x01C0000A.
    EccP256,
}

/// NV index of an ECC P-256 EK certificate (EK Credential Profile 2.5, 2.2.1.4).
const ECC_CERTIFICATE: u32 = 0x01C0_000A;

/// A maker with its folder of keys.
#[derive(Debug, Clone)]
pub struct Maker {
    dir: PathBuf,
}

impl Maker {
    /// The maker that keeps its keys in `dir`; its configuration is written there. The keys are
    /// made with the first TPM.
    pub fn new(dir: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(io(dir))?;
        let dir = dir.canonicalize().map_err(io(dir))?;
        let maker = Self { dir };
        let at = |file: &str| maker.dir.join(file).display().to_string();
        let authority = format!(
            "statedir = {}\nsigningkey = {}\nissuercert = {}\ncertserial = {}\n",
            maker.dir.display(),
            at("issuing-key.pem"),
            at("issuing.pem"),
            at("serial"),
        );
        let setup = format!(
            "create_certs_tool = swtpm_localca\n\
             create_certs_tool_config = {}\n\
             create_certs_tool_options = {}\n\
             active_pcr_banks = sha256\n",
            at("authority.conf"),
            at("options.conf"),
        );
        let options = "--platform-manufacturer Northgate\n\
                       --platform-version 2.1\n\
                       --platform-model NG-R640\n";
        for (file, text) in
            [("authority.conf", authority), ("setup.conf", setup), ("options.conf", options.into())]
        {
            write_whole(&maker.dir.join(file), text.as_bytes())?;
        }
        Ok(maker)
    }

    /// Makes a TPM in `dir`, whole or not at all: state with these active banks, an endorsement
    /// key, and the certificate for it. Does nothing if there is one already.
    pub async fn make(
        &self,
        dir: &Path,
        serial: &str,
        banks: &[Bank],
        ek: EkKind,
    ) -> Result<(), Error> {
        if dir.exists() {
            return Ok(());
        }
        let unfinished = dir.with_extension("unfinished");
        if unfinished.exists() {
            std::fs::remove_dir_all(&unfinished).map_err(io(&unfinished))?;
        }
        let state = unfinished.join("state");
        std::fs::create_dir_all(&state).map_err(io(&state))?;
        let state = state.canonicalize().map_err(io(&state))?;

        let mut setup = child::command("swtpm_setup");
        setup.arg("--tpm2").arg("--tpm-state").arg(&state).args(["--vmid", serial]);
        let names: Vec<_> = banks.iter().map(|bank| bank.swtpm_name()).collect();
        setup.args(["--pcr-banks", &names.join(",")]);
        setup.arg("--config").arg(self.dir.join("setup.conf"));
        if ek == EkKind::Rsa2048 {
            setup.arg("--create-ek-cert");
        }
        child::run(setup, "swtpm_setup").await?;
        if ek == EkKind::EccP256 {
            self.endorse_ecc(&unfinished, serial).await?;
        }
        std::fs::rename(&unfinished, dir).map_err(io(dir))
    }

    /// Copies the certificates of root and issuing CA to `dir`, for a verifier to trust.
    pub fn publish(&self, dir: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(dir).map_err(io(dir))?;
        for (from, to) in
            [("swtpm-localca-rootca-cert.pem", "root.pem"), ("issuing.pem", "issuing.pem")]
        {
            let from = self.dir.join(from);
            let certificate = std::fs::read(&from).map_err(io(&from))?;
            write_whole(&dir.join(to), &certificate)?;
        }
        Ok(())
    }

    /// swtpm_setup endorses ECC keys on P-384 only, which few verifiers and TPMs know; a P-256 key
    /// gets its certificate here.
    async fn endorse_ecc(&self, dir: &Path, serial: &str) -> Result<(), Error> {
        let tpm = Swtpm::power_on(dir, 0).await?;
        let endorsed = async {
            let mut channel = tpm.channel().await?;
            let certificate = self.certify(&mut channel, dir, serial).await?;
            channel.write_certificate(ECC_CERTIFICATE, &certificate).await
        }
        .await;
        let off = tpm.power_off().await;
        endorsed.and(off)
    }

    async fn certify(
        &self,
        channel: &mut Channel,
        dir: &Path,
        serial: &str,
    ) -> Result<Vec<u8>, Error> {
        let (x, y) = channel.ecc_endorsement_point().await?;
        let mut issue = child::command("swtpm_localca");
        issue.args(["--type", "ek", "--tpm2", "--vmid", serial]);
        issue.args(["--ek", &format!("x={},y={},id=secp256r1", to_hex(&x), to_hex(&y))]);
        issue.arg("--dir").arg(dir);
        // As swtpm_setup says of the same TPM: libtpms by IBM, revision 1.64 of the library.
        issue.args(["--tpm-spec-family", "2.0", "--tpm-spec-level", "0"]);
        issue.args(["--tpm-spec-revision", "164", "--tpm-manufacturer", "id:00001014"]);
        issue.args(["--tpm-model", "swtpm", "--tpm-version", "id:20191023"]);
        issue.arg("--configfile").arg(self.dir.join("authority.conf"));
        issue.arg("--optsfile").arg(self.dir.join("options.conf"));
        child::run(issue, "swtpm_localca").await?;
        let file = dir.join("ek.cert");
        let certificate = std::fs::read(&file).map_err(io(&file))?;
        std::fs::remove_file(&file).map_err(io(&file))?;
        Ok(certificate)
    }
}
