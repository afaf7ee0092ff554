//! Who may sign in and what they may do where: users, one's own account, sessions, API keys, and the
//! rule of two people. Every form is a plain one; what became of it waits in a cookie for the page
//! that follows.

mod account;
pub mod api;
mod done;
mod keys;
mod outcome;
mod rights;
mod sessions;
mod settings;
mod user;
mod users;

pub(crate) use account::AccountScreen;
pub use done::{AccessDone, Did, Shown};
pub(crate) use sessions::SessionsScreen;
pub(crate) use settings::SettingsScreen;
pub(crate) use users::UsersScreen;
