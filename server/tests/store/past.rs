//! The past: counts over time, causes by difference, any moment of a host, what is kept how long.

use trustboard_model::alarm::Condition;
use trustboard_model::event::EventKind;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    AlarmView, Covered, HostAction, Moment, MomentPage, Retention, Scope, ShortDifference, Stretch,
    SummaryPage, TrendAsked, TrendRange, WhichEvidence,
};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, START, World, console, missing, viewer};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn summary<D: Database>(world: &World<D>, range: TrendRange) -> SummaryPage {
    let ada = viewer("ada", Role::Viewer);
    let asked = TrendAsked { range, cluster: None };
    query::summary(&world.ctx, &ada, Scope::Everything, asked).await.unwrap()
}

async fn moment<D: Database>(world: &World<D>, host: HostId, at: Timestamp) -> MomentPage {
    let ada = viewer("ada", Role::Viewer);
    query::moment(&world.ctx, &ada, host, at, Retention::DEFAULT).await.unwrap()
}

/// Two datacenters with a host each that fails alike, and one that passes.
async fn alike<D: Database>(world: &World<D>) -> (DatacenterId, DatacenterId, [HostId; 3]) {
    let (berlin, web) = world.berlin().await;
    let paris = world.datacenter("Paris").await;
    let db = world.cluster(paris, "db").await;
    let hosts = [
        world.host(web, "web-1").await,
        world.host(web, "web-2").await,
        world.host(db, "db-1").await,
    ];
    world.record(hosts[0], Says::OldAgent).await;
    world.record(hosts[1], Says::Passed).await;
    world.clock.advance(MINUTE);
    world.record(hosts[2], Says::OldAgent).await;
    (berlin, paris, hosts)
}

pub async fn causes_are_grouped_by_difference_across_datacenters<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, paris, hosts) = alike(&world).await;
    let page = summary(&world, TrendRange::Hours24).await;
    let [cause] = &page.causes[..] else { panic!("{:?}", page.causes) };
    assert_eq!((cause.reason, cause.distinct), (ReasonCode::AgentTooOld, 1));
    assert_eq!((cause.group.hosts, cause.group.since), (2, START));
    let places: Vec<_> = cause.group.datacenters.iter().map(|(dc, n)| (dc.id, *n)).collect();
    assert_eq!(places, [(berlin, 1), (paris, 1)]);
    assert_eq!(cause.group.clusters, ["db", "web"]);
    let [difference] = &cause.differences[..] else { panic!("{cause:?}") };
    assert!(difference.fingerprint.is_some());
    assert!([hosts[0], hosts[2]].contains(&difference.group.example.id));
    let Some(ShortDifference::Facts { expected, found, .. }) = &difference.short else {
        panic!("{difference:?}")
    };
    assert_eq!(found.as_deref(), Some("0.1.0"));
    assert!(expected.as_deref().unwrap().contains("99.0.0"));
    // One datacenter's own page has its own.
    let ada = viewer("ada", Role::Viewer);
    let scope = Scope::Datacenter(paris);
    let own = query::summary(&world.ctx, &ada, scope, TrendAsked::default()).await.unwrap();
    assert_eq!((own.causes[0].group.hosts, own.datacenters.len()), (1, 1));
    assert_eq!(own.changes.newly_failed, 1);
    // What passes again is in no group.
    world.record(hosts[0], Says::Passed).await;
    world.record(hosts[2], Says::Passed).await;
    assert!(summary(&world, TrendRange::Hours24).await.causes.is_empty());
}

pub async fn counts_of_the_past_are_those_that_were<D: Database>() {
    let world = World::<D>::new().await;
    let (_, _, hosts) = alike(&world).await;
    world.clock.advance(3 * HOUR);
    world.record(hosts[0], Says::Passed).await;
    world.act(hosts[0], HostAction::Reset { reason: "fixed".to_owned() }).await.unwrap();
    world.clock.advance(2 * HOUR);
    let page = summary(&world, TrendRange::Hours6).await;
    let last = page.trend.points.last().unwrap();
    assert_eq!((last.at, last.passed, last.failed), (world.now(), 2, 1));
    let at = |at: Timestamp| {
        let mut points = page.trend.points.iter();
        *points.rfind(|point| point.at <= at).unwrap()
    };
    let middle = at(START.plus_seconds(2 * HOUR));
    assert_eq!((middle.passed, middle.failed, middle.unknown), (1, 2, 0));
    assert_eq!(page.trend.points[0].hosts(), 3, "it begins with the first host");
    let changes = page.changes;
    assert_eq!((changes.newly_failed, changes.recovered, changes.enrolled), (2, 1, 3));
    assert_eq!((changes.alarms_raised, changes.alarms_reset), (2, 1));
    assert_eq!(page.datacenters[0].change.hosts, 2);
    let web = page.datacenters[0].clusters[0].cluster.id;
    let of_cluster = |cluster| {
        let asked = TrendAsked { range: TrendRange::Hours6, cluster: Some(cluster) };
        let (ctx, ada) = (world.ctx.clone(), viewer("ada", Role::Viewer));
        async move { query::summary(&ctx, &ada, Scope::Everything, asked).await }
    };
    let own = of_cluster(web).await.unwrap().trend;
    assert_eq!((own.cluster, own.points.last().unwrap().hosts()), (Some(web), 2));
    assert_eq!(missing(of_cluster(ClusterId::from_random([9; 16])).await), "cluster");
    // A day later nothing changed in the last 24 hours, and the long ranges still know.
    world.clock.advance(2 * DAY);
    let page = summary(&world, TrendRange::Days7).await;
    assert_eq!(page.changes.newly_failed, 0);
    assert_eq!(page.datacenters[0].change.hosts, 0);
    assert!(page.trend.points.iter().any(|point| point.most_failed == 2));
    assert_eq!(page.trend.points.last().unwrap().failed, 1);
}

