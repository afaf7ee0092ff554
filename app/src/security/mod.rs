//! Monitor > Security of a datacenter, and the same table over all that an operator sees.

mod causes;
mod cell;
mod chips;
mod counts;
mod detail;
mod grid;
mod pager;
mod query_field;
mod row;
mod screen;
mod shown;
pub mod state;
#[cfg(test)]
mod state_tests;
mod table;

pub(crate) use detail::ReasonView;
pub use grid::Grid;
pub(crate) use screen::SecurityScreen;
pub use table::Table;
