//! The Secure Boot keys of the simulated maker of hosts, made once for a fleet.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, KeyUsagePurpose};

use crate::error::{Error, io};

/// Certificates (DER) that the firmware has enrolled, and the one that shim carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Platform key.
    pub pk: Vec<u8>,
    /// Key exchange key.
    pub kek: Vec<u8>,
    /// In db: signs shim.
    pub db: Vec<u8>,
    /// In shim: signs GRUB and the kernel.
    pub vendor: Vec<u8>,
}

impl Keys {
    /// Reads the certificates from `dir`, or makes them there. The private keys are thrown away:
    /// nothing is signed with them, firmware only measures the certificates.
    pub fn load_or_make(dir: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(dir).map_err(io(dir))?;
        let certificate = |file: &str, name: &str| -> Result<Vec<u8>, Error> {
            let path = dir.join(file);
            if path.exists() {
                return std::fs::read(&path).map_err(io(&path));
            }
            let der = self_signed(name)?;
            crate::sysroot::write_whole(&path, &der)?;
            Ok(der)
        };
        Ok(Self {
            pk: certificate("pk.der", "Northgate Platform Key 2024")?,
            kek: certificate("kek.der", "Northgate Key Exchange Key 2024")?,
            db: certificate("db.der", "Northgate UEFI Signing CA 2024")?,
            vendor: certificate("vendor.der", "Northgate Linux Secure Boot CA 2024")?,
        })
    }
}

fn self_signed(name: &str) -> Result<Vec<u8>, Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.distinguished_name.push(DnType::OrganizationName, "Northgate Systems");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    params.not_before = rcgen::date_time_ymd(2024, 1, 15);
    params.not_after = rcgen::date_time_ymd(2039, 1, 15);
    let key = KeyPair::generate().map_err(Error::Certificate)?;
    let certificate = params.self_signed(&key).map_err(Error::Certificate)?;
    Ok(certificate.der().to_vec())
}
