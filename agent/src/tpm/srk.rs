//! The storage root key, parent of the AK.

use tss_esapi::handles::KeyHandle;
use tss_esapi::interface_types::resource_handles::Hierarchy;
use tss_esapi::structures::Public;

use super::error::{Doing as _, TpmError};
use super::{Tpm, template};

/// Where the SRK is persistent if somebody provisioned it (Provisioning Guidance 7.8).
const PERSISTENT_SRK: u32 = 0x8100_0001;

/// A storage key that an AK can have as its parent.
pub(super) struct Parent {
    pub(super) handle: KeyHandle,
    /// Its Name (P1 16), by which it is recognised.
    pub(super) name: Vec<u8>,
}

impl Tpm {
    /// Runs `work` with the persistent SRK, if there is one that can be a parent; if there is
    /// none, or `work` gives nothing, runs it with the SRK that the default ECC template makes.
    /// Gives nothing if both times came to nothing.
    pub(super) fn with_srk<T>(
        &mut self,
        mut work: impl FnMut(&mut Self, &Parent) -> Result<Option<T>, TpmError>,
    ) -> Result<Option<T>, TpmError> {
        if let Some(srk) = self.persistent(PERSISTENT_SRK)?
            && is_storage(&srk.public)
            && let Some(value) = work(self, &Parent { handle: srk.handle, name: srk.name })?
        {
            return Ok(Some(value));
        }
        let template = template::srk()?;
        let handle = self
            .with_password(|context| {
                context.create_primary(Hierarchy::Owner, template, None, None, None, None)
            })
            .doing("TPM2_CreatePrimary(SRK); is the owner hierarchy locked by a password?")?
            .key_handle;
        self.then_flush(handle.into(), |tpm| {
            let (_, name, _) = tpm
                .context
                .execute_without_session(|context| context.read_public(handle))
                .doing("TPM2_ReadPublic(SRK)")?;
            work(tpm, &Parent { handle, name: name.value().to_vec() })
        })
    }
}

/// Whether a key can be a parent that needs no more than an empty password.
fn is_storage(public: &Public) -> bool {
    let attributes = public.object_attributes();
    attributes.restricted()
        && attributes.decrypt()
        && attributes.fixed_tpm()
        && attributes.user_with_auth()
}
