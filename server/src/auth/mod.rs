//! Who may do what: agents by their credential, operators by their session.

pub mod agent;
pub mod cookie;
pub mod csrf;
pub mod key;
pub mod limit;
pub mod operator;
pub mod password;
