//! The server's own health, and what to do where it is bad.

pub mod api;
mod judged;
mod kept;
mod screen;

pub(crate) use screen::HealthScreen;
