//! What an operator can do to a host, in the table and on its page.

mod form;
mod kind;
mod outcome;
mod panel;

pub(crate) use form::{Expiry, field_label, hint};
pub use kind::{Kind, of_action, parse};
pub(crate) use panel::Actions;
