//! Roots and intermediates of trusted TPM makers.

use crate::budget;
use crate::endorsement::{Certificate, Name, RevocationList, Section, sections};

/// The certificates that an EK certificate may chain to. Only the operator's roots are trusted;
/// intermediates only help to build a path.
#[derive(Debug, Clone, Default)]
pub struct Makers {
    roots: Vec<Certificate>,
    intermediates: Vec<Certificate>,
    revocation_lists: Vec<RevocationList>,
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
    /// intermediates; and the makers' revocation lists, if the file (PEM) has some. Gives how many
    /// were added. A file with an error adds nothing.
    ///
    /// Stricter than for EK certificates: a certificate whose serial number is not proper DER is
    /// refused as malformed. An operator can get the right file; a TPM cannot get another
    /// certificate.
    pub fn add(&mut self, file: &[u8]) -> Result<usize, MakersError> {
        let items = sections(file).map_err(|problem| MakersError { index: 1, problem })?;
        let refuse = |index: usize, problem: String| MakersError { index, problem };
        if items.is_empty() {
            return Err(refuse(1, "the file holds no certificate".to_owned()));
        }
        let mut added = self.clone();
        for (index, item) in (1..).zip(&items) {
            match item {
                Section::Certificate(der) => {
                    if der.len() > budget::MAKERS_ITEM_BYTES {
                        return Err(refuse(index, format!("{} bytes", der.len())));
                    }
                    let certificate = Certificate::parse("certificate", der)
                        .map_err(|error| refuse(index, error.problem))?;
                    if let Some(problem) = certificate.serial_problem() {
                        return Err(refuse(index, problem.to_string()));
                    }
                    if certificate.is_self_signed() {
                        added.roots.push(certificate);
                    } else {
                        added.intermediates.push(certificate);
                    }
                }
                Section::RevocationList(der) => {
                    if der.len() > budget::MAKERS_ITEM_BYTES {
                        return Err(refuse(index, format!("{} bytes", der.len())));
                    }
                    let list =
                        RevocationList::parse(der).map_err(|error| refuse(index, error.problem))?;
                    added.revocation_lists.push(list);
                }
            }
            if added.len() > budget::MAKERS_ITEMS {
                return Err(refuse(index, format!("more than {} items", budget::MAKERS_ITEMS)));
            }
        }
        *self = added;
        Ok(items.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty() && self.intermediates.is_empty()
    }

    fn len(&self) -> usize {
        self.roots.len() + self.intermediates.len() + self.revocation_lists.len()
    }

    /// The certificates of this name, roots first, and whether each is a root.
    pub(crate) fn candidates<'m>(
        &'m self,
        name: &'m Name,
    ) -> impl Iterator<Item = (&'m Certificate, bool)> {
        let roots = self.roots.iter().map(|certificate| (certificate, true));
        let others = self.intermediates.iter().map(|certificate| (certificate, false));
        roots.chain(others).filter(|(certificate, _)| certificate.subject.matches(name))
    }

    /// The newest revocation list that this issuer signed.
    pub(crate) fn revocation_list(&self, issuer: &Certificate) -> Option<&RevocationList> {
        self.revocation_lists
            .iter()
            .filter(|list| list.issuer.matches(&issuer.subject) && list.is_signed_by(&issuer.key))
            .max_by_key(|list| list.this_update)
    }
}
