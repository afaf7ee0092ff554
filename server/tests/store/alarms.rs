//! The life of an alarm, through appraisals and operators alone.

use trustboard_model::alarm::Condition;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::Attestation;
use trustboard_model::id::HostId;
use trustboard_model::job::{StepKind, Trigger};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, CommandDone, HostAction, HostCommand, Settings};
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, conflicts, invalid_field, viewer};

fn acknowledge() -> HostAction {
    HostAction::Acknowledge { comment: "on site".to_owned(), minutes: None, until: None }
}

fn reset() -> HostAction {
    HostAction::Reset { reason: "agent updated".to_owned() }
}

async fn red<D: Database>(world: &World<D>, host: HostId) -> (u32, Condition, Option<String>) {
    match world.row(host).await.alarm {
        AlarmView::Green => panic!("the alarm is green"),
        AlarmView::Red { occurrence, condition, acknowledged, .. } => {
            (occurrence, condition, acknowledged.map(|ack| ack.by))
        }
    }
}

async fn is_green<D: Database>(world: &World<D>, host: HostId) -> bool {
    world.row(host).await.alarm == AlarmView::Green
}

pub async fn raised_acknowledged_cleared_and_reset<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let before = world.seq().await;
    world.record(host, Says::OldAgent).await;
    assert_eq!(red(&world, host).await, (1, Condition::Holds, None));
    let done = world.act(host, acknowledge()).await.unwrap();
    assert!(done.changed);
    assert_eq!(done.revision, world.row(host).await.revision);
    world.clock.advance(60);
    world.record(host, Says::Passed).await;
    let cleared = Condition::Cleared { at: world.now() };
    assert_eq!(red(&world, host).await, (1, cleared, Some("ada".to_owned())));
    assert_eq!(world.row(host).await.attestation, Attestation::Passed);
    let attested = query::host(&world.ctx, &Sees::Everything, host).await.unwrap().report;
    world.act(host, reset()).await.unwrap();
    assert!(is_green(&world, host).await);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.report, attested, "a reset changes no attestation");
    assert_eq!(page.events[0].actor, Actor::Operator("ada".to_owned()));
    let EventKind::AlarmReset { occurrence: 1, condition_held: false, ref reason, .. } =
        page.events[0].kind
    else {
        panic!("{:?}", page.events[0])
    };
    assert_eq!(reason, "agent updated");
    let story = [
        "appraised",
        "alarm-raised",
        "alarm-acknowledged",
        "appraised",
        "alarm-condition-cleared",
        "alarm-reset",
    ];
    assert_eq!(world.codes_after(before).await, story);
    assert!(conflicts(world.act(host, acknowledge()).await), "there is nothing to acknowledge");
}

pub async fn a_new_reason_or_a_relapse_is_a_new_occurrence<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    world.act(host, acknowledge()).await.unwrap();
    world.record(host, Says::BothOld).await;
    assert_eq!(red(&world, host).await, (2, Condition::Holds, None), "a new reason");
    world.act(host, acknowledge()).await.unwrap();
    world.record(host, Says::OldAgent).await;
    let still = (2, Condition::Holds, Some("ada".to_owned()));
    assert_eq!(red(&world, host).await, still, "fewer reasons are progress");
    world.record(host, Says::Refused).await;
    assert_eq!(red(&world, host).await.1, Condition::Unknown);
    world.record(host, Says::OldAgent).await;
    assert_eq!(red(&world, host).await, still, "no answer is no recovery");
    world.record(host, Says::Passed).await;
    world.record(host, Says::OldAgent).await;
    assert_eq!(red(&world, host).await, (3, Condition::Holds, None), "a relapse");
}

