//! What the quick search finds: names, in order, and only those that somebody sees.

use trustboard_model::role::Role;
use trustboard_model::view::{Findings, FoundId};
use trustboard_server::query;

use super::{Database, World, invalid_field, viewer};

pub async fn names_that_begin_so_come_first<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let host = world.host(web, "old-berlin-1").await;
    let who = viewer("ada", Role::Viewer);
    let Findings { found, more } = query::find(&world.ctx, &who, " BERLIN ").await.unwrap();
    assert!(!more);
    let ids: Vec<_> = found.iter().map(|found| found.id).collect();
    assert_eq!(ids, [FoundId::Datacenter(berlin), FoundId::Host(host)]);
    let within: Vec<_> = found.iter().map(|found| found.within.len()).collect();
    assert_eq!(within, [0, 2]);
    // Nothing is looked for before something was typed, and signs of the database are letters.
    for nothing in ["", "  ", "%", "_", "\\"] {
        let findings = query::find(&world.ctx, &who, nothing).await.unwrap();
        assert_eq!(findings, Findings::default(), "{nothing}");
    }
    let long = "x".repeat(Findings::LONGEST + 1);
    assert_eq!(invalid_field(query::find(&world.ctx, &who, &long).await), "name");
}

pub async fn more_than_are_listed_is_said<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    for number in 0..=Findings::MOST {
        world.host(web, &format!("db-{number:02}")).await;
    }
    let who = viewer("ada", Role::Viewer);
    let findings = query::find(&world.ctx, &who, "db-").await.unwrap();
    assert_eq!((findings.found.len(), findings.more), (Findings::MOST, true));
    assert_eq!(findings.found[0].name, "db-00");
}
