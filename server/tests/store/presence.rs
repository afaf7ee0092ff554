//! Agents that come and go.

use trustboard_model::event::Actor;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::rights::Sees;
use trustboard_model::view::{HostAction, Message};
use trustboard_server::command::FORGOTTEN_AT_ONCE;
use trustboard_server::ctx::Ctx;
use trustboard_server::{command, query};

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

/// The server after its `start`-th start: under another name, on what the one before left.
async fn started<D: Database>(world: &World<D>, start: u8) -> Ctx {
    let ctx = Ctx { store: world.ctx.store.clone().of_replica([start; 16]), ..world.ctx.clone() };
    // Longer than the lease of the one before, which went without a word.
    world.clock.advance(9);
    command::join_replicas(&ctx).await.unwrap();
    ctx
}

/// How many hosts each server that is gone has left.
async fn left(ctx: &Ctx) -> Vec<u32> {
    let mut left: Vec<_> =
        query::gone_replicas(ctx).await.unwrap().iter().map(|gone| gone.hosts).collect();
    left.sort_unstable();
    left
}

pub async fn who_comes_back_after_a_restart_was_never_gone<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let (back, away) = (world.host(web, "back").await, world.host(web, "away").await);
    let ctx = started(&world, 1).await;
    for host in [back, away] {
        command::set_presence(&ctx, host, Presence::Connected, None).await.unwrap();
    }
    assert_eq!(left(&ctx).await, [0; 0]);
    let (before, row) = (world.seq().await, world.row(back).await);

    // Twice in a row, and one of two comes back in between.
    let ctx = started(&world, 2).await;
    assert_eq!(left(&ctx).await, [2]);
    command::set_presence(&ctx, back, Presence::Connected, None).await.unwrap();
    assert_eq!(left(&ctx).await, [1]);
    let ctx = started(&world, 3).await;
    assert_eq!(left(&ctx).await, [1, 1]);
    command::set_presence(&ctx, back, Presence::Connected, None).await.unwrap();
    assert_eq!(left(&ctx).await, [1]);
    assert!(world.codes_after(before).await.is_empty(), "nothing has happened");
    let now = world.row(back).await;
    assert_eq!((now.revision, now.presence), (row.revision, Presence::Connected));
    assert_eq!(world.row(away).await.presence, Presence::Connected, "it may come back yet");

    for gone in query::gone_replicas(&ctx).await.unwrap() {
        assert_eq!(command::forget_presence(&ctx, &gone.name).await.unwrap(), 1);
        assert_eq!(command::forget_presence(&ctx, &gone.name).await.unwrap(), 0);
    }
    assert_eq!(left(&ctx).await, [0; 0]);
    assert_eq!(world.codes_after(before).await, ["presence-changed"]);
    let row = world.row(away).await;
    assert_eq!((row.presence, row.revision), (Presence::NotResponding, now.revision + 1));
    assert_eq!(row.message, Message::NotResponding { since: world.now() });
    assert_eq!(world.row(back).await.presence, Presence::Connected);
    let page = query::host(&world.ctx, &Sees::Everything, away).await.unwrap();
    assert_eq!(page.events[0].actor, Actor::Server);
    // Too late, but not for ever.
    command::set_presence(&ctx, away, Presence::Connected, None).await.unwrap();
    assert_eq!(world.codes_after(before).await, ["presence-changed"; 2]);
}

pub async fn whoever_stays_away_is_recorded_some_at_a_time<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let hosts = FORGOTTEN_AT_ONCE + 1;
    let token = world.token(web, hosts).await;
    let ctx = started(&world, 1).await;
    for number in 0..hosts {
        let said = facts(&format!("web-{number}"));
        let (host, _) = command::enrol_without_tpm(&ctx, &token, &said).await.unwrap();
        command::set_presence(&ctx, host, Presence::Connected, None).await.unwrap();
    }
    let before = world.seq().await;
    let next = started(&world, 2).await;
    let gone = query::gone_replicas(&next).await.unwrap().remove(0);
    assert_eq!(gone.hosts, hosts);
    // Had it only been cut off for a while, its hosts would be its own again.
    command::keep_replica(&ctx, None).await.unwrap();
    assert_eq!(command::forget_presence(&next, &gone.name).await.unwrap(), 0);
    command::leave_replicas(&ctx).await.unwrap();
    for some in [u64::from(FORGOTTEN_AT_ONCE), 1, 0] {
        assert_eq!(command::forget_presence(&next, &gone.name).await.unwrap(), some);
    }
    assert_eq!(world.codes_after(before).await, vec!["presence-changed"; hosts as usize]);
    let whole = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(whole, query::ChainState::Whole { .. }), "{whole:?}");
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
