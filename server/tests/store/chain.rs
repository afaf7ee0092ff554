//! The chain of events.

use trustboard_model::event::EventSeq;
use trustboard_model::id::HostId;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::LiveHint;
use trustboard_server::live::LiveMessage;
use trustboard_server::query::{self, ChainState};

use super::evidence::Says;
use super::{Database, World, viewer};

/// A world with a history.
async fn lived_in<D: Database>() -> (World<D>, HostId) {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    for says in [Says::Passed, Says::OldAgent, Says::Passed] {
        world.record(host, says).await;
    }
    assert_eq!(world.seq().await, EventSeq(9));
    (world, host)
}

/// Where the chain breaks, and what is said, after `statement`.
async fn broken<D: Database>(statement: &str) -> (u64, String) {
    let (world, _) = lived_in::<D>().await;
    world.db.tamper(statement.to_owned()).await;
    match query::verify_chain(&world.ctx).await.unwrap() {
        ChainState::Broken { seq, problem } => (seq.0, problem),
        whole @ ChainState::Whole { .. } => panic!("{whole:?} after {statement}"),
    }
}

pub async fn a_whole_chain_is_whole<D: Database>() {
    let empty = World::<D>::new().await;
    let state = query::verify_chain(&empty.ctx).await.unwrap();
    assert!(matches!(state, ChainState::Whole { events: 0, .. }));
    let (world, _) = lived_in::<D>().await;
    let ChainState::Whole { events: 9, head } = query::verify_chain(&world.ctx).await.unwrap()
    else {
        panic!()
    };
    let events = query::audit(&world.ctx, &viewer("root", Role::Administrator), EventSeq(9), 10)
        .await
        .unwrap();
    assert_eq!((events.len(), events[0].hash), (1, head));
    let page = query::audit(&world.ctx, &viewer("root", Role::Administrator), EventSeq(2), 3)
        .await
        .unwrap();
    let seqs: Vec<_> = page.iter().map(|event| event.seq.0).collect();
    assert_eq!(seqs, [2, 3, 4]);
}

pub async fn a_changed_event_is_found<D: Database>() {
    let forged = "UPDATE events SET body = replace(body, 'root', 'toor') WHERE seq = 2";
    let (seq, problem) = broken::<D>(forged).await;
    assert_eq!(seq, 2);
    assert!(problem.contains("hash"), "{problem}");
    let (seq, _) = broken::<D>(
        "UPDATE events SET hash = (SELECT hash FROM events WHERE seq = 1) WHERE seq = 6",
    )
    .await;
    assert_eq!(seq, 6);
}

pub async fn a_missing_event_is_found<D: Database>() {
    let (seq, problem) = broken::<D>("DELETE FROM events WHERE seq = 3").await;
    assert_eq!(seq, 3);
    assert!(problem.contains("missing"), "{problem}");
    assert_eq!(broken::<D>("DELETE FROM events WHERE seq = 1").await.0, 1);
    let closed_up = "DELETE FROM events WHERE seq = 3;
                     UPDATE events SET seq = 3 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5;
                     UPDATE events SET seq = 5 WHERE seq = 6; UPDATE events SET seq = 6 WHERE seq = 7;
                     UPDATE events SET seq = 7 WHERE seq = 8; UPDATE events SET seq = 8 WHERE seq = 9;
                     UPDATE chain_head SET seq = 8";
    assert_eq!(broken::<D>(closed_up).await.0, 3);
}

pub async fn swapped_events_are_found<D: Database>() {
    let swapped =
        "UPDATE events SET seq = -1 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5;
                   UPDATE events SET seq = 5 WHERE seq = -1";
    assert_eq!(broken::<D>(swapped).await.0, 4);
}

pub async fn a_cut_off_end_is_found<D: Database>() {
    let (seq, problem) = broken::<D>("DELETE FROM events WHERE seq > 7").await;
    assert_eq!(seq, 8);
    assert!(problem.contains("ends with 9"), "{problem}");
    assert_eq!(
        broken::<D>("UPDATE chain_head SET hash = (SELECT hash FROM events WHERE seq = 1)").await.0,
        9
    );
}

pub async fn a_forged_column_is_found<D: Database>() {
    for (column, value) in [("at", "1"), ("kind", "'signed-in'"), ("host_id", "NULL")] {
        let forged = format!("UPDATE events SET {column} = {value} WHERE seq = 5");
        let (seq, problem) = broken::<D>(&forged).await;
        assert_eq!(seq, 5);
        assert!(problem.contains(column), "{problem}");
    }
}

pub async fn streams_resume_or_reload<D: Database>() {
    let (world, host) = lived_in::<D>().await;
    let ctx = &world.ctx;
    let row = world.row(host).await;
    let since = |seq, datacenter, limit| {
        query::events_since(ctx, EventSeq(seq), datacenter, &Sees::Everything, limit)
    };
    let missed = since(5, Some(row.datacenter.id), 100).await.unwrap();
    let events: Vec<_> = missed
        .iter()
        .map(|LiveMessage { seq, hint }| match hint {
            LiveHint::Host { host: about, cluster, datacenter, event, .. } => {
                assert_eq!((*about, *cluster), (host, row.cluster.id));
                assert_eq!(*datacenter, row.datacenter.id);
                (seq.unwrap().0, event.as_str())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let story =
        [(6, "appraised"), (7, "alarm-raised"), (8, "appraised"), (9, "alarm-condition-cleared")];
    assert_eq!(events, story);
    assert!(since(9, None, 100).await.unwrap().is_empty());
    let reload = [LiveMessage { seq: Some(EventSeq(9)), hint: LiveHint::Reload }];
    assert_eq!(since(5, None, 3).await.unwrap(), reload, "too many");
    assert_eq!(since(10, None, 100).await.unwrap(), reload, "not of this chain");
    let elsewhere = trustboard_model::id::DatacenterId::from_random([1; 16]);
    let tree: Vec<_> = since(0, Some(elsewhere), 100).await.unwrap();
    let hints: Vec<_> = tree.into_iter().map(|message| message.hint).collect();
    assert_eq!(hints, [LiveHint::Inventory, LiveHint::Inventory], "the tree is everybody's");
}
