//! The identity on record and how it changes.

use trustboard_model::bytes::Bytes;
use trustboard_model::event::EventKind;
use trustboard_model::host::{IdentityState, Presence};
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::HostAction;
use trustboard_server::{command, query};

use super::evidence::{Says, SoftTpm};
use super::{Database, World, conflicts, facts_with_tpm, missing};

/// A host that enrolled with this TPM.
pub async fn enrolled<D: Database>(world: &World<D>, name: &str, tpm: &SoftTpm) -> HostId {
    let (_, web) =
        match query::inventory(&world.ctx, &Sees::Everything).await.unwrap().datacenters.first() {
            Some(node) => (node.id, node.clusters[0].id),
            None => world.berlin().await,
        };
    let token = world.token(web, 1).await;
    let (facts, secret) = (facts_with_tpm(name), [name.len().try_into().unwrap(); 32]);
    let ctx = &world.ctx;
    let id = command::begin_enrolment(ctx, &token, &facts, &tpm.keys(), &secret).await.unwrap();
    command::finish_enrolment(ctx, id, &secret).await.unwrap()
}

async fn state<D: Database>(world: &World<D>, host: HostId) -> IdentityState {
    world.row(host).await.identity
}

fn accept() -> HostAction {
    HostAction::AcceptIdentity { reason: "board swap, ticket 7".to_owned() }
}

pub async fn a_mismatch_is_noted_once_and_goes_away_with_the_old_keys<D: Database>() {
    let world = World::<D>::new().await;
    let (old, new) = (SoftTpm::new(), SoftTpm::new());
    let host = enrolled(&world, "web-1", &old).await;
    let before = world.seq().await;
    for _ in 0..2 {
        command::note_mismatch(&world.ctx, host, &new.identity).await.unwrap();
    }
    assert_eq!(world.codes_after(before).await, ["identity-changed"]);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.identity.state, IdentityState::Mismatched);
    assert_eq!(page.identity.ek, Some(old.keys().ek()), "what is on record stays");
    assert_eq!(page.identity.presented_ek, Some(new.keys().ek()));
    let refused = command::adopt_identity(&world.ctx, host, &new.keys()).await;
    assert!(conflicts(refused), "nobody has accepted it");
    for _ in 0..2 {
        command::adopt_identity(&world.ctx, host, &old.keys()).await.unwrap();
    }
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.identity.state, IdentityState::Enrolled);
    assert_eq!(page.identity.presented_ek, None);
    assert_eq!(world.codes_after(before).await, ["identity-changed"; 2]);
}

