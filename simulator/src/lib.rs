//! Hosts for demonstrations and tests: each a real agent on a software TPM (swtpm), whose PCRs
//! were extended by a firmware-like boot that also left the matching event log.
//!
//! - [`firmware`]: what a PC with UEFI, shim, GRUB and Linux measures, as extends and as a log.
//! - [`tpm`]: software TPMs with EK certificates of a maker's own CA, and the wire to the agent.
//! - [`Host`]: one host that can be booted in any [`Condition`].
//! - [`Fleet`]: many hosts, each playing a [`Scenario`], broken and mended on request.
//! - [`light`]: many thousand hosts whose TPMs are in the process.
//! - [`rogue`]: hosts that break the protocol.
//!
//! Nothing of this is part of the server or the agent.

#![expect(
    clippy::missing_panics_doc,
    reason = "an `expect` states on its line why it cannot happen"
)]

mod agent;
mod child;
mod condition;
pub mod control;
mod deadline;
mod error;
pub mod firmware;
mod fleet;
mod host;
pub mod light;
mod order;
mod plan;
mod play;
mod record;
mod report;
pub mod rogue;
mod scenario;
mod socket;
mod sysroot;
pub mod tpm;

pub use agent::{Agent, Deployment};
pub use condition::{Chip, Condition};
pub use deadline::LIMIT;
pub use error::Error;
pub use fleet::{Expected, Fleet, Orders};
pub use host::{Failure, Host, Supplies};
pub use order::Order;
pub use plan::{HostPlan, demo};
pub use play::Player;
pub use record::Record;
pub use report::report;
pub use scenario::{Expectation, Scenario, UnknownScenario};
pub use sysroot::Sysroot;
