//! The policy of a cluster: which checks it asks for and how strictly, and the exceptions of its
//! hosts.

pub mod api;
mod change;
mod exceptions;
mod fields;
mod form;
mod list;
mod review;
mod screen;

pub(crate) use exceptions::Exceptions;
pub(crate) use list::PoliciesScreen;
pub(crate) use screen::PolicyScreen;
