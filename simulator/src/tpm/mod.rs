//! Software TPMs: made, powered, spoken to, and wired to a host.

mod bus;
mod channel;
mod maker;
mod swtpm;
mod wire;

pub use bus::{Bus, Interposer, Passed};
pub use channel::{Channel, Clock};
pub use maker::{EkKind, Maker};
pub use swtpm::Swtpm;
