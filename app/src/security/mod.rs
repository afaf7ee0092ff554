//! Monitor > Security of a datacenter, and the same table over all that an operator sees.

pub mod api;
mod causes;
mod cell;
mod chips;
pub mod chosen;
mod columns_menu;
pub mod completion;
mod counts;
mod detail;
mod export_menu;
mod grid;
mod pager;
#[cfg(feature = "ssr")]
pub mod plain;
mod query_field;
mod resize;
mod row;
mod screen;
mod selecting;
mod shown;
pub mod state;
#[cfg(test)]
mod state_tests;
mod suggestions;
mod table;
mod views_menu;

pub(crate) use detail::ReasonView;
pub use grid::Grid;
pub(crate) use screen::SecurityScreen;
pub use table::Table;
