//! What survives, and what is not believed.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::HostAction;
use trustboard_server::store::StoreError;
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World};

/// Everything that a host page shows but when it was read.
async fn shown<D: Database>(world: &World<D>, host: HostId) -> trustboard_model::view::HostPage {
    query::host(&world.ctx, host).await.unwrap()
}

pub async fn everything_is_there_after_reopening<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let comment = "on site".to_owned();
    world.act(host, HostAction::Acknowledge { comment, minutes: Some(5) }).await.unwrap();
    world.act(host, HostAction::VerifyNow).await.unwrap();
    let before = shown(&world, host).await;
    let head = query::verify_chain(&world.ctx).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(shown(&world, host).await, before);
    assert_eq!(query::verify_chain(&world.ctx).await.unwrap(), head);
    world.record(host, Says::Passed).await;
    assert_eq!(world.row(host).await.revision, before.row.revision + 2);
}

pub async fn what_we_do_not_write_is_inconsistent_and_hidden<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.db.tamper("UPDATE hosts SET presence = 'asleep'".to_owned()).await;
    let error = query::verification(&world.ctx, host).await.unwrap_err();
    let StoreError::Inconsistent { table: "hosts", column: "presence", row } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*row, host.to_string());
    let Err(Refusal::Unavailable { trace }) = query::row(&world.ctx, host).await else { panic!() };
    assert_eq!(trace.len(), 8);
    let reset = HostAction::Reset { reason: "x".to_owned() };
    assert!(matches!(world.act_at(host, 1, reset).await, Err(Refusal::Unavailable { .. })));
    let failed = command::record_verification_failure(&world.ctx, host, None, vec![], "x").await;
    assert!(failed.is_err());
}
