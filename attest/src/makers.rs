//! Roots and intermediates of trusted TPM makers.

/// The certificates that an EK certificate may chain to. Only the operator's roots are trusted;
/// intermediates only help to build a path.
#[derive(Debug, Clone, Default)]
pub struct Makers {
    certificates: Vec<Vec<u8>>,
}

/// A file of certificates that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("certificate {index}: {problem}")]
pub struct MakersError {
    /// Which certificate of the file, from 1.
    pub index: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl Makers {
    /// Adds every certificate of a PEM or DER file: self-signed ones as roots, others as
    /// intermediates. Gives how many were added.
    pub fn add(&mut self, _file: &[u8]) -> Result<usize, MakersError> {
        unimplemented!("see the attest crate's first issue")
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }
}
