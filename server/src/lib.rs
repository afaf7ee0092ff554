//! HTTP, jobs, commands, queries, storage, sign-in.

#![recursion_limit = "256"]

pub mod assets;
pub mod auth;
pub mod backend;
pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod ctx;
pub mod export;
pub mod hash;
pub mod http;
mod hypothesis;
mod impact;
pub mod job;
pub mod live;
pub mod makers;
pub mod query;
pub mod random;
pub mod revocations;
pub mod router;
pub mod serve;
pub mod session;
pub mod standards;
pub mod state;
pub mod store;
pub mod tail;
pub mod tls;
