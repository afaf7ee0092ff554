//! Verification jobs and their logs.

use trustboard_model::event::Actor;
use trustboard_model::id::JobId;
use trustboard_model::job::{JobState, Step, StepKind, Trigger};
use trustboard_model::rights::Sees;
use trustboard_model::view::{HostAction, LiveHint};
use trustboard_server::{command, query};

use super::{Database, World, missing};

fn step<D: Database>(world: &World<D>, kind: StepKind, detail: &str) -> Step {
    Step { at: world.now(), kind, detail: detail.to_owned() }
}

pub async fn a_job_keeps_its_steps_and_ends_once<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let ctx = &world.ctx;
    let before = world.seq().await;
    let job = command::start_job(ctx, &Actor::Server, host, Trigger::Boot).await.unwrap();
    assert!(world.codes_after(before).await.is_empty(), "nobody asked for it");
    let waiting = query::queued_jobs(ctx, false, true, 9).await.unwrap();
    assert_eq!(waiting, [(job, host, Trigger::Boot)]);
    let datacenter = query::row(ctx, &Sees::Everything, host).await.unwrap().datacenter.id;
    let mut live = ctx.live.subscribe();
    command::record_step(ctx, job, step(&world, StepKind::SessionFound, "")).await.unwrap();
    assert_eq!(live.try_recv().unwrap().hint, LiveHint::Job { host, datacenter, job });
    assert!(query::queued_jobs(ctx, false, true, 9).await.unwrap().is_empty(), "it runs");
    let long = step(&world, StepKind::ChallengeSent, &"\u{1b}x".repeat(1000));
    command::record_step(ctx, job, long).await.unwrap();
    let steps = vec![step(&world, StepKind::Problem, "no answer")];
    command::record_verification_failure(ctx, host, Some(job), steps, "no answer").await.unwrap();
    assert_eq!(world.codes_after(before).await, ["verification-failed"]);
    for state in [JobState::Done, JobState::Queued] {
        command::finish_job(ctx, job, state).await.unwrap();
    }
    command::record_step(ctx, job, step(&world, StepKind::Appraised, "")).await.unwrap();
    let job = query::job(ctx, &Sees::Everything, host, job).await.unwrap();
    assert_eq!(job.state, JobState::Failed { problem: "no answer".to_owned() });
    assert_eq!(job.ended_at, Some(world.now()));
    let kinds: Vec<_> = job.steps.iter().map(|step| step.kind).collect();
    let told =
        [StepKind::Queued, StepKind::SessionFound, StepKind::ChallengeSent, StepKind::Problem];
    assert_eq!(kinds, told);
    assert!(job.steps[2].detail.len() <= 512 && !job.steps[2].detail.contains('\u{1b}'));
    let lost = JobId::from_random([1; 16]);
    assert_eq!(missing(query::job(ctx, &Sees::Everything, host, lost).await), "job");
}

pub async fn running_jobs_are_queued_again_after_a_restart<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let job = world.act(host, HostAction::VerifyNow).await.unwrap().job.unwrap();
    let found = step(&world, StepKind::SessionFound, "");
    command::record_step(&world.ctx, job, found).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(command::requeue_jobs(&world.ctx).await.unwrap(), 1);
    assert_eq!(command::requeue_jobs(&world.ctx).await.unwrap(), 0);
    let trigger = Trigger::Operator { name: "ada".to_owned(), key: None, then_reset: None };
    assert_eq!(
        query::queued_jobs(&world.ctx, true, true, 9).await.unwrap(),
        [(job, host, trigger)]
    );
    command::finish_job(&world.ctx, job, JobState::Done).await.unwrap();
    let job = query::job(&world.ctx, &Sees::Everything, host, job).await.unwrap();
    assert_eq!((job.state, job.steps.len()), (JobState::Done, 2));
}

pub async fn old_jobs_make_room<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let ctx = &world.ctx;
    let mut jobs = Vec::new();
    for _ in 0..105 {
        world.clock.advance(1);
        let job = command::start_job(ctx, &Actor::Server, host, Trigger::Boot).await.unwrap();
        command::finish_job(ctx, job, JobState::Done).await.unwrap();
        jobs.push(job);
    }
    assert_eq!(missing(query::job(ctx, &Sees::Everything, host, jobs[0]).await), "job");
    assert!(query::job(ctx, &Sees::Everything, host, jobs[10]).await.is_ok());
    let page = query::host(ctx, &Sees::Everything, host).await.unwrap();
    let shown: Vec<_> = page.jobs.iter().map(|job| job.id).collect();
    let newest: Vec<_> = jobs.iter().rev().take(20).copied().collect();
    assert_eq!(shown, newest);
}

pub async fn jobs_are_kept_for_days_and_no_longer<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    let ctx = &world.ctx;
    let ended = command::start_job(ctx, &Actor::Server, host, Trigger::Boot).await.unwrap();
    command::finish_job(ctx, ended, JobState::Done).await.unwrap();
    world.clock.advance(3600);
    let begun = command::start_job(ctx, &Actor::Server, host, Trigger::Reconnect).await.unwrap();
    let before = world.seq().await;
    let kept = command::forget_jobs(ctx, world.now().plus_seconds(-7200)).await.unwrap();
    assert_eq!(kept, command::ForgottenJobs::default(), "nothing is that old");
    let forgotten = command::forget_jobs(ctx, world.now()).await.unwrap();
    let expected = command::ForgottenJobs { jobs: 1, ..Default::default() };
    assert_eq!(forgotten, expected, "one that has not ended is never too old");
    assert_eq!(missing(query::job(ctx, &Sees::Everything, host, ended).await), "job");
    query::job(ctx, &Sees::Everything, host, begun).await.unwrap();
    assert!(world.codes_after(before).await.is_empty());
}
