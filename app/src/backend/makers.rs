//! TPM makers' certificates.

use async_trait::async_trait;
use trustboard_model::id::ImportId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportReport, MakersPage, Viewer};

/// The certificates of TPM makers. Imports and decisions are plain forms that the server takes
/// itself: `POST /makers/import` (multipart fields `file`, `trust`) and
/// `POST /makers/{fingerprint}/{action}` (form field `text`). Both lead back to `/makers`, with
/// `import=ID`, or `certificate=FINGERPRINT` and `done=ACTION`; what was refused says so in
/// `refused=CODE`.
#[async_trait]
pub trait TpmMakers: Send + Sync {
    /// Every certificate, as it is in force.
    async fn makers_page(&self, viewer: &Viewer) -> Result<MakersPage, Refusal>;

    /// The report of one import.
    async fn makers_import(
        &self,
        viewer: &Viewer,
        import: ImportId,
    ) -> Result<ImportReport, Refusal>;
}
