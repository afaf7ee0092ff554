//! Rogue hosts: they enrol as any host without a TPM does, and then break the protocol, each in one
//! way. They show what the server does about it, and what the other hosts notice of it.
//!
//! The WebSocket is spoken by hand (`line.rs`), because no library speaks it wrongly.

pub mod cli;
mod enrol;
mod line;
mod outcome;
mod request;
mod visit;
mod way;
