//! The maker of the light hosts' TPMs: a root, and a CA that issues EK certificates.

use std::path::{Path, PathBuf};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use trustboard_soft_tpm::certificate::{CertificateSpec, EkCertificateSpec, ca_key, pem};
use trustboard_soft_tpm::der::{CN, name};
use trustboard_soft_tpm::marshal::PublicSpec;

use super::inhabitant::Inhabitant;
use crate::error::{Error, io};
use crate::sysroot::write_whole;

const ROOT: &str = "Northgate Light TPM Root";
const ISSUER: &str = "Northgate Light TPM EK CA";

/// organizationName, the content of its OBJECT IDENTIFIER.
const ORGANISATION: &[u8] = &[0x55, 4, 10];

/// A maker with its keys.
#[derive(Debug)]
pub struct Maker {
    root: EcdsaKeyPair,
    issuer: EcdsaKeyPair,
}

impl Maker {
    /// The maker whose keys are in `dir`, made there if there are none.
    pub fn load_or_make(dir: &Path) -> Result<Self, Error> {
        let key = |file: &str| -> Result<EcdsaKeyPair, Error> {
            let path = dir.join(file);
            if !path.exists() {
                let made =
                    ca_key().to_pkcs8v1().expect("a key that was just made has its DER form");
                write_whole(&path, made.as_ref())?;
            }
            let der = std::fs::read(&path).map_err(io(&path))?;
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &der)
                .map_err(|error| Error::Refused(format!("{}: {error}", path.display())))
        };
        Ok(Self { root: key("maker.root.pk8")?, issuer: key("maker.issuer.pk8")? })
    }

    /// Writes the certificates of root and CA to `dir`, for a server to trust. Certificates that
    /// are there stay: the server may have recorded decisions on them.
    pub fn publish(&self, dir: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(dir).map_err(io(dir))?;
        let of_maker = |common: &str| name(&[(ORGANISATION, "Northgate Systems"), (CN, common)]);
        let certificate = |issuer: &str, subject: &str, key: &EcdsaKeyPair| {
            let spec = CertificateSpec::ca(issuer, subject, key);
            CertificateSpec { issuer: of_maker(issuer), subject: of_maker(subject), ..spec }
        };
        let files: [(PathBuf, Vec<u8>); 2] = [
            (dir.join("light-root.pem"), certificate(ROOT, ROOT, &self.root).sign(&self.root)),
            (dir.join("light-ca.pem"), certificate(ROOT, ISSUER, &self.issuer).sign(&self.root)),
        ];
        for (path, der) in files {
            if !path.exists() {
                write_whole(&path, &pem("CERTIFICATE", &der))?;
            }
        }
        Ok(())
    }

    /// The certificate of a host's EK.
    pub fn endorse(&self, host: &Inhabitant, ek: &PublicSpec) -> Vec<u8> {
        let mut spec = EkCertificateSpec::for_key(ek, ISSUER);
        "NG-TPM 9".clone_into(&mut spec.model);
        spec.certificate.issuer = name(&[(ORGANISATION, "Northgate Systems"), (CN, ISSUER)]);
        // A positive INTEGER without leading zeros.
        spec.certificate.serial = [&[0x41][..], &host.number.to_be_bytes()].concat();
        if let Some(subject) = host.subject() {
            spec.certificate.subject = name(&[(ORGANISATION, subject), (CN, subject)]);
        }
        spec.sign(&self.issuer)
    }
}
