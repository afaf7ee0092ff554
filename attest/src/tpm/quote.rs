//! `Quote → SignedQuote → VerifiedQuote`: holding one is the proof of what its name says.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use trustboard_model::digest::{HashAlg, Nonce, Sha256};
use trustboard_model::protocol::BINDING_DOMAIN;

use super::{Attestation, Public, QuoteInfo, Signature, SignatureRefusal};
use crate::{Error, hash};

/// What extraData must be: the nonce and, by their digest, the claims.
pub(crate) fn binding(nonce: &Nonce, claims: &Sha256) -> Sha256 {
    hash::sha256(&[BINDING_DOMAIN, &nonce.0, &claims.0])
}

/// A quote as it came. Its content cannot be read before the signature was verified.
#[derive(Debug, Clone)]
pub struct Quote<'a> {
    bytes: &'a [u8],
    attestation: Attestation,
}

/// A quote whose signature verified with a given AK. It may be an old one.
#[derive(Debug, Clone)]
pub struct SignedQuote {
    info: QuoteInfo,
    hash: HashAlg,
}

/// A quote that was signed by a given AK, for a given nonce, over given claims.
#[derive(Debug, Clone)]
pub struct VerifiedQuote {
    info: QuoteInfo,
    hash: HashAlg,
}

/// Why a quote does not belong to a challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BindingRefusal {
    /// extraData is empty.
    Empty,
    /// extraData is something else.
    Mismatch {
        /// What should stand there.
        expected: Vec<u8>,
        /// What stands there.
        found: Vec<u8>,
    },
}

impl<'a> Quote<'a> {
    /// Reads the form of a TPMS_ATTEST.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        Ok(Self { bytes, attestation: Attestation::parse(bytes)? })
    }

    /// What it is. Only good for refusing it: nothing of its content is believed yet.
    pub fn form(&self) -> &Attestation {
        &self.attestation
    }

    /// Verifies the signature over exactly the bytes that came. Gives nothing if it verifies but
    /// is not a quote.
    pub fn verify(
        self,
        ak: &Public,
        signature: &Signature,
    ) -> Result<Option<SignedQuote>, SignatureRefusal> {
        let hash = signature.verify(ak, self.bytes)?;
        match self.attestation {
            Attestation::Quote(info) => Ok(Some(SignedQuote { info, hash })),
            Attestation::Foreign { .. } | Attestation::Other { .. } => Ok(None),
        }
    }
}

impl SignedQuote {
    /// Compares extraData with the binding of this nonce and these claims, in constant time.
    pub fn bind(self, nonce: &Nonce, claims: &[u8]) -> Result<VerifiedQuote, BindingRefusal> {
        let expected = binding(nonce, &hash::sha256(&[claims]));
        let found = &self.info.extra_data;
        if found.is_empty() {
            return Err(BindingRefusal::Empty);
        }
        if verify_slices_are_equal(&expected.0, found).is_err() {
            let found = found.clone();
            return Err(BindingRefusal::Mismatch { expected: expected.0.to_vec(), found });
        }
        Ok(VerifiedQuote { info: self.info, hash: self.hash })
    }

    /// The content, without knowing whether it answers any challenge: for looking at quotes that
    /// were made for other verifiers. An appraisal takes [`SignedQuote::bind`].
    pub fn insecure_unbound_info(&self) -> &QuoteInfo {
        &self.info
    }

    /// For looking at quotes that were made for other verifiers, whose extraData is their nonce.
    /// An appraisal takes [`SignedQuote::bind`].
    pub fn insecure_bind_raw(self, extra_data: &[u8]) -> Result<VerifiedQuote, BindingRefusal> {
        if self.info.extra_data.is_empty() {
            return Err(BindingRefusal::Empty);
        }
        if self.info.extra_data != extra_data {
            let found = self.info.extra_data;
            return Err(BindingRefusal::Mismatch { expected: extra_data.to_vec(), found });
        }
        Ok(VerifiedQuote { info: self.info, hash: self.hash })
    }
}

impl VerifiedQuote {
    /// The content.
    pub fn info(&self) -> &QuoteInfo {
        &self.info
    }

    /// The hash of the AK's signing scheme, which also makes the PCR digest (Part 3, TPM2_Quote).
    pub fn hash(&self) -> HashAlg {
        self.hash
    }
}
