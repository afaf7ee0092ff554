//! An attestation key as files of other tools hold it.

use rustls_pki_types::SubjectPublicKeyInfoDer;
use rustls_pki_types::pem::PemObject;
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::limit;

use crate::Error;
use crate::endorsement::{CertifiedKey, Der};
use crate::tpm::{Curve, Public, Signature, alg};

const PART: &str = "attestation key";

/// A key that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttestationKey {
    /// A TPM's public area.
    Tpm(Public),
    /// A bare key, given the scheme of the signature beside it.
    Bare(Public),
}

impl AttestationKey {
    /// The public area; for a bare key one that was made for it, whose attributes say nothing.
    pub fn public(&self) -> &Public {
        match self {
            Self::Tpm(public) | Self::Bare(public) => public,
        }
    }
}

/// Reads a TPM2B_PUBLIC, a TPMT_PUBLIC, or a SubjectPublicKeyInfo as DER or PEM. A bare key takes
/// its scheme from `signature`.
pub fn read_attestation_key(bytes: &[u8], signature: &Signature) -> Result<AttestationKey, Error> {
    let error = |problem: String| Error { part: PART, problem };
    if bytes.len() > limit::EK_CERTIFICATE_BYTES {
        let limit = limit::EK_CERTIFICATE_BYTES;
        return Err(error(format!("{} bytes; limit {limit}", bytes.len())));
    }
    if bytes.starts_with(b"-----BEGIN") {
        let der = SubjectPublicKeyInfoDer::from_pem_slice(bytes)
            .map_err(|cause| error(format!("no PUBLIC KEY in PEM: {cause}")))?;
        return bare(&der, signature);
    }
    if bytes.first() == Some(&0x30) {
        return bare(bytes, signature);
    }
    let area = match bytes {
        [high, low, rest @ ..] if usize::from(u16::from_be_bytes([*high, *low])) == rest.len() => {
            rest
        }
        other => other,
    };
    Public::parse(PART, area).map(AttestationKey::Tpm)
}

/// A TPMT_PUBLIC (Part 2, 12.2.4) for a bare key.
fn bare(der: &[u8], signature: &Signature) -> Result<AttestationKey, Error> {
    let error = |problem: String| Error { part: PART, problem };
    let mut outer = Der::new(PART, der);
    let key = CertifiedKey::read(&mut outer)?;
    outer.finish("the key")?;
    let scheme = signature.scheme();
    let sized = |bytes: &[u8]| -> Result<Vec<u8>, Error> {
        let size = u16::try_from(bytes.len()).map_err(|_| error("too long".to_owned()))?;
        Ok([&size.to_be_bytes(), bytes].concat())
    };
    let kind = match &key {
        CertifiedKey::Rsa { .. } => alg::RSA,
        CertifiedKey::Ec { .. } => alg::ECC,
        CertifiedKey::Other(oid) => return Err(error(format!("algorithm {oid}"))),
    };
    let mut area = Vec::new();
    area.extend(kind.to_be_bytes());
    area.extend(HashAlg::Sha256.tpm_id().to_be_bytes());
    // No attributes, no policy, no symmetric algorithm.
    area.extend([0; 6]);
    area.extend(alg::NULL.to_be_bytes());
    area.extend(scheme.scheme.to_be_bytes());
    area.extend(scheme.hash.into_iter().flat_map(u16::to_be_bytes));
    match key {
        CertifiedKey::Rsa { modulus, exponent } => {
            let bits = u16::try_from(modulus.len() * 8);
            area.extend(bits.map_err(|_| error("too long".to_owned()))?.to_be_bytes());
            let mut number = [0; 4];
            let start = number.len().checked_sub(exponent.len());
            let digits = start.and_then(|start| number.get_mut(start..));
            digits
                .ok_or_else(|| error("the exponent is too long".to_owned()))?
                .copy_from_slice(&exponent);
            area.extend(number);
            area.extend(sized(&modulus)?);
        }
        CertifiedKey::Ec { curve, point } => {
            let id: u16 = match curve {
                Curve::P256 => 0x0003,
                Curve::P384 => 0x0004,
                Curve::Other(id) => id,
            };
            area.extend(id.to_be_bytes());
            area.extend(alg::NULL.to_be_bytes());
            let [0x04, coordinates @ ..] = &point[..] else {
                return Err(error("the point is compressed".to_owned()));
            };
            let (x, y) = coordinates.split_at(coordinates.len() / 2);
            area.extend(sized(x)?);
            area.extend(sized(y)?);
        }
        CertifiedKey::Other(_) => {}
    }
    Public::parse(PART, &area).map(AttestationKey::Bare)
}
