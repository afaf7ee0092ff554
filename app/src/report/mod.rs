//! The dated report of one datacenter, made for paper.

mod api;
mod host;
mod screen;

pub use api::read_report;
pub(crate) use screen::ReportScreen;
