//! What operators may do to hosts, and what they must say.

use trustboard_model::host::Presence;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::{Rights, Sees};
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, HostCommand, Viewer};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, conflicts, invalid_field, missing, viewer};

fn every_action(text: &str) -> Vec<HostAction> {
    let reason = || text.to_owned();
    vec![
        HostAction::VerifyNow,
        HostAction::VerifyThenReset { reason: reason() },
        HostAction::Acknowledge { comment: reason(), minutes: None, until: None },
        HostAction::Reset { reason: reason() },
        HostAction::EnterMaintenance { reason: reason() },
        HostAction::LeaveMaintenance,
        HostAction::Disconnect { reason: reason() },
        HostAction::Connect,
        HostAction::AcceptIdentity { reason: reason() },
    ]
}

pub async fn viewers_may_not_act<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let (before, revision) = (world.seq().await, world.row(host).await.revision);
    for action in every_action("because") {
        let bob = viewer("bob", Role::Viewer);
        let needs = match action {
            HostAction::AcceptIdentity { .. } => Role::Approver,
            _ => Role::Operator,
        };
        let command = HostCommand { host, revision, action };
        let refused = command::act_on_host(&world.ctx, &bob, &command).await;
        assert_eq!(refused, Err(Refusal::Forbidden { needs }));
        // Who does not see the datacenter is not told that there is such a host.
        let elsewhere = DatacenterId::from_random([77; 16]);
        let rights = Rights::only_in(elsewhere, Role::Administrator);
        let eve = Viewer { rights, ..viewer("eve", Role::Viewer) };
        let refused = command::act_on_host(&world.ctx, &eve, &command).await;
        assert_eq!(refused, Err(Refusal::not_found("host")));
    }
    assert!(world.codes_after(before).await.is_empty());
}

pub async fn texts_are_asked_for_and_bounded<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let before = world.seq().await;
    for text in ["", "\u{1b}[2J", &"x".repeat(HostAction::MAX_TEXT + 1)] {
        for action in every_action(text) {
            let asks = match &action {
                HostAction::Acknowledge { .. } => "comment",
                HostAction::VerifyNow | HostAction::LeaveMaintenance | HostAction::Connect => {
                    continue;
                }
                _ => "reason",
            };
            assert_eq!(invalid_field(world.act(host, action).await), asks);
        }
    }
    for minutes in [0, u32::MAX] {
        let comment = "on it".to_owned();
        let action = HostAction::Acknowledge { comment, minutes: Some(minutes), until: None };
        assert_eq!(invalid_field(world.act(host, action).await), "minutes");
    }
    assert!(world.codes_after(before).await.is_empty());
}

pub async fn maintenance_and_connection_go_there_and_back<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let before = world.seq().await;
    let reason = || "board swap".to_owned();
    let story = [
        HostAction::EnterMaintenance { reason: reason() },
        HostAction::Disconnect { reason: reason() },
        HostAction::Connect,
        HostAction::LeaveMaintenance,
    ];
    for action in story {
        let seen = world.row(host).await.revision;
        let done = world.act_at(host, seen, action.clone()).await.unwrap();
        assert!(done.changed && done.revision == seen + 1, "{action:?}");
        let row = world.row(host).await;
        let out = matches!(action, HostAction::EnterMaintenance { .. } | HostAction::Connect);
        let disconnected = matches!(action, HostAction::Disconnect { .. });
        assert_eq!(row.maintenance, out || disconnected, "{action:?}");
        assert_eq!(row.presence == Presence::Disconnected, disconnected, "{action:?}");
        let again = world.act_at(host, seen, action).await.unwrap();
        assert!(!again.changed && again.revision == done.revision);
    }
    let codes = ["maintenance-entered", "presence-changed", "presence-changed", "maintenance-left"];
    assert_eq!(world.codes_after(before).await, codes);
}

pub async fn verifying_again_names_the_waiting_job<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let before = world.seq().await;
    let first = world.act(host, HostAction::VerifyNow).await.unwrap();
    assert!(world.row(host).await.verifying);
    let again = world.act(host, HostAction::VerifyNow).await.unwrap();
    assert_eq!((again.changed, again.job), (false, first.job));
    let then_reset = |reason: String| HostAction::VerifyThenReset { reason };
    let other = world.act(host, then_reset("fixed".to_owned())).await.unwrap();
    assert_ne!(other.job, first.job, "it asks for more than the one that waits");
    let same = world.act(host, then_reset("fixed".to_owned())).await.unwrap();
    assert_eq!((same.changed, same.job), (false, other.job));
    assert_eq!(world.codes_after(before).await, ["job-started"; 2]);
    for number in 2..8 {
        world.act(host, then_reset(number.to_string())).await.unwrap();
    }
    assert!(conflicts(world.act(host, then_reset("9".to_owned())).await));
    assert_eq!(query::queued_jobs(&world.ctx, true, true, 9).await.unwrap().len(), 8);
    let reason = "board swap".to_owned();
    world.act(host, HostAction::Disconnect { reason }).await.unwrap();
    assert!(conflicts(world.act(host, HostAction::VerifyNow).await));
}

pub async fn unknown_hosts_are_not_found<D: Database>() {
    let world = World::<D>::new().await;
    let nobody = HostId::from_random([1; 16]);
    for action in every_action("because") {
        assert_eq!(missing(world.act_at(nobody, 0, action).await), "host");
    }
    assert_eq!(missing(query::host(&world.ctx, &Sees::Everything, nobody).await), "host");
    assert_eq!(missing(query::row(&world.ctx, &Sees::Everything, nobody).await), "host");
    assert_eq!(query::verification(&world.ctx, nobody).await.unwrap(), None);
}
