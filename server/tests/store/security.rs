//! Monitor > Security: filters, orders, pages, causes.

use trustboard_model::host::Freshness;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::reason::ReasonCode;
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, Scope, SecurityFilter, SecurityPage, SortKey, Viewer};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, facts_with_tpm, missing, viewer};

/// A datacenter with two clusters: `a` fails, `b` passes, `c` was never verified, all in `web`;
/// `d` in `100%_data` fails for two reasons, `e` there has no TPM.
async fn fleet<D: Database>(world: &World<D>) -> (DatacenterId, ClusterId, ClusterId) {
    let (berlin, web) = world.berlin().await;
    let data = world.cluster(berlin, "100%_data").await;
    let told = [
        (web, "a", Some(Says::OldAgent)),
        (web, "b", Some(Says::Passed)),
        (web, "c", None),
        (data, "d", Some(Says::BothOld)),
        (data, "e", Some(Says::NoTpm)),
    ];
    for (cluster, name, says) in told {
        let host = world.host(cluster, name).await;
        world.clock.advance(10);
        if let Some(says) = says {
            world.record(host, says).await;
        }
        if name == "b" {
            command::record_hello(&world.ctx, host, &facts_with_tpm("b")).await.unwrap();
        }
    }
    (berlin, web, data)
}

async fn page<D: Database>(
    world: &World<D>,
    berlin: DatacenterId,
    filter: SecurityFilter,
) -> SecurityPage {
    let scope = Scope::Datacenter(berlin);
    query::security(&world.ctx, &ada(), scope, filter).await.unwrap()
}

fn ada() -> Viewer {
    viewer("ada", Role::Operator)
}

fn asking(query: &str) -> SecurityFilter {
    SecurityFilter::of(query.parse().unwrap())
}

async fn names<D: Database>(
    world: &World<D>,
    berlin: DatacenterId,
    filter: SecurityFilter,
) -> String {
    let page = page(world, berlin, filter).await;
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len());
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

pub async fn filters_narrow_and_counts_stay<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web, _) = fleet(&world).await;
    let wide = page(&world, berlin, SecurityFilter::ALL).await;
    let by_id = format!("cluster:{web}");
    let queries = [
        ("attestation:failed", "ad"),
        ("attestation:unknown", "c"),
        ("attestation:passed,n-a", "eb"),
        ("-attestation:failed", "ceb"),
        ("alarm:red", "ad"),
        ("alarm:green", "ceb"),
        ("alarm:holds", "ad"),
        ("alarm:cleared", ""),
        ("alarm:unacknowledged", "ad"),
        ("reason:platform.os-too-old", "d"),
        ("reason:platform.agent-too-old", "ad"),
        ("reason:platform", "ad"),
        ("cluster:web", "acb"),
        ("cluster:W*", "acb"),
        ("cluster:we", ""),
        (by_id.as_str(), "acb"),
        ("-cluster:web", "de"),
        ("datacenter:berlin", "adceb"),
        ("datacenter:paris", ""),
        ("name:a,E", "ae"),
        ("name:*", "adceb"),
        ("cluster:100%_data alarm:red", "d"),
        ("attestation:passed alarm:red", ""),
        ("tpm:2.0", "adb"),
        ("tpm:none", "ce"),
        ("-tpm:2.0", "ce"),
        ("presence:not-responding", "adceb"),
        ("secure-boot:on", ""),
        ("is:never-verified", "c"),
        ("is:stale", ""),
        ("is:maintenance", ""),
        ("is:verifying", ""),
        ("is:excepted", ""),
        ("-is:excepted name:a", "a"),
        ("last:>25s", "acb"),
        ("last:<25s", "de"),
        ("since:>25s", "acb"),
        ("since:<25s", "de"),
    ];
    for (query, expected) in queries {
        let filter = asking(query);
        assert_eq!(names(&world, berlin, filter.clone()).await, expected, "{query}");
        let narrow = page(&world, berlin, filter.clone()).await;
        assert_eq!((narrow.counts, narrow.causes), (wide.counts, wide.causes.clone()));
        assert_eq!(narrow.filter, filter);
    }
    let counts = wide.counts;
    let read = (counts.hosts, counts.failed, counts.passed, counts.unknown, counts.not_applicable);
    assert_eq!((read, counts.red, counts.stale), ((5, 2, 1, 1, 1), 2, 0));
    assert_eq!(wide.seq, world.seq().await);
    let lost = Scope::Datacenter(DatacenterId::from_random([1; 16]));
    let refused = query::security(&world.ctx, &ada(), lost, SecurityFilter::ALL).await;
    assert_eq!(missing(refused), "datacenter");
}

