//! TPMT_PUBLIC: a key's public area, its attributes and its Name.

use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::limit;

use super::{Attributes, Scheme, alg};
use crate::reader::Reader;
use crate::{Error, budget, hash};

/// A TPMT_SYM_DEF_OBJECT (Part 2, 11.1.7) that is not null: how a storage key protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symmetric {
    /// `TPM_ALG_ID` of the cipher.
    pub algorithm: u16,
    /// Key length in bits.
    pub bits: u16,
    /// `TPM_ALG_ID` of the mode.
    pub mode: u16,
}

/// A TPM_ECC_CURVE (Part 2, 6.4) that can be used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// TPM_ECC_NIST_P256
    P256,
    /// TPM_ECC_NIST_P384
    P384,
    /// Another one, by its number.
    Other(u16),
}

impl Curve {
    /// Bytes of a coordinate, if the curve can be used.
    pub const fn coordinate_bytes(self) -> Option<usize> {
        match self {
            Self::P256 => Some(32),
            Self::P384 => Some(48),
            Self::Other(_) => None,
        }
    }

    /// `NIST P-256`.
    pub fn name(self) -> String {
        match self {
            Self::P256 => "NIST P-256".to_owned(),
            Self::P384 => "NIST P-384".to_owned(),
            Self::Other(id) => format!("curve {id:#06x}"),
        }
    }
}

/// The algorithm-specific half of a public area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// RSA
    Rsa {
        /// `keyBits`.
        bits: u16,
        /// The public exponent; zero in the structure stands for 65537.
        exponent: u32,
        /// The modulus, big-endian.
        modulus: Vec<u8>,
    },
    /// Elliptic curve
    Ecc {
        /// The curve.
        curve: Curve,
        /// The point's coordinates, big-endian.
        x: Vec<u8>,
        /// See `x`.
        y: Vec<u8>,
    },
}

/// A TPMT_PUBLIC (Part 2, 12.2.4) of an asymmetric key, with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    bytes: Vec<u8>,
    name_alg: u16,
    attributes: Attributes,
    auth_policy: Vec<u8>,
    symmetric: Option<Symmetric>,
    scheme: Scheme,
    key: Key,
}

impl Public {
    /// Reads one TPMT_PUBLIC. `part` names it in errors: `EK public area`.
    pub fn parse(part: &'static str, bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(part, bytes);
        if bytes.len() > limit::PUBLIC_BYTES {
            let problem = format!("{} bytes; limit {}", bytes.len(), limit::PUBLIC_BYTES);
            return Err(reader.error(problem));
        }
        let kind = reader.u16_be("type")?;
        let name_alg = reader.u16_be("nameAlg")?;
        let attributes = Attributes(reader.u32_be("objectAttributes")?);
        let auth_policy = reader.tpm2b("authPolicy", 64)?.to_vec();
        let symmetric = match kind {
            alg::RSA | alg::ECC => read_symmetric(&mut reader)?,
            other => return Err(reader.error(format!("type {other:#06x} is not RSA or ECC"))),
        };
        let scheme = read_scheme(&mut reader)?;
        let key = if kind == alg::RSA { read_rsa(&mut reader)? } else { read_ecc(&mut reader)? };
        reader.finish()?;
        let bytes = bytes.to_vec();
        Ok(Self { bytes, name_alg, attributes, auth_policy, symmetric, scheme, key })
    }

    /// The structure as it was read.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The attributes.
    pub fn attributes(&self) -> Attributes {
        self.attributes
    }

    /// The policy that authorises the key's use.
    pub fn auth_policy(&self) -> &[u8] {
        &self.auth_policy
    }

    /// How it protects its children, if it is a storage key.
    pub fn symmetric(&self) -> Option<Symmetric> {
        self.symmetric
    }

    /// Its scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The key itself.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// `nameAlg`, if it is a hash that is known here.
    pub fn name_alg(&self) -> Option<HashAlg> {
        HashAlg::from_tpm_id(self.name_alg)
    }

    /// `TPM_ALG_ID` of `nameAlg`.
    pub fn name_alg_id(&self) -> u16 {
        self.name_alg
    }

