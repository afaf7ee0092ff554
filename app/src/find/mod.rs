//! The quick search: a host, cluster or datacenter by its name, from anywhere.

mod api;
mod dialog;

pub(crate) use api::name_of_host;
pub use api::{FindByName, NameOfHost};
pub(crate) use dialog::FindDialog;
