//! What makes a TPM genuine: its maker's certificate for the endorsement key (TCG EK Credential
//! Profile 2.6, "EKP"; X.509 as RFC 5280 has it).
//!
//! The readers here are our own because field certificates break rules that general X.509
//! libraries enforce at parse time (CHECKS 16, 18 to 20): what is odd is tolerated *by name* or
//! refused with a reason, and the signed bytes are never re-encoded.

mod certificate;
mod chain;
mod der;
mod ek;
mod extension;
mod key;
mod name;
mod pem;
mod revocation;
mod roca;
mod time;

pub use certificate::{Certificate, SerialProblem};
pub use chain::{Chain, ChainRefusal, MissingIssuer};
pub use ek::{EkCertificate, Repair};
pub use extension::{AltName, BasicConstraints, Extensions, KeyUsage, TpmName};
pub use key::{CertifiedKey, SignatureAlgorithm};
pub use name::Name;
pub use revocation::RevocationList;

pub(crate) use der::{Der, first_value};
pub(crate) use pem::{certificate_label, pem_sections};
pub(crate) use roca::has_roca_fingerprint;