pub async fn moved_and_removed_hosts_are_counted_where_they_were<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, paris, hosts) = alike(&world).await;
    world.clock.advance(HOUR);
    let before = world.now();
    world.clock.advance(MINUTE);
    let clusters = summary(&world, TrendRange::Hours6).await.datacenters;
    let db = clusters[1].clusters[0].cluster.id;
    let (ctx, root) = (&world.ctx, console());
    command::move_hosts(ctx, &root, &[hosts[0]], berlin, db).await.unwrap();
    command::remove_hosts(ctx, &root, &[hosts[2]], paris, "scrapped", "db-1").await.unwrap();
    world.clock.advance(MINUTE);
    let ada = viewer("ada", Role::Viewer);
    let failed_then_and_now = |datacenter| {
        let (ctx, ada, scope) = (ctx.clone(), ada.clone(), Scope::Datacenter(datacenter));
        async move {
            let asked = TrendAsked { range: TrendRange::Hours6, cluster: None };
            let page = query::summary(&ctx, &ada, scope, asked).await.unwrap();
            let then = *page.trend.points.iter().rfind(|point| point.at <= before).unwrap();
            (then.failed, page.trend.points.last().unwrap().failed)
        }
    };
    assert_eq!(failed_then_and_now(berlin).await, (1, 0));
    assert_eq!(failed_then_and_now(paris).await, (1, 1));
    let all = summary(&world, TrendRange::Hours6).await;
    assert_eq!(all.trend.points.last().unwrap().hosts(), 2);
    assert_eq!(all.trend.points.iter().rfind(|point| point.at <= before).unwrap().hosts(), 3);
}

pub async fn any_moment_can_be_opened<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.clock.advance(MINUTE);
    let enrolled = moment(&world, host, START.plus_seconds(1)).await;
    assert_eq!(enrolled.moment, Moment::NotVerified { first: None });
    let before = moment(&world, host, START.plus_seconds(-1)).await;
    assert_eq!(before.moment, Moment::NotEnrolled);
    let first = world.now();
    world.record(host, Says::Passed).await;
    for _ in 0..3 {
        world.clock.advance(MINUTE);
        world.record(host, Says::Passed).await;
    }
    let last = world.now();
    world.clock.advance(MINUTE);
    let fell = world.now();
    world.record(host, Says::OldAgent).await;
    let page = moment(&world, host, first.plus_seconds(90)).await;
    let Moment::Concluded(concluded) = &page.moment else { panic!("{page:?}") };
    assert_eq!(concluded.span.attestation, Attestation::Passed);
    assert_eq!((concluded.span.first_seen, concluded.span.last_seen), (first, last));
    assert_eq!(concluded.covered, Covered::Verified);
    assert!(concluded.report.is_some());
    assert_eq!((page.policy.version, page.policy.name.as_deref()), (1, Some("Linux server")));
    let (before, after) = (page.before.unwrap(), page.after.unwrap());
    assert_eq!((before.which, before.received_at), (WhichEvidence::First, first));
    assert_eq!((after.which, after.received_at), (WhichEvidence::Last, last));
    assert_eq!(before.appraisal, after.appraisal);
    // Its evidence is between that of the run before and its own.
    let page = moment(&world, host, fell.plus_seconds(-1)).await;
    assert_eq!(page.before.unwrap().received_at, last);
    assert_eq!(page.after.unwrap().received_at, fell);
    let Moment::Concluded(concluded) = page.moment else { panic!() };
    assert_eq!(concluded.span.attestation, Attestation::Passed);
    // The future is refused; a host that one may not see is not there.
    let ada = viewer("ada", Role::Viewer);
    let later = world.now().plus_seconds(1);
    let refused = query::moment(&world.ctx, &ada, host, later, Retention::DEFAULT).await;
    assert!(matches!(refused, Err(Refusal::Invalid { .. })), "{refused:?}");
    let other = HostId::from_random([7; 16]);
    let unknown = query::moment(&world.ctx, &ada, other, last, Retention::DEFAULT).await;
    assert_eq!(missing(unknown), "host");
}

