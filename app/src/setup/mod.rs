//! The first run: the first administrator, and from there to the first green host.

pub mod api;
mod checklist;
mod claim;
mod start;

pub(crate) use checklist::Checklist;
pub(crate) use claim::ClaimScreen;
pub(crate) use start::StartScreen;
