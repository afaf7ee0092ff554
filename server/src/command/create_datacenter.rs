//! Makes a datacenter.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;

use super::text::place_name;
use crate::ctx::{Ctx, Halt};

/// Makes a datacenter. Its name must be free.
pub async fn create_datacenter(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
) -> Result<DatacenterId, Refusal> {
    ctx.answer(create(ctx, actor, name).await)
}

async fn create(ctx: &Ctx, actor: &Actor, name: &str) -> Result<DatacenterId, Halt> {
    let name = place_name(name)?;
    let mut write = ctx.write().await?;
    if write.datacenter_is_named(name).await? {
        let problem = format!("there is a datacenter named {name} already");
        return Err(Refusal::Conflict { problem }.into());
    }
    let id = DatacenterId::from_random(ctx.random.id());
    write.insert_datacenter(id, name).await?;
    let created = EventKind::DatacenterCreated { id, name: name.to_owned() };
    write.event(actor, Some(id), created).await?;
    write.commit().await?;
    Ok(id)
}