pub async fn reset_while_the_condition_holds_is_raised_again<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    world.act(host, reset()).await.unwrap();
    assert!(is_green(&world, host).await);
    assert_eq!(world.row(host).await.attestation, Attestation::Failed, "only the alarm is green");
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert!(matches!(page.events[0].kind, EventKind::AlarmReset { condition_held: true, .. }));
    let before = world.seq().await;
    let recorded = world.record(host, Says::OldAgent).await;
    assert!(!recorded.changed, "the same conclusion");
    assert_eq!(recorded.revision, world.row(host).await.revision);
    assert_eq!(world.codes_after(before).await, ["alarm-raised"]);
    assert_eq!(red(&world, host).await, (2, Condition::Holds, None));
}

pub async fn stale_commands_are_refused_and_repeated_ones_write_nothing<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let seen = world.row(host).await.revision;
    world.record(host, Says::BothOld).await;
    let before = world.seq().await;
    for action in [acknowledge(), reset()] {
        let Err(Refusal::Stale { seen: then, current, now }) =
            world.act_at(host, seen, action).await
        else {
            panic!("not stale")
        };
        assert_eq!((then, current), (seen, world.row(host).await.revision));
        assert!(now.contains("occurrence 2") && now.contains("platform.os-too-old"), "{now}");
    }
    assert!(world.codes_after(before).await.is_empty());
    world.record(host, Says::BothOld).await;
    let seen = world.row(host).await.revision;
    for action in [acknowledge(), reset()] {
        let seen = world.row(host).await.revision.max(seen);
        let first = world.act_at(host, seen, action.clone()).await.unwrap();
        let before = world.seq().await;
        let again = world.act_at(host, seen, action).await.unwrap();
        assert!(first.changed && !again.changed);
        assert_eq!(first.revision, again.revision);
        assert!(world.codes_after(before).await.is_empty());
    }
}

pub async fn verify_then_reset_resets_only_if_the_host_passes<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let wish = HostAction::VerifyThenReset { reason: "agent updated".to_owned() };
    for (says, last) in
        [(Says::OldAgent, StepKind::AlarmKept), (Says::Passed, StepKind::AlarmReset)]
    {
        world.clock.advance(1);
        let job = world.act(host, wish.clone()).await.unwrap().job.unwrap();
        let trigger = Trigger::Operator {
            name: "ada".to_owned(),
            key: None,
            then_reset: Some("agent updated".to_owned()),
        };
        let recording = super::evidence::recording(host, says, world.now(), trigger);
        let recording = command::Recording { job: Some(job), ..recording };
        let recorded = command::record_appraisal(&world.ctx, recording).await.unwrap().unwrap();
        assert_eq!(recorded.revision, world.row(host).await.revision);
        let job = query::job(&world.ctx, &Sees::Everything, host, job).await.unwrap();
        assert_eq!(job.steps.last().unwrap().kind, last);
        assert_eq!(is_green(&world, host).await, says == Says::Passed);
    }
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.events[0].actor, Actor::Operator("ada".to_owned()));
    let kinds: Vec<_> = page.events.iter().take(2).map(|event| event.kind.code()).collect();
    assert_eq!(kinds, ["alarm-reset", "alarm-condition-cleared"]);
}

pub async fn an_acknowledgement_lapses<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let for_ten = || HostAction::Acknowledge {
        comment: "on site".to_owned(),
        minutes: Some(10),
        until: None,
    };
    world.act(host, for_ten()).await.unwrap();
    world.clock.advance(599);
    assert!(red(&world, host).await.2.is_some());
    world.act(host, for_ten()).await.unwrap();
    world.clock.advance(599);
    assert!(red(&world, host).await.2.is_some(), "prolonged");
    world.clock.advance(1);
    assert!(red(&world, host).await.2.is_none());
}

/// A host that fails, on a server where resets take two people.
async fn failing_under_two_persons<D: Database>() -> (World<D>, HostId) {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let root = viewer("root", Role::Administrator);
    let two = Settings { two_person_resets: true, ..Settings::default() };
    assert!(command::set_settings(&world.ctx, &root, two).await.unwrap());
    assert!(!command::set_settings(&world.ctx, &root, two).await.unwrap());
    (world, host)
}

