//! TPM makers' certificates: those in the server's folder and those that were imported.

pub mod archive;
mod bundle;
mod changed;
mod folder;
mod in_force;

pub use bundle::{Found, read as read_bundle};
pub use changed::{load, makers_changed};
pub use folder::Folder;
pub use in_force::InForce;
