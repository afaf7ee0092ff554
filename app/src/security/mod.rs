//! Monitor > Security of a datacenter.

mod causes;
mod counts;
mod detail;
mod filter;
mod pager;
mod row;
mod screen;
pub mod state;
#[cfg(test)]
mod state_tests;
mod table;

pub(crate) use detail::ReasonView;
pub(crate) use screen::SecurityScreen;
pub use table::{Table, TableView};
