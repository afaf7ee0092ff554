//! TPMT_PUBLIC: a key's public area, its attributes and its Name.

use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::limit;

use crate::reader::Reader;
use crate::{Error, budget, hash};

/// `TPM_ALG_ID`s (Part 2, 6.3) that stand in public areas and signatures.
pub(crate) mod alg {
    pub const RSA: u16 = 0x0001;
    pub const AES: u16 = 0x0006;
    pub const MGF1: u16 = 0x0007;
    pub const NULL: u16 = 0x0010;
    pub const RSASSA: u16 = 0x0014;
    pub const RSAES: u16 = 0x0015;
    pub const RSAPSS: u16 = 0x0016;
    pub const OAEP: u16 = 0x0017;
    pub const ECDSA: u16 = 0x0018;
    pub const ECDH: u16 = 0x0019;
    pub const ECDAA: u16 = 0x001A;
    pub const SM2: u16 = 0x001B;
    pub const ECSCHNORR: u16 = 0x001C;
    pub const ECMQV: u16 = 0x001D;
    pub const KDF1_SP800_56A: u16 = 0x0020;
    pub const KDF1_SP800_108: u16 = 0x0022;
    pub const ECC: u16 = 0x0023;
    pub const CFB: u16 = 0x0043;

    /// The name of an algorithm that a scheme can have.
    pub fn name(id: u16) -> String {
        match id {
            NULL => "none".to_owned(),
            RSASSA => "RSASSA".to_owned(),
            RSAES => "RSAES".to_owned(),
            RSAPSS => "RSAPSS".to_owned(),
            OAEP => "OAEP".to_owned(),
            ECDSA => "ECDSA".to_owned(),
            ECDAA => "ECDAA".to_owned(),
            SM2 => "SM2".to_owned(),
            ECSCHNORR => "ECSCHNORR".to_owned(),
            other => format!("algorithm {other:#06x}"),
        }
    }
}

/// TPMA_OBJECT (Part 2, 8.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes(pub u32);

impl Attributes {
    /// The key cannot leave its TPM.
    pub const FIXED_TPM: Self = Self(1 << 1);
    /// The key cannot be moved to another parent.
    pub const FIXED_PARENT: Self = Self(1 << 4);
    /// The TPM made the private part itself.
    pub const SENSITIVE_DATA_ORIGIN: Self = Self(1 << 5);
    /// Only with inner encryption may it be duplicated.
    pub const ENCRYPTED_DUPLICATION: Self = Self(1 << 11);
    /// Signs only what the TPM made, or decrypts only what has the TPM's form.
    pub const RESTRICTED: Self = Self(1 << 16);
    /// May decrypt.
    pub const DECRYPT: Self = Self(1 << 17);
    /// May sign.
    pub const SIGN: Self = Self(1 << 18);

    const NAMES: [(Self, &'static str); 7] = [
        (Self::FIXED_TPM, "fixedTPM"),
        (Self::FIXED_PARENT, "fixedParent"),
        (Self::SENSITIVE_DATA_ORIGIN, "sensitiveDataOrigin"),
        (Self::ENCRYPTED_DUPLICATION, "encryptedDuplication"),
        (Self::RESTRICTED, "restricted"),
        (Self::DECRYPT, "decrypt"),
        (Self::SIGN, "sign"),
    ];

    /// Whether all attributes of `other` are set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The names of the attributes that matter here and are set.
    pub fn names(self) -> String {
        let set = Self::NAMES.iter().filter(|(attribute, _)| self.has(*attribute));
        let names: Vec<_> = set.map(|(_, name)| *name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }
}

/// A TPMT_RSA_SCHEME or TPMT_ECC_SCHEME (Part 2, 11.2.4.2, 11.2.5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// `TPM_ALG_ID` of the scheme.
    pub scheme: u16,
    /// `TPM_ALG_ID` of its hash, if it has one.
    pub hash: Option<u16>,
}

impl Scheme {
    /// `RSASSA with SHA-256`.
    pub fn describe(self) -> String {
        let scheme = alg::name(self.scheme);
        match self.hash {
            None => scheme,
            Some(hash) => match HashAlg::from_tpm_id(hash) {
                Some(hash) => format!("{scheme} with {hash}"),
                None => format!("{scheme} with hash {hash:#06x}"),
            },
        }
    }

    /// The hash, if it is one that is known here.
    pub fn hash_alg(self) -> Option<HashAlg> {
        self.hash.and_then(HashAlg::from_tpm_id)
    }
}

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
