//! Events as they are found again.

use trustboard_model::event::EventSeq;
use trustboard_model::rights::Rights;
use trustboard_model::view::{EventFilter, EventGroup, Scope};
use trustboard_server::query;

use super::bulk::{acknowledge, ada, operator, red_hosts};
use super::{Database, World, invalid_field};

pub async fn events_are_found_by_kind_host_and_actor<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (berlin, cluster) = world.berlin().await;
    let hosts = red_hosts(&world, cluster, 2).await;
    world.act(hosts[0], acknowledge()).await.unwrap();
    let codes = |filter: EventFilter, scope| {
        let (ctx, ada) = (world.ctx.clone(), ada.clone());
        async move {
            let page = query::events(&ctx, &ada, scope, filter).await.unwrap();
            page.events.iter().map(|line| line.kind.code()).collect::<Vec<_>>()
        }
    };
    let all = || EventFilter::default();
    let here = Scope::Datacenter(berlin);
    let newest = codes(all(), here).await;
    assert_eq!(newest[..3], ["alarm-acknowledged", "alarm-raised", "appraised"]);
    let alarms = EventFilter { group: Some(EventGroup::Alarms), ..all() };
    assert_eq!(codes(alarms, here).await, ["alarm-acknowledged", "alarm-raised", "alarm-raised"]);
    let second = EventFilter { host: "WEB-2".to_owned(), ..all() };
    assert_eq!(codes(second, here).await, ["alarm-raised", "appraised", "host-enrolled"]);
    let by = EventFilter { actor: "Ada".to_owned(), ..all() };
    assert_eq!(codes(by, here).await, ["alarm-acknowledged"]);
    let before = EventFilter { before: Some(EventSeq(3)), ..all() };
    assert!(codes(before, here).await.iter().all(|code| *code != "alarm-raised"));
    // Who signs in is the audit's business.
    assert!(!codes(all(), Scope::Everything).await.contains(&"operator-created"));
    let long = EventFilter { host: "x".repeat(254), ..all() };
    let refused = query::events(&world.ctx, &ada, here, long).await;
    assert_eq!(invalid_field(refused), "host");
    let eve = operator(&world, "eve", Rights::default()).await;
    let hidden = query::events(&world.ctx, &eve, Scope::Everything, all()).await.unwrap();
    assert!(hidden.events.iter().all(|line| line.datacenter.is_none()), "{:?}", hidden.events);
}
