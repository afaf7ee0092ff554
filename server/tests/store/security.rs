//! Monitor > Security: filters, orders, pages, causes.

use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{SecurityFilter, SecurityPage, SortKey};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, facts_with_tpm, missing};

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
    query::security(&world.ctx, berlin, filter).await.unwrap()
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
    let (berlin, web, data) = fleet(&world).await;
    let all = SecurityFilter::ALL;
    let wide = page(&world, berlin, all.clone()).await;
    let filters = [
        (SecurityFilter { attestation: Some(Attestation::Failed), ..all.clone() }, "ad"),
        (SecurityFilter { attestation: Some(Attestation::Unknown), ..all.clone() }, "c"),
        (SecurityFilter { red: true, ..all.clone() }, "ad"),
        (SecurityFilter { reason: Some(ReasonCode::OsTooOld), ..all.clone() }, "d"),
        (SecurityFilter { reason: Some(ReasonCode::AgentTooOld), ..all.clone() }, "ad"),
        (SecurityFilter { cluster: Some(web), ..all.clone() }, "acb"),
        (SecurityFilter { cluster: Some(data), red: true, ..all.clone() }, "d"),
        (SecurityFilter { attestation: Some(Attestation::Passed), red: true, ..all }, ""),
    ];
    for (filter, expected) in filters {
        assert_eq!(names(&world, berlin, filter.clone()).await, expected, "{filter:?}");
        let narrow = page(&world, berlin, filter.clone()).await;
        assert_eq!((narrow.counts, narrow.causes), (wide.counts, wide.causes.clone()));
        assert_eq!(narrow.filter, filter);
    }
    let counts = wide.counts;
    let read = (counts.hosts, counts.failed, counts.passed, counts.unknown, counts.not_applicable);
    assert_eq!((read, counts.red, counts.stale), ((5, 2, 1, 1, 1), 2, 0));
    assert_eq!(wide.seq, world.seq().await);
    let lost = DatacenterId::from_random([1; 16]);
    let refused = query::security(&world.ctx, lost, SecurityFilter::ALL).await;
    assert_eq!(missing(refused), "datacenter");
}

pub async fn every_column_orders_both_ways<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, ..) = fleet(&world).await;
    let orders = [
        (SortKey::Name, "abcde", "edcba"),
        (SortKey::Attestation, "adceb", "becad"),
        (SortKey::Alarm, "adbce", "bcead"),
        (SortKey::LastVerified, "cabde", "edbac"),
        (SortKey::Tpm, "ceabd", "abdce"),
        (SortKey::SecureBoot, "abcde", "abcde"),
        (SortKey::Message, "adebc", "bceda"),
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
        let filter = SecurityFilter { words: Some(words.to_owned()), ..SecurityFilter::ALL };
        assert_eq!(names(&world, berlin, filter).await, expected, "{words}");
    }
}
