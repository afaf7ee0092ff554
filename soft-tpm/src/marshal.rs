//! Marshalling TPM structures.

use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};

use super::hash::hash;

/// fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign
pub const AK_ATTRIBUTES: u32 = 0x0005_0072;
/// fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt
pub const EK_ATTRIBUTES: u32 = 0x0003_00B2;

#[derive(Clone, PartialEq, Eq)]
/// A public key that TPMs have.
pub enum PublicKey {
    /// RSA with the exponent 65,537.
    Rsa {
        /// 256 bytes, big endian.
        modulus: Vec<u8>,
    },
    /// A point of P-256.
    P256 {
        /// 32 bytes, big endian.
        x: Vec<u8>,
        /// 32 bytes, big endian.
        y: Vec<u8>,
    },
}

impl PublicKey {
    /// The point in its uncompressed form.
    pub fn from_point(point: &[u8]) -> Self {
        Self::P256 { x: point[1..33].to_vec(), y: point[33..65].to_vec() }
    }
}

/// A TPMT_PUBLIC, open to change.
#[derive(Clone)]
pub struct PublicSpec {
    /// The key itself.
    pub key: PublicKey,
    /// nameAlg
    pub name_alg: u16,
    /// TPMA_OBJECT
    pub attributes: u32,
    /// Scheme and hash; nothing for TPM_ALG_NULL.
    pub scheme: Option<(u16, u16)>,
    /// AES-CFB with this many bits; nothing for TPM_ALG_NULL.
    pub symmetric: Option<u16>,
    /// authPolicy
    pub policy: Vec<u8>,
}

impl PublicSpec {
    /// As agents make an AK, or as the EK templates L-1 and L-2 have it, by these attributes.
    pub fn new(key: PublicKey, attributes: u32) -> Self {
        let is_ek = attributes == EK_ATTRIBUTES;
        let scheme = match key {
            _ if is_ek => None,
            PublicKey::Rsa { .. } => Some((0x0014, 0x000B)),
            PublicKey::P256 { .. } => Some((0x0018, 0x000B)),
        };
        // PolicyA: PolicySecret(TPM_RH_ENDORSEMENT) with SHA-256.
        let policy_a = [
            0x83, 0x71, 0x97, 0x67, 0x44, 0x84, 0xB3, 0xF8, 0x1A, 0x90, 0xCC, 0x8D, 0x46, 0xA5,
            0xD7, 0x24, 0xFD, 0x52, 0xD7, 0x6E, 0x06, 0x52, 0x0B, 0x64, 0xF2, 0xA1, 0xDA, 0x1B,
            0x33, 0x14, 0x69, 0xAA,
        ];
        Self {
            key,
            name_alg: 0x000B,
            attributes,
            scheme,
            symmetric: is_ek.then_some(128),
            policy: if is_ek { policy_a.to_vec() } else { Vec::new() },
        }
    }

    /// The hash of the scheme; SHA-256 if there is none.
    pub fn scheme_hash(&self) -> HashAlg {
        self.scheme.and_then(|(_, hash)| HashAlg::from_tpm_id(hash)).unwrap_or(HashAlg::Sha256)
    }

    /// The TPMT_PUBLIC.
    pub fn marshal(&self) -> Vec<u8> {
        let kind: u16 = match self.key {
            PublicKey::Rsa { .. } => 0x0001,
            PublicKey::P256 { .. } => 0x0023,
        };
        let mut out = Vec::new();
        out.extend(kind.to_be_bytes());
        out.extend(self.name_alg.to_be_bytes());
        out.extend(self.attributes.to_be_bytes());
        out.extend(sized(&self.policy));
        match self.symmetric {
            Some(bits) => {
                out.extend([0x00, 0x06]);
                out.extend(bits.to_be_bytes());
                out.extend([0x00, 0x43]);
            }
            None => out.extend([0x00, 0x10]),
        }
        match self.scheme {
            Some((scheme, hash)) => {
                out.extend(scheme.to_be_bytes());
                out.extend(hash.to_be_bytes());
            }
            None => out.extend([0x00, 0x10]),
        }
        match &self.key {
            PublicKey::Rsa { modulus } => {
                out.extend(u16::try_from(modulus.len() * 8).expect("a key of a TPM").to_be_bytes());
                out.extend([0; 4]);
                out.extend(sized(modulus));
            }
            PublicKey::P256 { x, y } => {
                out.extend([0x00, 0x03, 0x00, 0x10]);
                out.extend(sized(x));
                out.extend(sized(y));
            }
        }
        out
    }
}

