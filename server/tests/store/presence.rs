//! Agents that come and go.

use trustboard_model::event::Actor;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::rights::Sees;
use trustboard_model::view::{HostAction, Message};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, facts, facts_with_tpm};

pub async fn agents_come_and_go_with_one_event_each<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let ctx = &world.ctx;
    let before = world.seq().await;
    for _ in 0..2 {
        command::set_presence(ctx, host, Presence::Connected, None).await.unwrap();
    }
    assert_eq!(world.row(host).await.message, Message::NeverVerified);
    world.clock.advance(5);
    let gone = Some("the connection broke");
    command::set_presence(ctx, host, Presence::NotResponding, gone).await.unwrap();
    let row = world.row(host).await;
    assert_eq!(row.message, Message::NotResponding { since: world.now() });
    assert_eq!(row.revision, 3);
    assert_eq!(world.codes_after(before).await, ["presence-changed"; 2]);
    let nobody = HostId::from_random([1; 16]);
    command::set_presence(ctx, nobody, Presence::Connected, None).await.unwrap();

    let reason = "board swap".to_owned();
    world.act(host, HostAction::Disconnect { reason: reason.clone() }).await.unwrap();
    let before = world.seq().await;
    command::set_presence(ctx, host, Presence::Connected, None).await.unwrap();
    assert_eq!(world.row(host).await.message, Message::Disconnected { reason });
    assert!(world.codes_after(before).await.is_empty());
}

pub async fn a_restart_forgets_who_was_connected<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let here = world.host(web, "here").await;
    let gone = world.host(web, "gone").await;
    command::set_presence(&world.ctx, here, Presence::Connected, None).await.unwrap();
    let world = world.restarted().await;
    let before = world.seq().await;
    assert_eq!(command::forget_presence(&world.ctx).await.unwrap(), 1);
    assert_eq!(command::forget_presence(&world.ctx).await.unwrap(), 0);
    assert_eq!(world.codes_after(before).await, ["presence-changed"]);
    for host in [here, gone] {
        assert_eq!(world.row(host).await.presence, Presence::NotResponding);
    }
    let page = query::host(&world.ctx, &Sees::Everything, here).await.unwrap();
    assert_eq!(page.events[0].actor, Actor::Server);
}

pub async fn facts_are_replaced_without_events<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let mut live = world.ctx.live.subscribe();
    let (before, row) = (world.seq().await, world.row(host).await);
    command::record_hello(&world.ctx, host, &facts("web-1")).await.unwrap();
    assert!(live.try_recv().is_err(), "nothing new, no hint");
    let mut rebooted = facts_with_tpm("web-1");
    rebooted.boot_id = Some("boot-2".to_owned());
    command::record_hello(&world.ctx, host, &rebooted).await.unwrap();
    assert_eq!(live.try_recv().unwrap().seq, None);
    assert!(world.codes_after(before).await.is_empty());
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!((page.facts, page.row.tpm_version.as_deref()), (rebooted, Some("2.0")));
    assert_eq!(page.row.revision, row.revision);
    let context = query::verification(&world.ctx, host).await.unwrap().unwrap();
    assert_eq!(context.boot_id.as_deref(), Some("boot-2"));
}

pub async fn connected_hosts_come_due_by_their_interval<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let verified = world.host(web, "verified").await;
    let never = world.host(web, "never").await;
    world.host(web, "away").await;
    for host in [verified, never] {
        command::set_presence(ctx, host, Presence::Connected, None).await.unwrap();
    }
    world.record(verified, Says::Passed).await;
    let due = || query::due_hosts(ctx, world.now());
    assert_eq!(due().await.unwrap(), [never]);
    world.clock.advance(299);
    assert_eq!(due().await.unwrap(), [never]);
    world.clock.advance(1);
    assert_eq!(due().await.unwrap(), [never, verified]);
}
