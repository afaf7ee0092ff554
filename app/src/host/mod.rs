//! One host: its Security portlet, why it failed, every check, the PCRs, its identity, its jobs
//! step by step, and its history.

mod booted;
mod checks;
mod comparison;
mod exception;
mod facts;
mod history;
mod identity;
mod jobs;
mod pcrs;
mod portlet;
mod reasons;
mod screen;

pub(crate) use checks::GROUPS;
pub(crate) use screen::HostScreen;
