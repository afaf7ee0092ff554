//! Every read. Goes through connections that cannot write, one transaction a question, so that
//! what stands on one page agrees with itself.

mod audit;
mod configuration;
mod configurations;
mod due_hosts;
mod event_log;
mod events_since;
mod host;
mod host_by_credential;
mod inventory;
mod job;
mod message;
mod password_hash;
mod policy;
mod queued_jobs;
mod row;
mod security;
mod session;
mod stored_case;
mod token_cluster;
mod verification;
mod verify_chain;
mod waiting;

pub use audit::audit;
pub use configuration::configuration;
pub use configurations::configurations;
pub use due_hosts::due_hosts;
pub use event_log::event_log;
pub use events_since::events_since;
pub use host::host;
pub use host_by_credential::host_by_credential;
pub use inventory::inventory;
pub use job::job;
pub use password_hash::password_hash;
pub use policy::policy;
pub use queued_jobs::queued_jobs;
pub use row::row;
pub use security::security;
pub(crate) use session::SESSION_IDLE_S;
pub use session::session;
pub(crate) use stored_case::{StoredCase, read_case, stored_case};
pub use token_cluster::token_cluster;
pub use verification::{VerificationContext, verification};
pub use verify_chain::{ChainState, verify_chain};
pub(crate) use waiting::waiting;
