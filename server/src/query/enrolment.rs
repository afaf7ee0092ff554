//! The enrolment page of a cluster: its tokens, and who has arrived.

use trustboard_model::id::ClusterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Arrival, EnrolmentPage};

use super::row::shown;
use crate::ctx::{Ctx, Halt};

/// The enrolment page of one cluster.
pub async fn enrolment(ctx: &Ctx, cluster: ClusterId) -> Result<EnrolmentPage, Refusal> {
    ctx.answer(page(ctx, cluster).await)
}

async fn page(ctx: &Ctx, id: ClusterId) -> Result<EnrolmentPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let record = read.cluster(id).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let arrived = read.arrivals(id, EnrolmentPage::MOST).await?;
    let ids: Vec<_> = arrived.iter().map(|(record, ..)| record.id).collect();
    let mut more = read.more_of(&ids).await?;
    let arrivals = arrived.into_iter().map(|(record, enrolled_at, tpm)| {
        let more = more.remove(&record.id).unwrap_or_default();
        Arrival { row: shown(record, more, now), enrolled_at, tpm }
    });
    let arrivals = arrivals.collect();
    Ok(EnrolmentPage {
        cluster: record.cluster,
        datacenter: record.datacenter,
        tokens: read.tokens_of(id, now, EnrolmentPage::MOST).await?,
        arrivals,
        now,
    })
}
