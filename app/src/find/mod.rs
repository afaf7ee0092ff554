//! The quick search: a host, cluster or datacenter by its name, from anywhere.

mod api;
mod dialog;

pub use api::FindByName;
pub(crate) use dialog::FindDialog;
