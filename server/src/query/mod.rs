//! Every read. Goes through connections that cannot write, one transaction a question, so that
//! what stands on one page agrees with itself.

mod audit;
mod due_hosts;
mod event_log;
mod events_since;
mod host;
mod host_by_credential;
mod inventory;
mod job;
mod message;
mod password_hash;
mod queued_jobs;
mod row;
mod security;
mod session;
mod token_cluster;
mod verification;
mod verify_chain;

pub use audit::audit;
pub use due_hosts::due_hosts;
pub use event_log::event_log;
pub use events_since::events_since;
pub use host::host;
pub use host_by_credential::host_by_credential;
pub use inventory::inventory;
pub use job::job;
pub use password_hash::password_hash;
pub use queued_jobs::queued_jobs;
pub use row::row;
pub use security::security;
pub(crate) use session::SESSION_IDLE_S;
pub use session::session;
pub use token_cluster::token_cluster;
pub use verification::{VerificationContext, verification};
pub use verify_chain::{ChainState, verify_chain};
