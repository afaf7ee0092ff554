//! Stored evidence is judged again when what its host is judged by has changed.

use std::num::NonZeroUsize;

use trustboard_model::digest::Sha256;
use trustboard_model::event::EventKind;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::job::{Because, Trigger};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::HostRow;
use trustboard_server::command::{self, Basis, Recording};
use trustboard_server::job::judge_again::judge_all;
use trustboard_server::makers::Folder;
use trustboard_server::query;
use trustboard_server::state::{AppState, Site};

use super::evidence::{self, Says};
use super::{Database, World, console, viewer};

/// A server over the world's database that does only what it is told.
pub fn server<D: Database>(world: &World<D>) -> AppState {
    let site = Site { https: false, public_url: None, fingerprint: Sha256([9; 32]) };
    AppState::new(world.ctx.clone(), NonZeroUsize::MIN, Folder::default(), site).0
}

async fn demand_tpm<D: Database>(world: &World<D>, cluster: ClusterId, seen: u32) -> bool {
    let policy = Policy { require_tpm: seen % 2 == 1, ..Policy::linux_server() };
    command::set_policy(&world.ctx, &console(), cluster, seen, policy).await.unwrap()
}

/// A host without a TPM, which its first policy shows as N/A.
async fn without_tpm<D: Database>(world: &World<D>) -> (ClusterId, HostId) {
    let (_, cluster) = world.berlin().await;
    let host = world.host(cluster, "web-1").await;
    world.record(host, Says::NoTpm).await;
    (cluster, host)
}

pub async fn a_policy_is_judged_from_what_is_stored<D: Database>() {
    let world = World::<D>::new().await;
    let (cluster, host) = without_tpm(&world).await;
    let state = server(&world);
    let before = world.row(host).await;
    assert_eq!(judge_all(&state).await.unwrap(), 0, "nothing waits");
    world.clock.advance(60);
    let seq = world.seq().await;
    assert!(demand_tpm(&world, cluster, 1).await);
    assert_eq!(world.codes_after(seq).await, ["policy-changed"]);
    assert_eq!(world.row(host).await.attestation, Attestation::NotApplicable);
    assert_eq!(judge_all(&state).await.unwrap(), 1);
    assert_eq!(world.codes_after(seq).await, ["policy-changed", "appraised", "alarm-raised"]);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.row.attestation, Attestation::Failed);
    assert_eq!(page.row.last_verified, before.last_verified, "that was no verification");
    assert_eq!(page.row.since, Some(world.now()));
    assert_eq!(page.jobs[0].trigger, Trigger::Reappraised { because: Because::Policy });
    assert_eq!((page.spans.len(), page.spans[0].count), (2, 1));
    assert_eq!(judge_all(&state).await.unwrap(), 0, "once is enough");
    demand_tpm(&world, cluster, 2).await;
    judge_all(&state).await.unwrap();
    assert_eq!(world.row(host).await.attestation, Attestation::NotApplicable);
}

pub async fn what_concludes_the_same_makes_no_event<D: Database>() {
    let world = World::<D>::new().await;
    let (cluster, host) = without_tpm(&world).await;
    let state = server(&world);
    let row = world.row(host).await;
    let policy = Policy { interval_s: 60, ..Policy::linux_server() };
    command::set_policy(&world.ctx, &console(), cluster, 1, policy).await.unwrap();
    let seq = world.seq().await;
    assert_eq!(judge_all(&state).await.unwrap(), 1);
    assert!(world.codes_after(seq).await.is_empty());
    let after = world.row(host).await;
    assert_eq!(after, HostRow { more: after.more.clone(), ..row });
    let attested_by = after.more.attested_by.unwrap();
    assert_eq!(attested_by.policy, "Linux server, version 2", "the table says by what, too");
    let report = query::host(&world.ctx, &Sees::Everything, host).await.unwrap().report.unwrap();
    assert_eq!(report.policy, "Linux server, version 2", "the report says by what");
}

