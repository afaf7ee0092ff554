//! Servers that share the work on one database.

use trustboard_model::host::Presence;
use trustboard_model::job::{JobState, Step, StepKind};
use trustboard_model::rights::Sees;
use trustboard_model::view::{HostAction, Late};
use trustboard_server::command::Kept;
use trustboard_server::ctx::Ctx;
use trustboard_server::live::Live;
use trustboard_server::random::SeededRandom;
use trustboard_server::{command, query};

use super::{Database, World};

/// The world's server under a name, and another one beside it.
async fn two<D: Database>(world: &World<D>) -> (Ctx, Ctx) {
    let one = Ctx { store: world.ctx.store.clone().of_replica([1; 16]), ..world.ctx.clone() };
    let other = Ctx {
        store: world.db.open().await.of_replica([2; 16]),
        random: std::sync::Arc::new(SeededRandom::new(2)),
        live: Live::new(),
        ..world.ctx.clone()
    };
    (one, other)
}

const LEADS: Kept = Kept { leads: true, orphaned_jobs: false, others_late: None };
const FOLLOWS: Kept = Kept { leads: false, orphaned_jobs: false, others_late: None };

pub async fn one_leads_and_what_a_lost_one_left_is_taken_over_once<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let (one, other) = two(&world).await;
    assert_eq!(command::keep_replica(&one, None).await.unwrap(), LEADS);
    assert_eq!(command::keep_replica(&other, None).await.unwrap(), FOLLOWS);
    assert_eq!(query::health(&one).await.unwrap().3, 2);

    // A host is at the first, and a verification of it runs there.
    command::set_presence(&one, host, Presence::Connected, None).await.unwrap();
    let job = world.act(host, HostAction::VerifyNow).await.unwrap().job.unwrap();
    assert!(query::queued_jobs(&other, true, false, 9).await.unwrap().is_empty());
    let step = Step { at: world.now(), kind: StepKind::SessionFound, detail: String::new() };
    command::record_step(&one, job, step).await.unwrap();
    let before = world.seq().await;

    // The first goes without a word. Until its lease is over it counts as there.
    world.clock.advance(7);
    assert_eq!(command::keep_replica(&other, None).await.unwrap(), FOLLOWS);
    assert!(query::gone_replicas(&other).await.unwrap().is_empty());
    assert_eq!(command::requeue_jobs(&other).await.unwrap(), 0);
    world.clock.advance(1);
    let taken = Kept { leads: true, orphaned_jobs: true, others_late: None };
    assert_eq!(command::keep_replica(&other, None).await.unwrap(), taken);
    let gone = query::gone_replicas(&other).await.unwrap().remove(0);
    assert_eq!(gone.hosts, 1);
    assert_eq!(command::requeue_jobs(&other).await.unwrap(), 1);
    assert_eq!(command::keep_replica(&other, None).await.unwrap(), LEADS, "once");
    assert!(query::queued_jobs(&other, true, true, 9).await.unwrap().is_empty(), "it waits");
    assert_eq!(command::forget_presence(&other, &gone.name).await.unwrap(), 1);
    assert_eq!(world.codes_after(before).await, ["presence-changed"]);
    assert_eq!(world.row(host).await.presence, Presence::NotResponding);
    assert_eq!(query::health(&other).await.unwrap().3, 1);

    // The agent comes to the other one, which goes on with what the first began.
    command::set_presence(&other, host, Presence::Connected, None).await.unwrap();
    let waiting = query::queued_jobs(&other, true, true, 9).await.unwrap();
    assert_eq!(waiting.iter().map(|(job, ..)| *job).collect::<Vec<_>>(), [job]);
    command::finish_job(&other, job, JobState::Done).await.unwrap();
    let ended = query::job(&other, &Sees::Everything, host, job).await.unwrap();
    assert_eq!(ended.state, JobState::Done);

    // The first comes back: it is one of two again, and does not lead.
    assert_eq!(command::keep_replica(&one, None).await.unwrap(), FOLLOWS);
    // What ends in order leaves its work at once.
    command::leave_replicas(&other).await.unwrap();
    assert!(command::keep_replica(&one, None).await.unwrap().leads);
}

pub async fn one_server_verifies_the_chain_at_a_time<D: Database>() {
    let world = World::<D>::new().await;
    let (one, other) = two(&world).await;
    let lease = async |ctx: &Ctx| command::lease_chain_check(ctx).await.unwrap();
    assert!(lease(&one).await);
    assert!(!lease(&other).await);
    assert!(lease(&one).await, "it keeps what it has");
    // What another one has is not given up by whoever has it not.
    command::leave_chain_check(&other).await.unwrap();
    assert!(!lease(&other).await);
    command::leave_chain_check(&one).await.unwrap();
    assert!(lease(&other).await);
    // One that went without a word.
    world.clock.advance(command::CHAIN_LEASE.as_secs().cast_signed());
    assert!(lease(&one).await);
}

pub async fn how_late_a_server_is_is_known_to_the_others_while_it_is_there<D: Database>() {
    let world = World::<D>::new().await;
    let (one, other) = two(&world).await;
    let late = Some(Late { since: world.now(), by_s: 40 });
    assert_eq!(command::keep_replica(&one, late).await.unwrap(), LEADS);
    let heard = command::keep_replica(&other, None).await.unwrap();
    assert_eq!(heard, Kept { others_late: late, ..FOLLOWS });
    assert_eq!(command::keep_replica(&one, late).await.unwrap(), LEADS, "its own is no other's");
    command::keep_replica(&one, None).await.unwrap();
    assert_eq!(command::keep_replica(&other, None).await.unwrap(), FOLLOWS);
    // Of one that went without a word nothing is known.
    command::keep_replica(&one, late).await.unwrap();
    world.clock.advance(8);
    assert_eq!(command::keep_replica(&other, None).await.unwrap().others_late, None);
}

pub async fn a_session_moves_from_one_server_to_another<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let (one, other) = two(&world).await;
    for ctx in [&one, &other] {
        command::keep_replica(ctx, None).await.unwrap();
    }
    command::set_presence(&one, host, Presence::Connected, None).await.unwrap();
    let held = async |ctx: &Ctx| query::connected_here(ctx).await.unwrap().len();
    assert_eq!((held(&one).await, held(&other).await), (1, 0));
    let before = world.seq().await;
    // The agent is at the other one before the first has noticed.
    command::set_presence(&other, host, Presence::Connected, None).await.unwrap();
    assert_eq!((held(&one).await, held(&other).await), (0, 1));
    let gone = Some("the connection was lost");
    command::set_presence(&one, host, Presence::NotResponding, gone).await.unwrap();
    assert_eq!(world.row(host).await.presence, Presence::Connected);
    assert!(world.codes_after(before).await.is_empty(), "the host was there all the time");
    let job = world.act(host, HostAction::VerifyNow).await.unwrap().job.unwrap();
    assert!(query::queued_jobs(&one, true, true, 9).await.unwrap().is_empty());
    assert_eq!(query::queued_jobs(&other, true, false, 9).await.unwrap()[0].0, job);
    // A host that nobody has a session of is the leader's to refuse.
    command::set_presence(&other, host, Presence::NotResponding, gone).await.unwrap();
    assert!(query::queued_jobs(&other, true, false, 9).await.unwrap().is_empty());
    assert_eq!(query::queued_jobs(&one, true, true, 9).await.unwrap()[0].0, job);
}
