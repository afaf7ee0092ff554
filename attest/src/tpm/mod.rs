//! Structures of the TPM 2.0 Library, Part 2 (revision 1.59), under their own names. Parsers
//! read exactly one structure and refuse bytes after it.

mod attest;
mod pcr;
mod public;
mod quote;
mod signature;

pub use attest::{Attestation, BankSelection, QuoteInfo};
pub use pcr::{PcrRefusal, QuotedPcrs};
pub use public::{Attributes, Curve, Key, Public, Scheme, Symmetric};
pub use quote::{BindingRefusal, Quote, SignedQuote, VerifiedQuote};
pub use signature::{Signature, SignatureRefusal};

pub(crate) use pcr::{describe, ranges};
pub(crate) use public::{alg, uncompressed_point};
pub(crate) use signature::{ecdsa_algorithm, verify_ecdsa, verify_rsa};