pub async fn evidence_that_was_judged_by_older_standards_is_judged_again<D: Database>() {
    let world = World::<D>::new().await;
    let (cluster, host) = without_tpm(&world).await;
    let state = server(&world);
    demand_tpm(&world, cluster, 1).await;
    judge_all(&state).await.unwrap();
    world.clock.advance(1);
    // This one was under way while the policy changed: it knows the standards of before.
    world.record(host, Says::NoTpm).await;
    assert_eq!(world.row(host).await.attestation, Attestation::NotApplicable);
    assert_eq!(judge_all(&state).await.unwrap(), 1);
    let row = world.row(host).await;
    assert_eq!((row.attestation, row.last_verified), (Attestation::Failed, Some(world.now())));
    // And one that knows them is not.
    world.clock.advance(1);
    let recording = evidence::recording(host, Says::NoTpm, world.now(), Trigger::Scheduled);
    let judged = evidence::judged(2, Says::NoTpm);
    command::record_appraisal(&world.ctx, Recording { judged, ..recording }).await.unwrap();
    assert_eq!(judge_all(&state).await.unwrap(), 0);
}

pub async fn newer_evidence_is_never_overruled_by_older<D: Database>() {
    let world = World::<D>::new().await;
    let (_, host) = without_tpm(&world).await;
    let received_at = world.now();
    world.clock.advance(1);
    world.record(host, Says::Refused).await;
    let row = world.row(host).await;
    let recording = evidence::recording(host, Says::NoTpm, received_at, Trigger::Scheduled);
    let stored = Recording { basis: Basis::Stored { received_at, wish: 1 }, ..recording };
    assert!(command::record_appraisal(&world.ctx, stored).await.unwrap().is_none());
    assert_eq!(world.row(host).await, row);
}

pub async fn who_waits_is_not_forgotten_by_a_restart<D: Database>() {
    let world = World::<D>::new().await;
    let (cluster, host) = without_tpm(&world).await;
    demand_tpm(&world, cluster, 1).await;
    let world = world.restarted().await;
    assert_eq!(judge_all(&server(&world)).await.unwrap(), 1);
    assert_eq!(world.row(host).await.attestation, Attestation::Failed);
}

pub async fn evidence_of_an_earlier_version_stays_as_it_was_judged<D: Database>() {
    let world = World::<D>::new().await;
    let (cluster, host) = without_tpm(&world).await;
    world.db.tamper("UPDATE evidence SET context = NULL, appraised_at = NULL".to_owned()).await;
    demand_tpm(&world, cluster, 1).await;
    assert_eq!(judge_all(&server(&world)).await.unwrap(), 0);
    assert_eq!(world.row(host).await.attestation, Attestation::NotApplicable);
    world.clock.advance(1);
    world.record(host, Says::NoTpm).await;
    assert_eq!(judge_all(&server(&world)).await.unwrap(), 1);
    assert_eq!(world.row(host).await.attestation, Attestation::Failed);
}

pub async fn a_policy_names_its_changes_and_refuses_the_stale<D: Database>() {
    let world = World::<D>::new().await;
    let (_, cluster) = world.berlin().await;
    demand_tpm(&world, cluster, 1).await;
    let stale = Policy { interval_s: 60, ..Policy::linux_server() };
    let refused = command::set_policy(&world.ctx, &console(), cluster, 1, stale).await;
    assert!(matches!(refused, Err(Refusal::Stale { seen: 1, current: 2, .. })), "{refused:?}");
    let seq = world.seq().await;
    let same = Policy { require_tpm: true, ..Policy::linux_server() };
    assert!(!command::set_policy(&world.ctx, &console(), cluster, 7, same).await.unwrap());
    assert!(world.codes_after(seq).await.is_empty(), "repeating writes nothing");
    let events =
        query::audit(&world.ctx, &viewer("root", Role::Administrator), seq, 1).await.unwrap();
    let EventKind::PolicyChanged { from: 1, to: 2, changes, .. } = &events[0].kind else {
        panic!("{events:?}")
    };
    assert_eq!(changes, &["require_tpm: false → true"]);
}
