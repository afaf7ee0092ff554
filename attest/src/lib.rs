//! The verification core: bytes in, [`Appraisal`] out. No clock, no network, no database.

mod appraise;
mod credential;
mod error;
mod input;
mod makers;

pub use appraise::{Appraisal, appraise};
pub use credential::{AdmitError, AdmittedKeys, admit, make_credential};
pub use error::Error;
pub use input::{
    Challenge, Evidence, History, Input, Log, Proof, RecordedIdentity, SessionIdentity,
};
pub use makers::{Makers, MakersError};
