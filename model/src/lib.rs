//! Words shared by every Trustboard crate: ids, digests, verdicts, reasons, alarms, events and
//! the agent protocol.
//!
//! The vocabulary is that of RFC 9334 (RATS): an *attester* (the host and its agent) produces
//! *evidence*; a *verifier* (`trustboard-attest`) appraises it against *reference values* and a
//! *policy*, and gives an *attestation result* that the *relying party* (the operator) acts on.
//!
//! This crate does no input or output, reads no clock, draws no random numbers, and builds for
//! `wasm32-unknown-unknown`.

pub mod alarm;
pub mod appraisal;
pub mod boot;
pub mod bytes;
pub mod check;
pub mod checkpoint;
mod coded;
pub mod comparison;
pub mod configuration;
pub mod digest;
pub mod event;
pub mod exception;
pub mod facts;
pub mod host;
pub mod host_query;
pub mod id;
pub mod job;
pub mod maker;
pub mod pcr;
pub mod policy;
pub mod protocol;
pub mod reason;
pub mod refusal;
pub mod rights;
pub mod role;
pub mod time;
pub mod tpm_problem;
pub mod verdict;
pub mod view;
