//! Endpoints, one a file.

pub mod agent;
mod health;
mod layer;

pub use health::{healthz, readyz};
pub use layer::{request_ids, traced};
