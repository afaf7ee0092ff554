//! What needs a person, at a glance: over everything at `/`, and for one datacenter.

mod api;
mod causes;
mod changes;
mod nodes;
mod screen;
mod short;
mod trend;

pub use api::read_summary;
pub(crate) use screen::SummaryScreen;
pub(crate) use trend::along;
