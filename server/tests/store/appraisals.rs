//! Recording what the verifier concluded.

use trustboard_model::appraisal::SecureBoot;
use trustboard_model::bytes::Bytes;
use trustboard_model::event::EventKind;
use trustboard_model::host::{Attestation, Freshness, Presence};
use trustboard_model::id::HostId;
use trustboard_model::job::{JobState, StepKind, Trigger};
use trustboard_model::protocol::LogPart;
use trustboard_model::reason::ReasonCode;
use trustboard_model::rights::Sees;
use trustboard_model::verdict::Cause;
use trustboard_model::view::{LiveHint, Message, Retention};
use trustboard_server::command::{self, Basis};
use trustboard_server::query;
use trustboard_server::session::Sent;

use super::evidence::{self, Says};
use super::{Database, START, World, facts_with_tpm};

pub async fn the_first_one_makes_a_span_and_an_event<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    command::set_presence(&world.ctx, host, Presence::Connected, None).await.unwrap();
    let before = world.seq().await;
    let recorded = world.record(host, Says::Passed).await;
    assert!(recorded.changed);
    assert_eq!((recorded.attestation, recorded.revision), (Attestation::Passed, 3));
    assert_eq!(world.codes_after(before).await, ["appraised"]);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!((page.row.attestation, page.row.revision), (Attestation::Passed, 3));
    assert_eq!((page.row.freshness, page.row.message), (Freshness::Fresh, Message::Nothing));
    assert_eq!((page.row.last_verified, page.row.since), (Some(START), Some(START)));
    assert_eq!(page.report.unwrap().secure_boot, SecureBoot::Unknown);
    assert_eq!((page.spans.len(), page.spans[0].count), (1, 1));
    let EventKind::Appraised { from: None, to: Attestation::Passed, appraisal, .. } =
        page.events[0].kind
    else {
        panic!("{:?}", page.events[0])
    };
    assert_eq!(appraisal, page.spans[0].id);
}

pub async fn identical_ones_extend_the_span_without_an_event<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    for says in [Says::Passed, Says::OldAgent] {
        let first = world.record(host, says).await;
        let (before, since) = (world.seq().await, world.now());
        for _ in 0..3 {
            world.clock.advance(60);
            let recorded = world.record(host, says).await;
            assert!(!recorded.changed);
            assert_eq!(recorded.revision, first.revision);
        }
        assert!(world.codes_after(before).await.is_empty());
        let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
        let span = &page.spans[0];
        assert_eq!((span.first_seen, span.last_seen, span.count), (since, world.now(), 4));
        let row = page.row;
        assert_eq!((row.since, row.last_verified), (Some(since), Some(world.now())));
    }
}

pub async fn another_conclusion_begins_a_span<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    command::set_presence(&world.ctx, host, Presence::Connected, None).await.unwrap();
    let told = [Says::Passed, Says::Warned, Says::OldAgent, Says::BothOld, Says::Passed];
    for (revision, says) in told.into_iter().enumerate() {
        world.clock.advance(1);
        assert!(world.record(host, says).await.changed, "{revision}");
    }
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    let spans: Vec<_> =
        page.spans.iter().map(|span| (span.attestation, span.reasons.len(), span.count)).collect();
    let (passed, failed) = (Attestation::Passed, Attestation::Failed);
    assert_eq!(
        spans,
        [(passed, 0, 1), (failed, 2, 1), (failed, 1, 1), (passed, 0, 1), (passed, 0, 1)]
    );
    assert_eq!(page.row.last_passed, Some(world.now()));
    world.record(host, Says::Warned).await;
    let Message::Warnings { reasons } = world.row(host).await.message else { panic!() };
    assert_eq!(reasons[0].code, ReasonCode::OsTooOld);
    world.record(host, Says::BothOld).await;
    let Message::Reasons { reasons } = world.row(host).await.message else { panic!() };
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, [ReasonCode::OsTooOld, ReasonCode::AgentTooOld]);
}

pub async fn unknown_and_not_applicable_are_not_failures<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    command::set_presence(&world.ctx, host, Presence::Connected, None).await.unwrap();
    let told = [
        (Says::NoTpm, Attestation::NotApplicable),
        (Says::Unreadable, Attestation::Unknown),
        (Says::Refused, Attestation::Unknown),
    ];
    for (says, attestation) in told {
        world.record(host, says).await;
        let row = world.row(host).await;
        assert_eq!(row.attestation, attestation, "{says:?}");
        let Message::Unknown { cause } = row.message else { panic!("{:?}", row.message) };
        let says_so = match cause {
            Cause::NoTpm => says == Says::NoTpm,
            Cause::Malformed { .. } => says == Says::Unreadable,
            Cause::HostRefused { .. } => says == Says::Refused,
            Cause::NotEvaluated { .. } => false,
        };
        assert!(says_so, "{says:?}");
        assert!(matches!(row.alarm, trustboard_model::view::AlarmView::Green));
    }
}

pub async fn staleness_follows_the_clock<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let host = world.host(web, "web-1").await;
    assert_eq!(world.row(host).await.freshness, Freshness::Never);
    world.record(host, Says::Passed).await;
    let (before, policy) = (world.seq().await, 900);
    for (seconds, freshness, stale) in [(policy, Freshness::Fresh, 0), (1, Freshness::Stale, 1)] {
        world.clock.advance(seconds);
        assert_eq!(world.row(host).await.freshness, freshness);
        let filter = trustboard_model::view::SecurityFilter::ALL;
        let viewer = super::viewer("ada", trustboard_model::role::Role::Viewer);
        let scope = trustboard_model::view::Scope::Datacenter(berlin);
        let page = query::security(&world.ctx, &viewer, scope, filter).await.unwrap();
        assert_eq!((page.counts.stale, page.counts.passed), (stale, 1));
    }
    assert!(world.codes_after(before).await.is_empty());
}

