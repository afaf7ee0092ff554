//! Enrolment: a token, the one command that uses it, and the hosts that arrive.

pub mod api;
mod arrivals;
mod command;
mod screen;
mod tokens;

pub(crate) use arrivals::Arrivals;
pub(crate) use command::{NewTokenForm, TokenCommand};
pub(crate) use screen::EnrolScreen;
