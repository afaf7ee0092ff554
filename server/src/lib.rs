//! HTTP, jobs, commands, queries, storage, sign-in.

#![recursion_limit = "256"]

pub mod advisories;
pub mod assets;
mod audit_export;
pub mod auth;
pub mod backend;
pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
mod connection;
pub mod ctx;
mod enrol_command;
pub mod error_log;
pub mod export;
pub mod hash;
mod health;
pub mod http;
mod hypothesis;
mod impact;
mod intake;
pub mod job;
pub mod lateness;
mod listener;
pub mod live;
pub mod makers;
pub mod metrics;
pub mod query;
pub mod random;
mod reload;
pub mod returning;
pub mod revocations;
pub mod router;
pub mod serve;
pub mod session;
pub mod setup_code;
pub mod standards;
pub mod state;
pub mod store;
pub mod tail;
mod ticks;
pub mod tls;
pub mod traces;
pub mod vitals;