/// A TPM2B: size and bytes.
pub fn sized(bytes: &[u8]) -> Vec<u8> {
    [&u16::try_from(bytes.len()).expect("a TPM2B is below 64 KiB").to_be_bytes()[..], bytes]
        .concat()
}

/// A TPMS_ATTEST, open to change.
#[derive(Clone)]
pub struct AttestSpec {
    /// TPM_GENERATED_VALUE, if the TPM made it.
    pub magic: u32,
    /// TPM_ST_ATTEST_QUOTE for a quote.
    pub kind: u16,
    /// The qualified name of the key that signs.
    pub qualified_signer: Vec<u8>,
    /// Replaces what the quote is bound to.
    pub extra_data: Option<Vec<u8>>,
    /// Milliseconds in which the TPM was powered.
    pub clock: u64,
    /// Counts boots.
    pub reset_count: u32,
    /// Counts resumes.
    pub restart_count: u32,
    /// Whether no higher clock was ever reported.
    pub safe: u8,
    /// The TPM's firmware version.
    pub firmware: u64,
    /// Replaces the selection that the values have.
    pub selection: Option<Vec<(HashAlg, Vec<u8>)>>,
}

impl Default for AttestSpec {
    fn default() -> Self {
        Self {
            magic: 0xFF54_4347,
            kind: 0x8018,
            qualified_signer: [&[0x00, 0x0B][..], &[9; 32]].concat(),
            extra_data: None,
            clock: 1_000_000,
            reset_count: 7,
            restart_count: 1,
            safe: 1,
            firmware: 0x0001_0002_0003_0004,
            selection: None,
        }
    }
}

impl AttestSpec {
    /// The TPMS_ATTEST of a quote over `pcrs`, bound to `bound`, with `digest` as its hash.
    pub fn marshal(&self, bound: &[u8], pcrs: &[PcrBankValues], digest: HashAlg) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.magic.to_be_bytes());
        out.extend(self.kind.to_be_bytes());
        out.extend(sized(&self.qualified_signer));
        out.extend(sized(self.extra_data.as_deref().unwrap_or(bound)));
        out.extend(self.clock.to_be_bytes());
        out.extend(self.reset_count.to_be_bytes());
        out.extend(self.restart_count.to_be_bytes());
        out.push(self.safe);
        out.extend(self.firmware.to_be_bytes());
        let selection = self.selection.clone().unwrap_or_else(|| {
            let indices =
                |bank: &PcrBankValues| bank.values.iter().map(|(pcr, _)| u8::from(*pcr)).collect();
            pcrs.iter().map(|bank| (bank.bank, indices(bank))).collect()
        });
        out.extend(u32::try_from(selection.len()).expect("a few banks").to_be_bytes());
        let mut values = Vec::new();
        for (bank, selected) in &selection {
            out.extend(bank.tpm_id().to_be_bytes());
            let mut bitmap = [0u8; 3];
            for pcr in selected {
                bitmap[usize::from(pcr / 8)] |= 1 << (pcr % 8);
                let index = PcrIndex::try_from(*pcr).expect("a register that exists");
                let of_bank = pcrs.iter().find(|values| values.bank == *bank);
                let of_bank = of_bank.expect("the values of each bank that is selected");
                let value = of_bank.values.iter().find(|(found, _)| *found == index);
                let value = value.expect("the value of each register that is selected");
                values.extend_from_slice(value.1.as_bytes());
            }
            out.push(3);
            out.extend(bitmap);
        }
        out.extend(sized(&hash(digest, &values)));
        out
    }
}
