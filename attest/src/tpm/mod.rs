//! Structures of the TPM 2.0 Library, Part 2 (revision 1.59), under their own names. Parsers
//! read exactly one structure and refuse bytes after it.

pub(crate) mod alg;
mod attest;
mod attributes;
mod pcr;
mod prepared;
mod public;
mod quote;
mod scheme;
mod signature;

pub use attest::{Attestation, BankSelection, QuoteInfo};
pub use attributes::Attributes;
pub use pcr::{PcrRefusal, QuotedPcrs};
pub use public::{Curve, Key, Public, Symmetric};
pub use quote::{BindingRefusal, Quote, SignedQuote, VerifiedQuote};
pub use scheme::Scheme;
pub use signature::{Signature, SignatureRefusal};

pub(crate) use pcr::{describe, ranges};
pub(crate) use prepared::PreparedKey;
pub(crate) use public::uncompressed_point;
pub(crate) use quote::binding;
pub(crate) use signature::{ecdsa_algorithm, verify_ecdsa, verify_rsa};
