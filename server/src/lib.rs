//! HTTP, jobs, commands, queries, storage, sign-in.

pub mod clock;
pub mod command;
pub mod ctx;
pub mod live;
pub mod query;
pub mod random;
pub mod store;
