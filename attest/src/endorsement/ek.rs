//! An EK certificate as it lies in a TPM's NV memory.

use std::fmt;

use trustboard_model::protocol::limit;

use super::certificate::SerialProblem;
use super::der::Der;
use super::{Certificate, certificate_label, pem_sections};
use crate::Error;

/// PEM sections that are looked at, to say how many there are instead of one.
const MOST_SECTIONS: usize = 16;

/// An EK certificate, and what had to be repaired to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EkCertificate {
    certificate: Certificate,
    repairs: Vec<Repair>,
}

/// A known oddity that was tolerated (CHECKS 13, 20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// It came as PEM.
    Pem,
    /// The header of TCG's NV storage for EK certificates was cut off (TPM 1.2 habit: 10 01 00
    /// and a 16-bit length).
    TcgHeader,
    /// Padding after the certificate was cut off.
    Padding {
        /// How many bytes.
        bytes: usize,
        /// Which byte.
        byte: u8,
    },
    /// The serial number has superfluous leading zeros (Nuvoton). Read as it stands: the TPM
    /// cannot get another certificate, and the signature covers these bytes.
    SerialNotMinimal,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pem => f.write_str("came as PEM"),
            Self::TcgHeader => f.write_str("TCG NV header removed"),
            Self::Padding { bytes, byte } => {
                write!(f, "{bytes} bytes of {byte:#04x} padding removed")
            }
            Self::SerialNotMinimal => f.write_str("serial number has superfluous leading zeros"),
        }
    }
}

impl EkCertificate {
    /// Reads exactly one certificate, repairing what is known to be odd in the field.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        const PART: &str = "EK certificate";
        let refuse = |problem: String| Error { part: PART, problem };
        if bytes.len() > limit::EK_CERTIFICATE_BYTES {
            let limit = limit::EK_CERTIFICATE_BYTES;
            return Err(refuse(format!("{} bytes; limit {limit}", bytes.len())));
        }
        let mut repairs = Vec::new();
        let decoded;
        let mut bytes = bytes;
        if bytes.starts_with(b"-----BEGIN") {
            let sections: Vec<_> = pem_sections(bytes).take(MOST_SECTIONS).collect();
            decoded = match &sections[..] {
                [Ok((label, der))] if certificate_label(label) => der.clone(),
                [Ok((label, _))] => return Err(refuse(format!("PEM of {label:?}"))),
                [Err(problem)] => return Err(refuse(problem.clone())),
                other => return Err(refuse(format!("{} PEM sections, not one", other.len()))),
            };
            bytes = &decoded;
            repairs.push(Repair::Pem);
        }
        // TCPA_STORED_CERT: tag 0x1001, type 0 (full certificate), size.
        if let [0x10, 0x01, 0x00, high, low, rest @ ..] = bytes {
            let size = usize::from(u16::from_be_bytes([*high, *low]));
            bytes = match rest {
                // TCG_FULL_CERT: the size also covers a second tag, 0x1002.
                [0x10, 0x02, inner @ ..] if size >= 2 && inner.len() >= size - 2 => {
                    &inner[..size - 2]
                }
                _ if rest.len() >= size => &rest[..size],
                _ => {
                    let problem = format!("the NV header says {size} bytes, {} follow", rest.len());
                    return Err(refuse(problem));
                }
            };
            repairs.push(Repair::TcgHeader);
        }
        let mut outer = Der::new(PART, bytes);
        let whole = outer.next()?.whole;
        match outer.rest() {
            [] => {}
            // NV memory is filled with 0x00 or 0xFF; other fillers were seen too. What is uniform
            // hides nothing.
            [byte, more @ ..] if more.iter().all(|other| other == byte) => {
                repairs.push(Repair::Padding { bytes: more.len() + 1, byte: *byte });
            }
            rest => {
                return Err(refuse(format!("{} bytes follow the certificate", rest.len())));
            }
        }
        let certificate = Certificate::parse(PART, whole)?;
        if certificate.serial_problem() == Some(SerialProblem::NotMinimal) {
            repairs.push(Repair::SerialNotMinimal);
        }
        Ok(Self { certificate, repairs })
    }

    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// What was repaired.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}