pub async fn an_accepted_identity_is_adopted_and_no_other<D: Database>() {
    let world = World::<D>::new().await;
    let (old, new, third) = (SoftTpm::new(), SoftTpm::new(), SoftTpm::new());
    let host = enrolled(&world, "web-1", &old).await;
    let ctx = &world.ctx;
    assert!(conflicts(world.act(host, accept()).await), "nothing to accept");
    command::note_mismatch(ctx, host, &new.identity).await.unwrap();
    let seen = world.row(host).await.revision;
    let stale = world.act_at(host, seen - 1, accept()).await;
    assert!(matches!(stale, Err(Refusal::Stale { .. })));
    assert!(world.act_at(host, seen, accept()).await.unwrap().changed);
    assert!(!world.act_at(host, seen, accept()).await.unwrap().changed, "repeated");
    let page = query::host(ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!((page.identity.state, page.identity.ek), (IdentityState::Pending, None));
    let EventKind::IdentityChanged { reason, .. } = &page.events[0].kind else { panic!() };
    assert_eq!(reason.as_deref(), Some("board swap, ticket 7"));

    assert!(conflicts(command::adopt_identity(ctx, host, &third.keys()).await));
    let page = query::host(ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.identity.state, IdentityState::Mismatched);
    assert_eq!(page.identity.presented_ek, Some(third.keys().ek()));
    world.act(host, accept()).await.unwrap();
    command::adopt_identity(ctx, host, &third.keys()).await.unwrap();
    let identity = query::verification(ctx, host).await.unwrap().unwrap().identity.unwrap();
    assert_eq!(identity.tpm, third.identity);
    assert!(!identity.approved_by_operator, "the same host, but not yet a genuine TPM");
}

pub async fn a_tpm_added_later_is_taken_after_disconnect_and_connect<D: Database>() {
    let world = World::<D>::new().await;
    let tpm = SoftTpm::new();
    let host = world.only_host().await;
    let ctx = &world.ctx;
    let reason = "TPM added".to_owned();
    world.act(host, HostAction::Disconnect { reason: reason.clone() }).await.unwrap();
    world.act(host, HostAction::Connect).await.unwrap();
    assert_eq!(state(&world, host).await, IdentityState::None, "there is no TPM to take");
    command::record_hello(ctx, host, &facts_with_tpm("web-1")).await.unwrap();
    assert!(conflicts(command::adopt_identity(ctx, host, &tpm.keys()).await));

    world.act(host, HostAction::Disconnect { reason }).await.unwrap();
    let before = world.seq().await;
    assert!(world.act(host, HostAction::Connect).await.unwrap().changed);
    assert!(!world.act(host, HostAction::Connect).await.unwrap().changed);
    assert_eq!(world.codes_after(before).await, ["presence-changed", "identity-changed"]);
    let row = world.row(host).await;
    assert_eq!((row.identity, row.presence), (IdentityState::Pending, Presence::NotResponding));
    command::adopt_identity(ctx, host, &tpm.keys()).await.unwrap();
    assert_eq!(state(&world, host).await, IdentityState::Enrolled);
    let identity = query::verification(ctx, host).await.unwrap().unwrap().identity.unwrap();
    assert!(!identity.approved_by_operator, "connecting does not vouch for an EK");
    let lost = HostId::from_random([1; 16]);
    assert_eq!(missing(command::adopt_identity(ctx, lost, &tpm.keys()).await), "host");
}

pub async fn duplicates_name_the_other_host<D: Database>() {
    let world = World::<D>::new().await;
    let tpm = SoftTpm::new();
    let first = enrolled(&world, "web-1", &tpm).await;
    let duplicate_of = |host| {
        let ctx = world.ctx.clone();
        async move {
            let context = query::verification(&ctx, host).await.unwrap().unwrap();
            context.identity.unwrap().duplicate_of
        }
    };
    assert_eq!(duplicate_of(first).await, None);
    let second = enrolled(&world, "second", &tpm).await;
    assert_eq!(duplicate_of(first).await.as_deref(), Some("second"));
    assert_eq!(duplicate_of(second).await.as_deref(), Some("web-1"));
    let put_aside = HostAction::Disconnect { reason: "enrolled anew".to_owned() };
    world.act(first, put_aside).await.unwrap();
    assert_eq!(duplicate_of(second).await, None, "an entry that was put aside is no duplicate");
    assert_eq!(duplicate_of(first).await.as_deref(), Some("second"));
}

pub async fn an_ek_that_no_maker_vouches_for_is_approved_where_that_is_missed<D: Database>() {
    let world = World::<D>::new().await;
    let tpm = SoftTpm::new();
    let host = enrolled(&world, "web-1", &tpm).await;
    let ctx = &world.ctx;
    world.record(host, Says::OldAgent).await;
    assert!(conflicts(world.act(host, accept()).await), "nothing that an approval answers");
    world.record(host, Says::Unendorsed).await;
    let (before, seen) = (world.seq().await, world.row(host).await.revision);
    let stale = world.act_at(host, seen - 1, accept()).await;
    assert!(matches!(stale, Err(Refusal::Stale { .. })));
    assert!(world.act_at(host, seen, accept()).await.unwrap().changed);
    assert!(!world.act_at(host, seen, accept()).await.unwrap().changed, "repeated");
    assert_eq!(world.codes_after(before).await, ["identity-changed"]);
    let page = query::host(ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.identity.state, IdentityState::Enrolled);
    assert_eq!(page.identity.ek, Some(tpm.keys().ek()), "the same keys stay on record");
    let identity = query::verification(ctx, host).await.unwrap().unwrap().identity.unwrap();
    assert!(identity.approved_by_operator);
    assert!(world.row(host).await.ek_by_operator, "weaker, and the row says so");
}

pub async fn history_belongs_to_an_identity<D: Database>() {
    let world = World::<D>::new().await;
    let (old, new) = (SoftTpm::new(), SoftTpm::new());
    let host = enrolled(&world, "web-1", &old).await;
    world.record(host, Says::Passed).await;
    let context = query::verification(&world.ctx, host).await.unwrap().unwrap();
    assert_eq!(context.history.clock.unwrap().reset_count, 5);
    assert_eq!(context.history.passed_at, Some(world.now()));
    let signer = context.identity.unwrap().qualified_signer.unwrap();
    assert_eq!(signer, [&[0, 0x0B][..], &[7; 32]].concat());

    let mut other_ak = old.identity.clone();
    other_ak.ak_public = Bytes(new.identity.ak_public.to_vec());
    command::note_mismatch(&world.ctx, host, &other_ak).await.unwrap();
    world.act(host, accept()).await.unwrap();
    let context = query::verification(&world.ctx, host).await.unwrap().unwrap();
    assert_eq!((context.history.clock, context.history.passed_at), (None, None));
    assert!(world.row(host).await.last_passed.is_some(), "the host's own history stays");
}
