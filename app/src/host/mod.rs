//! One host: its Security portlet, why it failed, every check, the PCRs, its identity, its jobs
//! step by step, and its history.

mod checks;
mod facts;
mod history;
mod identity;
mod jobs;
mod pcrs;
mod portlet;
mod screen;

pub(crate) use screen::HostScreen;
pub use screen::HostView;