pub async fn times_without_verification_are_said<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let first = world.now();
    world.record(host, Says::Passed).await;
    world.clock.advance(5 * HOUR);
    let page = moment(&world, host, first.plus_seconds(HOUR)).await;
    let covered = |page: &MomentPage| match &page.moment {
        Moment::Concluded(concluded) => concluded.covered,
        other => panic!("{other:?}"),
    };
    assert_eq!(covered(&page), Covered::Gap { from: first, until: None });
    // The same conclusion again: the gap stays in the run that goes on.
    world.record(host, Says::Passed).await;
    let again = world.now();
    let page = moment(&world, host, first.plus_seconds(HOUR)).await;
    assert_eq!(covered(&page), Covered::Gap { from: first, until: Some(again) });
    let ada = viewer("ada", Role::Viewer);
    let all = Stretch::default();
    let timeline = query::timeline(&world.ctx, &ada, host, all).await.unwrap();
    assert_eq!((timeline.spans.len(), timeline.gaps.len()), (1, 1));
    assert_eq!(timeline.boots.len(), 1, "the first boot that was seen");
    assert_eq!(timeline.boots[0].after, None);
    assert_eq!(timeline.events.last().unwrap().kind.code(), "host-enrolled");
    let backwards = Stretch { from: Some(again), until: Some(first), days: None };
    let refused = query::timeline(&world.ctx, &ada, host, backwards).await;
    assert!(matches!(refused, Err(Refusal::Invalid { .. })));
}

pub async fn evidence_goes_before_conclusions_and_says_so<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::Passed).await;
    world.clock.advance(MINUTE);
    world.record(host, Says::OldAgent).await;
    world.clock.advance(MINUTE);
    world.record(host, Says::Passed).await;
    assert_eq!(command::forget_past(&world.ctx, Retention::DEFAULT).await.unwrap(), (0, 0));
    world.clock.advance(91 * DAY);
    let seq = world.seq().await;
    let (evidence, conclusions) =
        command::forget_past(&world.ctx, Retention::DEFAULT).await.unwrap();
    assert!(evidence + conclusions > 0);
    assert_eq!(world.codes_after(seq).await, ["past-forgotten"]);
    let page = moment(&world, host, START.plus_seconds(90)).await;
    let Moment::Concluded(concluded) = &page.moment else { panic!("{page:?}") };
    assert_eq!(concluded.span.attestation, Attestation::Failed, "conclusions are kept");
    assert_eq!(page.before, None);
    // The newest evidence of a host always stays.
    assert_eq!(page.after.unwrap().which, WhichEvidence::Last);
    world.clock.advance(310 * DAY);
    command::forget_past(&world.ctx, Retention::DEFAULT).await.unwrap();
    let page = moment(&world, host, START.plus_seconds(90)).await;
    assert_eq!(page.moment, Moment::NotKept);
    assert_eq!(world.row(host).await.attestation, Attestation::Passed);
    let events =
        query::audit(&world.ctx, &viewer("root", Role::Administrator), seq, 1000).await.unwrap();
    let forgotten: u64 = events
        .iter()
        .map(|event| match event.kind {
            EventKind::PastForgotten { conclusions, .. } => conclusions,
            _ => 0,
        })
        .sum();
    assert_eq!(forgotten, 2, "the run that goes on is kept");
}

pub async fn a_database_of_before_is_counted_from_its_events<D: Database>() {
    let world = World::<D>::new().await;
    let (_, _, hosts) = alike(&world).await;
    world.clock.advance(HOUR);
    world.record(hosts[2], Says::Passed).await;
    world.act(hosts[2], HostAction::Reset { reason: "fixed".to_owned() }).await.unwrap();
    let AlarmView::Red { condition: Condition::Holds, .. } = world.row(hosts[0]).await.alarm else {
        panic!("the other alarm stays")
    };
    let before = summary(&world, TrendRange::Hours6).await;
    let migration = include_str!("../../../migrations/sqlite/0021_count_changes.sql");
    let (_, again) = migration.split_once("-- The events of before say all of it.").unwrap();
    world.db.tamper(format!("DELETE FROM count_changes; {again}")).await;
    assert_eq!(summary(&world, TrendRange::Hours6).await, before);
    let days = summary(&world, TrendRange::Days90).await;
    assert_eq!(days.trend.points.last().unwrap().hosts(), 3);
}
