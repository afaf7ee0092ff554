//! Monitor > Security of a datacenter, and the same table over all that an operator sees.
//!
//! The server writes every state of it; the crate `trustboard-table` is its half in the browser.

pub mod api;
#[cfg(not(feature = "hydrate"))]
mod causes;
#[cfg(not(feature = "hydrate"))]
mod cell;
#[cfg(not(feature = "hydrate"))]
mod chips;
#[cfg(not(feature = "hydrate"))]
mod columns_menu;
pub mod completion;
#[cfg(not(feature = "hydrate"))]
mod counts;
#[cfg(not(feature = "hydrate"))]
mod detail;
mod elsewhere;
#[cfg(not(feature = "hydrate"))]
mod export_menu;
#[cfg(not(feature = "hydrate"))]
mod facts;
#[cfg(not(feature = "hydrate"))]
mod grid;
#[cfg(not(feature = "hydrate"))]
mod pager;
#[cfg(feature = "ssr")]
pub mod plain;
#[cfg(not(feature = "hydrate"))]
mod query_field;
mod reason;
#[cfg(not(feature = "hydrate"))]
mod resize;
#[cfg(not(feature = "hydrate"))]
mod row;
#[cfg(not(feature = "hydrate"))]
mod screen;
#[cfg(not(feature = "hydrate"))]
mod selecting;
#[cfg(not(feature = "hydrate"))]
mod shown;
pub mod state;
#[cfg(test)]
mod state_tests;
#[cfg(not(feature = "hydrate"))]
mod views_menu;

#[cfg(feature = "hydrate")]
pub(crate) use elsewhere::SecurityScreen;
pub(crate) use reason::ReasonView;
#[cfg(not(feature = "hydrate"))]
pub(crate) use screen::SecurityScreen;
