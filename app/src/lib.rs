//! Everything the browser shows. No SQL, no attest.
//!
//! Two features, never both: `ssr` renders on the server, `hydrate` takes the page over in the
//! browser. Where the two differ, a module has two files with one signature (`browser`, `live`);
//! `view!` never asks which one it is in.

#![recursion_limit = "256"]

pub mod access;
pub mod action;
pub mod advisory;
pub mod alarms;
pub mod api;
pub mod arrangement;
#[cfg(feature = "ssr")]
pub mod assets;
pub mod audit;
#[cfg(feature = "ssr")]
pub mod backend;
mod blank;
mod browser;
pub mod bulk;
pub mod cause;
pub mod change;
pub mod component;
pub mod configuration;
mod datacenter;
pub mod display;
pub mod enrol;
pub mod events;
pub mod failure;
pub mod find;
mod frame;
pub mod health;
pub mod host;
pub mod hosts;
mod inventory;
pub mod keyboard;
#[cfg(feature = "ssr")]
pub mod language;
mod live;
pub mod makers;
pub mod notice;
pub mod parts;
pub mod policy;
pub mod report;
pub mod routes;
pub mod security;
pub mod served;
pub mod setup;
#[cfg(feature = "ssr")]
mod shell;
mod sign_in;
pub mod summary;
pub mod text;
mod wire;

#[cfg(feature = "hydrate")]
pub use parts::load;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
