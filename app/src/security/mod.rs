//! Monitor > Security of a datacenter, and the same table over all that an operator sees.
//!
//! The server writes every state of it; the crate `trustboard-table` is its half in the browser.

pub mod api;
pub mod completion;
#[cfg(feature = "hydrate")]
mod elsewhere;
#[cfg(feature = "ssr")]
pub mod plain;
mod reason;
pub mod state;
#[cfg(test)]
mod state_tests;
#[cfg(not(feature = "hydrate"))]
mod written;

#[cfg(feature = "hydrate")]
pub(crate) use elsewhere::SecurityScreen;
pub(crate) use reason::ReasonView;
#[cfg(not(feature = "hydrate"))]
pub(crate) use written::SecurityScreen;
