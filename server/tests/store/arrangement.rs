//! Datacenters, clusters and hosts moved and taken away: what follows in the record.

use trustboard_model::event::EventSeq;
use trustboard_model::host::Attestation;
use trustboard_model::policy::Policy;
use trustboard_model::view::{AuditFilter, HostListFilter, Who};
use trustboard_server::command;
use trustboard_server::query::{self, ChainState};

use super::evidence::Says;
use super::{Database, World, console};

/// Passed in Berlin, where hosts without a TPM may be.
pub async fn a_moved_host_is_judged_by_its_new_cluster<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let host = world.host(web, "web-1").await;
    world.record(host, Says::NoTpm).await;
    assert_eq!(world.row(host).await.attestation, Attestation::NotApplicable);
    let listed = query::host_list(&world.ctx, berlin, HostListFilter::default()).await.unwrap();
    assert_eq!(listed.rows[0].attestation, Attestation::NotApplicable);
    let strict = Policy { require_tpm: true, ..Policy::linux_server() };
    let to =
        command::create_cluster(&world.ctx, &console(), berlin, "strict", strict).await.unwrap();
    let before = world.seq().await;
    let moved = command::move_hosts(&world.ctx, &console(), &[host], berlin, to).await.unwrap();
    assert_eq!((moved.hosts, moved.left.len()), (1, 0));
    assert_eq!(world.codes_after(before).await, ["host-moved"]);
    let state = super::standards::server(&world);
    trustboard_server::job::judge_again::judge_all(&state).await.unwrap();
    let row = world.row(host).await;
    assert_eq!((row.cluster.name.as_str(), row.attestation), ("strict", Attestation::Failed));
    // What was judged by the old cluster's standards while the host moved is judged again: these
    // never had the number of the new one's.
    world.clock.advance(1);
    world.record(host, Says::NoTpm).await;
    assert_eq!(trustboard_server::job::judge_again::judge_all(&state).await.unwrap(), 1);
    assert_eq!(world.row(host).await.attestation, Attestation::Failed);
}

pub async fn a_moved_cluster_takes_its_hosts_along_and_judges_nothing_again<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let lyon = world.datacenter("Lyon").await;
    let host = world.host(web, "web-1").await;
    world.record(host, Says::Passed).await;
    let moved = command::move_cluster(&world.ctx, &console(), web, berlin, lyon).await.unwrap();
    assert_eq!(moved, Some(1));
    let row = world.row(host).await;
    assert_eq!((row.datacenter.id, row.attestation), (lyon, Attestation::Passed));
    let state = super::standards::server(&world);
    assert_eq!(trustboard_server::job::judge_again::judge_all(&state).await.unwrap(), 0);
    let tree =
        query::inventory(&world.ctx, &trustboard_model::rights::Sees::Everything).await.unwrap();
    let hosts: Vec<_> = tree.datacenters.iter().map(|node| node.counts.hosts).collect();
    assert_eq!(hosts, [0, 1]);
}

pub async fn a_removed_host_leaves_nothing_but_its_history<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let host = world.host(web, "web-1").await;
    for says in [Says::Passed, Says::OldAgent, Says::Passed] {
        world.clock.advance(60);
        world.record(host, says).await;
    }
    let before = world.seq().await;
    let ctx = &world.ctx;
    let gone = command::remove_hosts(ctx, &console(), &[host], berlin, "scrapped", "web-1").await;
    assert_eq!(gone.unwrap().hosts, 1);
    assert_eq!(world.codes_after(before).await, ["host-removed"]);
    assert!(query::host(ctx, &trustboard_model::rights::Sees::Everything, host).await.is_err());
    let left = query::removed_host(ctx, host).await.unwrap();
    assert_eq!((left.host.name.as_str(), left.spans.len()), ("web-1", 3));
    assert_eq!(
        left.events.len() as u64,
        left.events.iter().filter(|e| e.seq <= EventSeq(before.0 + 1)).count() as u64
    );
    // A verification that was under way comes too late, and does no harm.
    let recording = super::evidence::recording(
        host,
        Says::Passed,
        world.now(),
        trustboard_model::job::Trigger::Scheduled,
    );
    assert_eq!(command::record_appraisal(ctx, recording).await.unwrap(), None);
    assert!(matches!(query::verify_chain(ctx).await.unwrap(), ChainState::Whole { .. }));
    // And the record survives the next start.
    let world = world.restarted().await;
    assert_eq!(query::removed_host(&world.ctx, host).await.unwrap().reason, "scrapped");
}

pub async fn the_trail_is_searched_by_every_question_at_once<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let host = world.host(web, "web-1").await;
    world.record(host, Says::Passed).await;
    let person = Some(Who::Person("root".to_owned()));
    let all = query::audit_rows(&world.ctx, &AuditFilter::default(), 100).await.unwrap();
    assert_eq!(all.len() as u64, world.seq().await.0);
    // Every combination is answered from an index, and gives what looking at each event gives.
    for mask in 0..32_u8 {
        let is = |bit: u8| mask & (1 << bit) != 0;
        let filter = AuditFilter {
            who: person.clone().filter(|_| is(0)),
            kind: is(1).then(|| "token-created".to_owned()),
            host: is(2).then_some(host),
            datacenter: is(3).then_some(berlin),
            from: is(4).then(|| world.now().plus_seconds(-1)),
            until: is(4).then(|| world.now().plus_seconds(1)),
            before: None,
        };
        let expected = all.iter().filter(|row| {
            let by_root = matches!(&row.event.actor, trustboard_model::event::Actor::Console(n) if n == "root");
            (!is(0) || by_root)
                && (!is(1) || row.event.kind.code() == "token-created")
                && (!is(2) || row.event.host == Some(host))
                && (!is(3) || row.event.datacenter == Some(berlin))
        });
        let found = query::audit_rows(&world.ctx, &filter, 100).await.unwrap();
        assert_eq!(found.len(), expected.count(), "{filter:?}");
    }
}