pub async fn marks_and_alarms_are_those_of_the_columns<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web, _) = fleet(&world).await;
    let a = page(&world, berlin, asking("name:a")).await.rows.remove(0).id;
    let b = page(&world, berlin, asking("name:b")).await.rows.remove(0).id;
    let until =
        HostAction::Acknowledge { comment: "on it".to_owned(), minutes: Some(1), until: None };
    world.act(a, until).await.unwrap();
    world.act(b, HostAction::EnterMaintenance { reason: "disk".to_owned() }).await.unwrap();
    world.act(b, HostAction::VerifyNow).await.unwrap();
    assert_eq!(names(&world, berlin, asking("alarm:acknowledged")).await, "a");
    assert_eq!(names(&world, berlin, asking("alarm:unacknowledged")).await, "d");
    assert_eq!(names(&world, berlin, asking("is:maintenance is:verifying")).await, "b");
    // An acknowledgement lapses; what passes clears the condition.
    world.clock.advance(61);
    assert_eq!(names(&world, berlin, asking("alarm:unacknowledged")).await, "ad");
    world.record(a, Says::Passed).await;
    assert_eq!(names(&world, berlin, asking("alarm:cleared")).await, "a");
    assert_eq!(names(&world, berlin, asking("alarm:holds")).await, "d");
    world.clock.advance(i64::from(Policy::linux_server().max_age_s));
    let stale = page(&world, berlin, asking("is:stale")).await;
    let by_hand = stale.rows.iter().filter(|row| row.freshness == Freshness::Stale).count();
    assert_eq!((stale.rows.len(), by_hand, stale.counts.stale), (3, 3, 3));
    let _ = web;
}

pub async fn everything_is_what_the_operator_sees<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, ..) = fleet(&world).await;
    let paris = world.datacenter("Paris").await;
    let web = world.cluster(paris, "web").await;
    let host = world.host(web, "p").await;
    world.record(host, Says::OldAgent).await;
    let all = |filter| async {
        query::security(&world.ctx, &ada(), Scope::Everything, filter).await.unwrap()
    };
    let page = all(SecurityFilter::ALL).await;
    let names: String = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names.as_str(), page.total, page.counts.hosts), ("adpceb", 6, 6));
    assert_eq!(page.datacenter, None);
    let datacenters: Vec<_> = page.datacenters.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(datacenters, ["Berlin", "Paris"]);
    assert_eq!(page.causes[0].clusters, ["Berlin", "Paris"], "{:?}", page.causes);
    let there = all(asking("datacenter:paris cluster:web")).await;
    assert_eq!((there.rows.len(), there.total), (1, 1));
    let by_id = all(asking(&format!("-datacenter:{berlin}"))).await;
    assert_eq!(by_id.total, 1);
}

pub async fn every_column_orders_both_ways<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, ..) = fleet(&world).await;
    let orders = [
        (SortKey::Name, "abcde", "edcba"),
        (SortKey::Attestation, "adceb", "becda"),
        (SortKey::Alarm, "adbce", "ecbda"),
        (SortKey::LastVerified, "cabde", "edbac"),
        (SortKey::Tpm, "ceabd", "dbaec"),
        (SortKey::SecureBoot, "abcde", "edcba"),
        (SortKey::Message, "adebc", "cbeda"),
        (SortKey::Presence, "abcde", "edcba"),
        (SortKey::Since, "cabde", "edbac"),
    ];
    for (sort, up, down) in orders {
        for (descending, expected) in [(false, up), (true, down)] {
            let filter = SecurityFilter { sort, descending, ..SecurityFilter::ALL };
            let found = names(&world, berlin, filter).await;
            assert_eq!(found, expected, "{sort:?} descending {descending}");
        }
    }
}

pub async fn pages_follow_each_other<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    for number in 0..120 {
        world.host(web, &format!("web-{number:03}")).await;
    }
    let mut seen = Vec::new();
    for (number, rows) in [(1, 50), (2, 50), (3, 20), (4, 0), (1_000_000, 0)] {
        let filter = SecurityFilter { sort: SortKey::Name, page: number, ..SecurityFilter::ALL };
        let page = page(&world, berlin, filter).await;
        assert_eq!((page.rows.len(), page.total, page.page_size), (rows, 120, 50));
        seen.extend(page.rows.into_iter().map(|row| row.name));
    }
    let all: Vec<_> = (0..120).map(|number| format!("web-{number:03}")).collect();
    assert_eq!(seen, all);
}

pub async fn causes_are_grouped_by_the_most_telling_reason<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web, data) = fleet(&world).await;
    let since = world.now();
    for cluster in [web, data] {
        let host = world.host(cluster, "late").await;
        world.record(host, Says::BothOld).await;
    }
    let causes = page(&world, berlin, SecurityFilter::ALL).await.causes;
    let read: Vec<_> = causes.iter().map(|cause| (cause.reason, cause.hosts)).collect();
    assert_eq!(read, [(ReasonCode::OsTooOld, 3), (ReasonCode::AgentTooOld, 1)]);
    assert_eq!(causes[0].clusters, ["100%_data", "web"]);
    assert!(causes[0].since < since, "since the first of them");
}

pub async fn words_are_taken_literally<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, ..) = fleet(&world).await;
    let searches = [
        ("WEB", "acb"),
        ("web a", "a"),
        ("0%_d", "de"),
        ("%", "de"),
        ("_", "de"),
        ("'; DROP TABLE hosts; --", ""),
        ("os-too-old", "d"),
        ("unknown.no-tpm", "e"),
        ("zzz", ""),
    ];
    for (words, expected) in searches {
        let filter = asking(words);
        assert_eq!(names(&world, berlin, filter).await, expected, "{words}");
    }
}
