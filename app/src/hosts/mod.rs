//! The Hosts tab of a datacenter: what its hosts say they are, and moving and removing them.

pub mod api;
mod chosen;
mod removed;
mod screen;
mod table;

#[cfg(feature = "ssr")]
pub(crate) use chosen::ids;
pub(crate) use removed::RemovedHostScreen;
pub(crate) use screen::HostsScreen;
