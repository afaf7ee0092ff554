//! Approved configurations: what hosts may have booted. The list, and the page on which one
//! version is reviewed event by event, approved, retired.

mod about;
pub mod api;
mod clusters;
mod events;
mod import;
mod list;
mod review;
mod screen;
mod versions;

pub(crate) use clusters::ClusterChoice;
pub(crate) use import::NameAndNotes;
pub(crate) use list::ConfigurationsScreen;
pub(crate) use review::{KeepOlder, ReasonInput, approval_address};
pub(crate) use screen::ConfigurationScreen;
