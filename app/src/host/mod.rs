//! One host, in tabs: its Security portlet and why it failed; every check, the PCRs and the event log;
//! its past, any moment of which can be opened; its jobs step by step.

mod api;
mod booted;
mod checks;
mod comparison;
mod event_log;
mod exception;
mod exports;
mod facts;
mod history;
mod identity;
mod jobs;
mod moment;
mod past;
mod pcrs;
mod portlet;
mod reasons;
mod screen;
mod tabs;
mod timeline;

pub use api::{PastAsked, PastView, read_event_log, read_past};
pub(crate) use checks::GROUPS;
pub(crate) use screen::{HostAttestation, HostHistory, HostLogs, HostSummary};