    /// The Name: nameAlg ‖ H(TPMT_PUBLIC) (Part 1, 16), computed here and never taken from a host.
    pub fn name(&self) -> Option<Vec<u8>> {
        let digest = hash::hash(self.name_alg()?, &[&self.bytes])?;
        Some([&self.name_alg.to_be_bytes(), digest.as_ref()].concat())
    }

    /// `RSA 2048` or `NIST P-256`.
    pub fn describe_key(&self) -> String {
        match &self.key {
            Key::Rsa { bits, .. } => format!("RSA {bits}"),
            Key::Ecc { curve, .. } => curve.name(),
        }
    }
}

fn read_symmetric(reader: &mut Reader<'_>) -> Result<Option<Symmetric>, Error> {
    let algorithm = reader.u16_be("symmetric algorithm")?;
    if algorithm == alg::NULL {
        return Ok(None);
    }
    let bits = reader.u16_be("symmetric keyBits")?;
    let mode = reader.u16_be("symmetric mode")?;
    Ok(Some(Symmetric { algorithm, bits, mode }))
}

fn read_scheme(reader: &mut Reader<'_>) -> Result<Scheme, Error> {
    let scheme = reader.u16_be("scheme")?;
    let hash = match scheme {
        // TPMS_EMPTY
        alg::NULL | alg::RSAES => None,
        alg::RSASSA
        | alg::RSAPSS
        | alg::OAEP
        | alg::ECDSA
        | alg::ECDH
        | alg::SM2
        | alg::ECSCHNORR
        | alg::ECMQV => Some(reader.u16_be("scheme hash")?),
        // TPMS_SIGNATURE_SCHEME_ECDAA adds a count.
        alg::ECDAA => {
            let hash = reader.u16_be("scheme hash")?;
            reader.u16_be("ECDAA count")?;
            Some(hash)
        }
        other => return Err(reader.error(format!("scheme {other:#06x} is not known"))),
    };
    Ok(Scheme { scheme, hash })
}

fn read_rsa(reader: &mut Reader<'_>) -> Result<Key, Error> {
    let bits = reader.u16_be("keyBits")?;
    let exponent = match reader.u32_be("exponent")? {
        0 => 65537,
        exponent => exponent,
    };
    let modulus = reader.tpm2b("modulus", budget::TPM2B_BYTES)?;
    let has_top_bit = modulus.first().is_some_and(|first| first & 0x80 != 0);
    if modulus.len() * 8 != usize::from(bits) || !has_top_bit {
        let problem = format!("keyBits is {bits}, the modulus has {} bytes", modulus.len());
        return Err(reader.error(problem));
    }
    Ok(Key::Rsa { bits, exponent, modulus: modulus.to_vec() })
}

fn read_ecc(reader: &mut Reader<'_>) -> Result<Key, Error> {
    let curve = match reader.u16_be("curveID")? {
        0x0003 => Curve::P256,
        0x0004 => Curve::P384,
        other => Curve::Other(other),
    };
    match reader.u16_be("kdf scheme")? {
        alg::NULL => {}
        alg::MGF1 | alg::KDF1_SP800_56A..=alg::KDF1_SP800_108 => {
            reader.u16_be("kdf hash")?;
        }
        other => return Err(reader.error(format!("kdf scheme {other:#06x} is not known"))),
    }
    let x = reader.tpm2b("x", 128)?.to_vec();
    let y = reader.tpm2b("y", 128)?.to_vec();
    if let Some(bytes) = curve.coordinate_bytes()
        && (x.len() > bytes || y.len() > bytes)
    {
        let problem =
            format!("coordinates of {} and {} bytes on {}", x.len(), y.len(), curve.name());
        return Err(reader.error(problem));
    }
    Ok(Key::Ecc { curve, x, y })
}

/// The uncompressed point 04 ‖ x ‖ y (SEC 1, 2.3.3); TPMs may drop leading zeros of coordinates.
pub(crate) fn uncompressed_point(curve: Curve, x: &[u8], y: &[u8]) -> Option<Vec<u8>> {
    let bytes = curve.coordinate_bytes()?;
    let mut point = vec![4];
    for coordinate in [x, y] {
        point.extend(std::iter::repeat_n(0, bytes.checked_sub(coordinate.len())?));
        point.extend_from_slice(coordinate);
    }
    Some(point)
}
