//! Who may do what: agents by their credential, operators by their session.

pub mod agent;
pub mod limit;
pub mod password;
