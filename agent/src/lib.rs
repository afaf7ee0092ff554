//! The host program: the only one that talks to a TPM.
//!
//! ```text
//!  enroll ──▶ state directory ──▶ run ──▶ session (one WebSocket) ──▶ worker (one thread)
//!                                                                       └─ attester ─▶ tpm, facts, logs
//! ```
//!
//! Everything that is read from the host goes through a *sysroot*, so that an agent in a
//! container, and a test, look at the host that they mean.

pub mod ak_store;
pub mod attester;
pub mod cli;
pub mod config;
pub mod enroll;
pub mod event_log;
pub mod facts;
pub mod hash;
pub mod os_logs;
pub mod refusal_words;
pub mod run;
pub mod server_address;
pub mod session;
pub mod state;
pub mod status;
pub mod text_file;
pub mod tls;
pub mod tpm;
pub mod tpm_choice;
pub mod worker;

/// The agent's version, as it stands in facts.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
