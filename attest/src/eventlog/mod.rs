//! The firmware's event log (TCG PC Client Platform Firmware Profile 1.06, "PFP"), crypto-agile
//! and SHA-1 format.
//!
//! A parsed [`EventLog`] proves nothing: anyone can write one. Its events can be read through a
//! [`ReplayedLog`], which holds only those that explain quoted PCR values. Even then only digests
//! are proven: an event's type is covered by nothing, and its data only where the digest is that
//! of the data (see `check/secure_boot.rs`).

mod event;
mod parse;
mod quirk;
mod replay;

pub use event::{Event, EventType};
pub use parse::{EventLog, Format, LogError, LogErrorKind};
pub use replay::{BankReplay, PcrReplay, Replay, ReplayedLog};
