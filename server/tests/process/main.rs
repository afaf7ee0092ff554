//! The program itself, as a process: killed, ended in order, backed up.

#![expect(clippy::unwrap_used, reason = "a test's surroundings are made or the test fails")]

#[path = "../support/mod.rs"]
mod support;

mod backup;
mod drain;
mod installation;
mod kill;
mod read_only;
mod traces;
mod upgrade;
