//! A TPM whose keys are in the process: it signs quotes, unwraps credentials, and is endorsed by
//! a maker's CA, byte for byte as TPMs and makers do it, and in a fraction of the time.
//!
//! - [`AttestationKey`] and [`EndorsementKey`]: the two keys of an identity.
//! - [`marshal`]: TPM structures, open to change.
//! - [`certificate`] and [`der`]: certificates, open to change.
//! - [`Primes`]: more RSA keys than anybody wants to wait for.
//!
//! It is no TPM: nothing protects its keys. Tests and the simulator use it.

#![expect(
    clippy::missing_panics_doc,
    reason = "an `expect` states on its line why it cannot happen"
)]

pub mod certificate;
mod credential;
pub mod der;
mod hash;
mod keys;
pub mod marshal;
mod primes;

pub use credential::unwrap_credential;
pub use hash::{hash, sha256};
pub use keys::{AttestationKey, EndorsementKey};
pub use primes::Primes;
