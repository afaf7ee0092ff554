//! UEFI variables as PCR 7 measures them (UEFI 2.10, 32.4; PFP 1.06, 3.3.4.8).

mod authority;
mod official;
mod signature_list;
mod variable;

pub use official::OfficialRevocations;
pub use signature_list::{EfiSignature, SignatureKind, SignatureList};
pub use variable::{Guid, Variable};

pub(crate) use authority::{authority_is_covered, certificate_of, common_name};
