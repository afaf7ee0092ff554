//! What an operator can do to a host, in the table and on its page.

mod form;
mod kind;
mod outcome;
mod panel;

pub use kind::{Kind, parse};
pub(crate) use panel::Actions;
