//! Keeps the language that an operator chose.

use trustboard_model::view::Viewer;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Keeps the language that an operator chose, by its code, so that it follows them to another
/// browser. Makes no event: only they see it.
pub async fn choose_language(ctx: &Ctx, viewer: &Viewer, language: &str) -> Result<(), StoreError> {
    if viewer.language.as_deref() == Some(language) {
        return Ok(());
    }
    let mut write = ctx.write().await?;
    write.set_language(viewer.id, language).await?;
    write.commit().await
}
