//! The TPM: the only module that uses `tss-esapi`.
//!
//! A [`Tpm`] is one open connection. It is opened for one piece of work and dropped after it, so
//! that a TPM without a resource manager stays usable by others, and so that a TPM that appears,
//! disappears or restarts needs no special treatment. Every object and session that a step loads
//! is flushed when the step ends, well or badly.
//!
//! Specifications: TCG TPM 2.0 Library 1.59 (P1 to P4), TCG EK Credential Profile 2.5 (EKP), TCG
//! TPM v2.0 Provisioning Guidance 1.0, PC Client Platform TPM Profile 1.05 (PTP).

mod activate;
mod ak;
mod capability;
mod ek;
mod error;
mod kind;
mod open;
mod pcr;
mod quote;
mod srk;
mod template;

pub use ak::AkBlob;
pub use capability::Properties;
pub use ek::Endorsement;
pub use error::TpmError;
pub use kind::KeyKind;
pub use open::{check_tcti, open};
pub use quote::quoted_reset_count;

use tss_esapi::Context;
use tss_esapi::handles::ObjectHandle;
use tss_esapi::interface_types::session_handles::AuthSession;

use error::Doing as _;

/// One open connection to a TPM 2.0.
#[derive(Debug)]
pub struct Tpm {
    context: Context,
}

impl Tpm {
    /// The library's own connection, for programs that do to a TPM what the agent never does:
    /// tests and simulators that extend PCRs.
    pub fn context(&mut self) -> &mut Context {
        &mut self.context
    }

    /// Runs `work` with an empty password as the first authorisation. Every key that the agent
    /// makes, and the hierarchies as they are delivered, have empty passwords.
    fn with_password<T>(
        &mut self,
        work: impl FnOnce(&mut Context) -> tss_esapi::Result<T>,
    ) -> tss_esapi::Result<T> {
        self.context.execute_with_session(Some(AuthSession::Password), work)
    }

    /// Runs `work` and flushes `handle` whatever came of it. An error of the work is told before
    /// an error of the flush.
    fn then_flush<T>(
        &mut self,
        handle: ObjectHandle,
        work: impl FnOnce(&mut Self) -> Result<T, TpmError>,
    ) -> Result<T, TpmError> {
        let result = work(self);
        let flushed = self
            .context
            .execute_without_session(|context| context.flush_context(handle))
            .doing("TPM2_FlushContext");
        let value = result?;
        flushed?;
        Ok(value)
    }
}
