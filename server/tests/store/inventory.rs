//! Datacenters, clusters and the tree.

use trustboard_model::id::DatacenterId;
use trustboard_model::policy::Policy;
use trustboard_model::rights::Sees;
use trustboard_model::view::Counts;
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, conflicts, console, invalid_field, missing};

pub async fn names_are_unique_within_their_room_and_bounded<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, _) = world.berlin().await;
    let before = world.seq().await;
    let ctx = &world.ctx;
    let policy = Policy::linux_server();
    let (root, long) = (console(), "x".repeat(65));
    assert!(conflicts(command::create_datacenter(ctx, &root, "BERLIN").await));
    assert_eq!(invalid_field(command::create_datacenter(ctx, &root, " ").await), "name");
    assert_eq!(invalid_field(command::create_datacenter(ctx, &root, &long).await), "name");
    let again = command::create_cluster(ctx, &root, berlin, "Web", policy.clone()).await;
    assert!(conflicts(again));
    let nowhere = DatacenterId::from_random([7; 16]);
    let lost = command::create_cluster(ctx, &root, nowhere, "web", policy).await;
    assert_eq!(missing(lost), "datacenter");
    assert!(world.codes_after(before).await.is_empty());
    let paris = world.datacenter("Paris").await;
    world.cluster(paris, "web").await;
    let created = ["datacenter-created", "cluster-created"];
    assert_eq!(world.codes_after(before).await, created);
}

pub async fn a_policy_must_make_sense<D: Database>() {
    let world = World::<D>::new().await;
    let berlin = world.datacenter("Berlin").await;
    let fast = Policy { interval_s: 0, ..Policy::linux_server() };
    let forgetful = Policy { max_age_s: 10, interval_s: 60, ..Policy::linux_server() };
    for (policy, field) in [(fast, "policy.interval_s"), (forgetful, "policy.max_age_s")] {
        let refused = command::create_cluster(&world.ctx, &console(), berlin, "a", policy).await;
        assert_eq!(invalid_field(refused), field);
    }
}

pub async fn hosts_are_counted_in_their_cluster_and_datacenter<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let databases = world.cluster(berlin, "databases").await;
    world.datacenter("Aachen").await;
    let failing = world.host(web, "a").await;
    world.record(failing, Says::OldAgent).await;
    let passing = world.host(web, "b").await;
    world.record(passing, Says::Passed).await;
    world.host(databases, "c").await;

    let tree = query::inventory(&world.ctx, &Sees::Everything).await.unwrap().datacenters;
    let names: Vec<_> = tree.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["Aachen", "Berlin"]);
    assert_eq!(tree[0].counts, Counts::default());
    let all = Counts { hosts: 3, passed: 1, failed: 1, unknown: 1, red: 1, ..Counts::default() };
    assert_eq!(tree[1].counts, all);
    let clusters: Vec<_> =
        tree[1].clusters.iter().map(|node| (node.name.as_str(), node.counts.hosts)).collect();
    assert_eq!(clusters, [("databases", 1), ("web", 2)]);
}
