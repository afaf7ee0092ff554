//! The verification core: bytes in, [`Appraisal`] out. No clock, no network, no database.
//!
//! ```text
//! evidence ─▶ Quote ──signature──▶ SignedQuote ──nonce, claims──▶ VerifiedQuote
//!                                                                      │ pcrDigest
//! event log ─▶ EventLog ─────────────replay──────▶ ReplayedLog ◀── QuotedPcrs
//!                                                      │
//!              every check ─▶ outcomes ─▶ verdict ─▶ Appraisal
//! ```
//!
//! Holding a value is the proof of what its name says: constructors are private, and nothing
//! can be read from a quote before its signature was verified, or from a log before it explained
//! quoted values. Whatever looks past that says so in its name (`insecure_…`).
//!
//! Specifications, cited by clause where they are enforced: TPM 2.0 Library, revision 1.59
//! ("Part 1" to "Part 4"); TCG PC Client Platform Firmware Profile 1.06 ("PFP"); PC Client
//! Platform TPM Profile 1.05 ("PTP"); TCG EK Credential Profile 2.6 ("EKP"); UEFI 2.10; RFC 5280.

mod appraise;
mod boot;
mod budget;
mod bundle;
mod check;
mod claims;
mod credential;
pub mod endorsement;
mod error;
pub mod eventlog;
mod hash;
pub mod ima;
mod input;
pub mod inspect;
mod makers;
pub mod meaning;
mod memory;
mod moment;
mod outline;
mod reader;
pub mod reference;
pub mod secure_boot;
mod standards;
mod steady;
pub mod systemd_log;
pub mod tpm;
mod verdict;

pub use appraise::{Appraisal, Repetition, appraise, appraise_and_remember, appraise_with};
pub use bundle::{Bundle, BundledEvidence, BundledLog};
pub use claims::parse_claims;
pub use credential::{AdmitError, AdmittedKeys, admit, make_credential};
pub use error::Error;
pub use input::{
    Challenge, Evidence, History, Input, Log, Proof, RecordedIdentity, SessionIdentity,
};
pub use makers::{
    FileItem, Idle, KnownRoot, Makers, MakersError, Usable, known_root, read_makers_file,
};
pub use memory::Memory;
pub use standards::Standards;
pub use steady::{Again, FreshQuote, Recognised, Steady};
