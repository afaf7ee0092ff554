//! The audit trail: every event by who, what, where and when; its export; whether its chain is whole.

pub mod api;
mod chain;
mod filter;
mod screen;
mod table;

pub(crate) use screen::AuditScreen;
