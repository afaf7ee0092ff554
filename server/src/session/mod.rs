//! Agents' sessions: one WebSocket a host.
//!
//! ```text
//! upgrade ─Hello─▶ registered ─┬─ host is connected ──▶ idle ◀─────────────────────┐
//!                              └─ host is disconnected ─▶ parked ─Connect─▶ idle     │
//! idle ──ask──▶ [identity, once a session] ─▶ challenge ─▶ answer | time out ───────┘
//! ```
//!
//! A session asks only when a verification job or its host's turn wants it to. Challenges live here, in memory: they
//! are bound to the session's host, answered once, and end with the session.

mod ask;
mod begin;
mod evidence;
mod identity;
mod mailbox;
mod registry;
mod run;
mod steady;
mod talk;
pub mod wire;

pub(crate) use evidence::KnownLogs;
pub(crate) use steady::{Arrived, Quoted, Turn, in_full};

pub use ask::{Answer, Progress, Question, Sent, Unanswered};
pub use mailbox::Nudge;
pub use registry::Registry;
pub use run::run;