async fn by<D: Database>(
    world: &World<D>,
    name: &str,
    host: HostId,
    action: HostAction,
) -> Result<CommandDone, Refusal> {
    let revision = world.row(host).await.revision;
    let command = HostCommand { host, revision, action };
    command::act_on_host(&world.ctx, &viewer(name, Role::Operator), &command).await
}

async fn asked_by<D: Database>(world: &World<D>, host: HostId) -> Option<String> {
    match world.row(host).await.alarm {
        AlarmView::Red { reset_asked, .. } => reset_asked.map(|asked| asked.by),
        AlarmView::Green => None,
    }
}

pub async fn a_reset_takes_a_second_person_where_that_is_set<D: Database>() {
    let (world, host) = failing_under_two_persons::<D>().await;
    let before = world.seq().await;
    assert!(conflicts(by(&world, "bob", host, HostAction::ConfirmReset).await), "nobody asked");
    for changed in [true, false] {
        let done = by(&world, "ada", host, reset()).await.unwrap();
        assert_eq!((done.changed, done.awaits_second), (changed, true));
    }
    assert_eq!(asked_by(&world, host).await.as_deref(), Some("ada"));
    assert!(conflicts(by(&world, "ada", host, HostAction::ConfirmReset).await), "the same person");
    assert!(conflicts(by(&world, "bob", host, reset()).await), "it was asked for already");
    let confirm = HostAction::ConfirmReset;
    let seen = HostCommand { host, revision: 1, action: confirm.clone() };
    let stale = command::act_on_host(&world.ctx, &viewer("bob", Role::Operator), &seen).await;
    assert!(matches!(stale, Err(Refusal::Stale { .. })), "{stale:?}");
    assert!(by(&world, "bob", host, confirm.clone()).await.unwrap().changed);
    assert_eq!(world.row(host).await.alarm, AlarmView::Green);
    assert!(!by(&world, "bob", host, confirm).await.unwrap().changed);
    assert_eq!(world.codes_after(before).await, ["reset-asked", "alarm-reset"]);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    let EventKind::AlarmReset { asked_by, reason, .. } = &page.events[0].kind else { panic!() };
    assert_eq!((asked_by.as_deref(), &**reason), (Some("ada"), "agent updated"));
    assert_eq!(page.events[0].actor, Actor::Operator("bob".to_owned()));

    // Where the host has passed since, one person is enough.
    world.record(host, Says::OldAgent).await;
    world.record(host, Says::Passed).await;
    let done = by(&world, "ada", host, reset()).await.unwrap();
    assert!(done.changed && !done.awaits_second);
    assert_eq!(world.row(host).await.alarm, AlarmView::Green);
}

pub async fn a_reset_that_was_asked_for_lapses_or_is_declined<D: Database>() {
    let (world, host) = failing_under_two_persons::<D>().await;
    let before = world.seq().await;
    by(&world, "ada", host, reset()).await.unwrap();
    let decline = || HostAction::DeclineReset { reason: "not yet".to_owned() };
    let empty = HostAction::DeclineReset { reason: " ".to_owned() };
    assert_eq!(invalid_field(by(&world, "bob", host, empty).await), "reason");
    assert!(by(&world, "bob", host, decline()).await.unwrap().changed);
    assert!(!by(&world, "bob", host, decline()).await.unwrap().changed);
    assert_eq!(asked_by(&world, host).await, None);
    by(&world, "ada", host, reset()).await.unwrap();
    world.record(host, Says::OldAgent).await;
    assert!(asked_by(&world, host).await.is_some(), "the same failure is the same state");
    world.record(host, Says::Passed).await;
    assert_eq!(asked_by(&world, host).await, None);
    assert!(conflicts(by(&world, "bob", host, HostAction::ConfirmReset).await));
    let codes = world.codes_after(before).await;
    let codes: Vec<_> = codes.into_iter().filter(|code| code.contains("reset")).collect();
    assert_eq!(codes, ["reset-asked", "reset-declined", "reset-asked", "reset-lapsed"]);
}
