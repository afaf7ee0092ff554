//! Names that complete what is typed into the filter.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Completion, Scope, Viewer};

use super::within::within;
use crate::ctx::{Ctx, Halt};
use crate::store::NamesOf;

/// The longest text that is completed, in characters: no name is longer.
const MAX_TYPED: usize = 256;

/// Names of this field, of what `viewer` sees, that begin with `typed`. A field without names has
/// none.
pub async fn complete(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    field: &str,
    typed: &str,
) -> Result<Completion, Refusal> {
    ctx.answer(names(ctx, viewer, scope, field, typed).await)
}

async fn names(
    ctx: &Ctx,
    viewer: &Viewer,
    scope: Scope,
    field: &str,
    typed: &str,
) -> Result<Completion, Halt> {
    let of = match field {
        "name" => NamesOf::Hosts,
        "cluster" => NamesOf::Clusters,
        "datacenter" => NamesOf::Datacenters,
        _ => return Ok(Completion { field: field.chars().take(40).collect(), names: Vec::new() }),
    };
    if typed.chars().count() > MAX_TYPED {
        let problem = format!("at most {MAX_TYPED} characters");
        return Err(Refusal::invalid("typed", problem).into());
    }
    let mut read = ctx.read().await?;
    let part = within(&mut read, viewer, scope).await?;
    let names = read.names_that_begin(of, &part.within, typed).await?;
    Ok(Completion { field: field.to_owned(), names })
}