async fn with_log<D: Database>(world: &World<D>, host: HostId, log: &[u8]) {
    let mut recording = evidence::recording(host, Says::Passed, world.now(), Trigger::Reconnect);
    let Basis::Received(received) = &mut recording.basis else { panic!() };
    let Sent::Evidence(message) = &mut received.sent else { panic!() };
    message.log = LogPart::Full { bytes: Bytes(log.to_vec()) };
    command::record_appraisal(&world.ctx, recording).await.unwrap();
}

pub async fn the_newest_report_and_the_log_are_kept<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let (one, two) = (world.host(web, "one").await, world.host(web, "two").await);
    let ctx = &world.ctx;
    with_log(&world, one, b"log A").await;
    with_log(&world, two, b"log A").await;
    assert_eq!(
        query::host(ctx, &Sees::Everything, one).await.unwrap().facts,
        facts_with_tpm("web")
    );
    let known = |host| {
        let ctx = ctx.clone();
        async move { query::verification(&ctx, host).await.unwrap().unwrap().known_log.unwrap() }
    };
    let log_a = known(one).await;
    assert_eq!(query::event_log(ctx, log_a).await.unwrap().unwrap(), b"log A");
    with_log(&world, one, b"log B").await;
    let log_b = known(one).await;
    assert_ne!(log_a, log_b);
    assert!(query::event_log(ctx, log_a).await.unwrap().is_some(), "the other host relies on it");
    with_log(&world, two, b"log B").await;
    assert!(query::event_log(ctx, log_a).await.unwrap().is_some(), "the evidence of then does");
    world.clock.advance(91 * 24 * 3600);
    command::forget_past(ctx, Retention::DEFAULT).await.unwrap();
    assert!(query::event_log(ctx, log_a).await.unwrap().is_none(), "nobody relies on it");
    assert_eq!(query::event_log(ctx, log_b).await.unwrap().unwrap(), b"log B");
}

pub async fn a_scheduled_one_gets_a_job_only_if_it_changed_something<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    for says in [Says::Passed, Says::Passed, Says::OldAgent, Says::OldAgent, Says::OldAgent] {
        world.clock.advance(1);
        world.record(host, says).await;
    }
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.jobs.len(), 2);
    for job in &page.jobs {
        assert_eq!((&job.state, &job.trigger), (&JobState::Done, &Trigger::Scheduled));
        assert_eq!(job.steps.last().unwrap().kind, StepKind::Recorded);
    }
    let jobs = page.events.iter().filter_map(|event| match event.kind {
        EventKind::Appraised { job, .. } => job,
        _ => None,
    });
    assert_eq!(jobs.collect::<Vec<_>>(), [page.jobs[0].id, page.jobs[1].id]);
    assert!(!page.row.verifying);
}

pub async fn a_failed_verification_leaves_the_verdict<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    command::set_presence(&world.ctx, host, Presence::Connected, None).await.unwrap();
    world.record(host, Says::Passed).await;
    let before = world.seq().await;
    let fail = |problem: &'static str| {
        let ctx = world.ctx.clone();
        async move { command::record_verification_failure(&ctx, host, None, Vec::new(), problem).await }
    };
    let at = world.now();
    fail("no answer within 20 s").await.unwrap();
    world.clock.advance(60);
    fail("no answer within 20 s").await.unwrap();
    let failed = "verification-failed";
    assert_eq!(world.codes_after(before).await, [failed]);
    let row = world.row(host).await;
    let problem = "no answer within 20 s".to_owned();
    assert_eq!(row.message, Message::VerificationFailed { problem, at });
    assert_eq!((row.attestation, row.last_verified), (Attestation::Passed, Some(START)));
    fail("the TPM is busy").await.unwrap();
    assert!(world.record(host, Says::Passed).await.changed, "the row reads otherwise again");
    assert_eq!(world.row(host).await.message, Message::Nothing);
    fail("the TPM is busy").await.unwrap();
    assert_eq!(world.codes_after(before).await, [failed, failed, "appraised", failed]);
    assert_eq!(query::host(&world.ctx, &Sees::Everything, host).await.unwrap().spans.len(), 1);
}

pub async fn hints_follow_the_commit<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let mut live = world.ctx.live.subscribe();
    let host = world.host(web, "web-1").await;
    assert_eq!(live.try_recv().unwrap().hint, LiveHint::Inventory);
    let enrolled = live.try_recv().unwrap();
    let code = |event: &str| {
        let event = event.to_owned();
        LiveHint::Host { host, cluster: web, datacenter: berlin, event, by: None }
    };
    assert_eq!((enrolled.seq, enrolled.hint), (Some(world.seq().await), code("host-enrolled")));
    world.record(host, Says::OldAgent).await;
    let seq = world.seq().await;
    let got: Vec<_> = std::iter::from_fn(|| live.try_recv().ok()).collect();
    let of_events: Vec<_> = got.iter().filter(|message| message.seq.is_some()).collect();
    assert_eq!(of_events[0].hint, code("appraised"));
    assert_eq!((of_events[1].seq, &of_events[1].hint), (Some(seq), &code("alarm-raised")));
    world.record(host, Says::OldAgent).await;
    let verified = live.try_recv().unwrap();
    let at = world.now();
    assert_eq!(verified.hint, LiveHint::Verified { host, datacenter: berlin, at });
    assert_eq!(verified.seq, None);
}
