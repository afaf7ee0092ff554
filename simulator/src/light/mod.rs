//! Light hosts: many thousand agents in one process. Each has its own EK with its maker's
//! certificate, AK, session credential, boot and event log, and talks the real protocol over real
//! TLS with the agent's own code; only the TPM is [`trustboard_soft_tpm`], and nothing of it is in
//! the kernel.
//!
//! ```text
//! DIR/makers/*.pem      certificates of the TPM maker, for the server to trust
//! DIR/firmware/         Secure Boot certificates of the maker of the hosts
//! DIR/light/plan.json   what the fleet is, and the number that all its keys come from
//! DIR/light/primes      what its RSA keys are made of
//! DIR/light/maker.*     the keys of the TPM maker
//! DIR/light/enrolled.cbor   credentials of the hosts that are enrolled; how often each was booted
//!                           (enrolled-2-of-6.cbor: of those in the second of six processes)
//! ```

mod behaviour;
mod boots;
pub mod cli;
mod crew;
mod enrolled;
mod host;
mod inhabitant;
mod maker;
mod order;
mod part;
mod plan;
mod tally;

pub use behaviour::{Behaviour, UnknownBehaviour};
pub use crew::{Crew, Deployment};
pub use inhabitant::Inhabitant;
pub use order::{Order, UnknownOrder};
pub use part::{Part, UnknownPart};
pub use plan::{Group, Plan};
pub use tally::Report;
