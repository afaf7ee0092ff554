//! TPM makers' certificates as they are in force, and the reports of imports.

use trustboard_model::id::ImportId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportReport, MakersPage};

use crate::ctx::{Ctx, Halt};
use crate::makers::InForce;

/// Imports that are listed: as many as reports are kept.
const IMPORTS: u32 = 20;

/// The certificates in force, and the latest imports.
pub async fn makers(ctx: &Ctx, in_force: &InForce) -> Result<MakersPage, Refusal> {
    ctx.answer(page(ctx, in_force).await)
}

async fn page(ctx: &Ctx, in_force: &InForce) -> Result<MakersPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    Ok(MakersPage {
        certificates: in_force.certificates(now),
        lists: in_force.lists().to_vec(),
        imports: read.maker_imports(IMPORTS).await?,
        now,
        seq: read.chain_head().await?.seq,
    })
}

/// The report of an import, while it is kept.
pub async fn makers_import(ctx: &Ctx, id: ImportId) -> Result<ImportReport, Refusal> {
    ctx.answer(report(ctx, id).await)
}

async fn report(ctx: &Ctx, id: ImportId) -> Result<ImportReport, Halt> {
    let report = ctx.read().await?.maker_import(id).await?;
    Ok(report.ok_or_else(|| Refusal::not_found("import"))?)
}
