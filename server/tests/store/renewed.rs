//! Hosts that passed again in full: recorded with others as they would be by themselves.

use trustboard_model::digest::Sha256;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::job::Trigger;
use trustboard_model::policy::Policy;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::{HostPage, Stretch};
use trustboard_server::command::{self, Known, Recorded, Recording, Renewal};
use trustboard_server::query::{self, VerificationContext};

use super::evidence::{self, CLOCK, Says, SoftTpm, TPM};
use super::identity::enrolled;
use super::{Database, World, console, viewer};

const FIRST: &[u8] = b"the log of the first boot";
const SECOND: &[u8] = b"the log of the second boot";

fn digest(log: &[u8]) -> Sha256 {
    use aws_lc_rs::digest::{SHA256, digest};
    Sha256(digest(&SHA256, log).as_ref().try_into().unwrap())
}

async fn known<D: Database>(world: &World<D>, host: HostId) -> VerificationContext {
    query::verification(&world.ctx, host).await.unwrap().unwrap()
}

async fn page<D: Database>(world: &World<D>, host: HostId) -> HostPage {
    query::host(&world.ctx, &Sees::Everything, host).await.unwrap()
}

/// A host that passed twice, with a log that the server has.
async fn passed<D: Database>(world: &World<D>, name: &str) -> HostId {
    let host = enrolled(world, name, &TPM).await;
    world.record(host, Says::Passed).await;
    world.clock.advance(60);
    let recording = evidence::recording_after_boot(host, world.now(), 1, FIRST);
    command::record_appraisal(&world.ctx, recording).await.unwrap().unwrap();
    world.clock.advance(60);
    host
}

/// Records it with others, if it may be.
async fn renewed<D: Database>(
    world: &World<D>,
    recording: Recording,
    known: &VerificationContext,
) -> Option<Recorded> {
    let renewal = Renewal::of(recording, Known::of(known)).ok()?;
    command::record_renewed(&world.ctx, &[&renewal]).await.unwrap().remove(0)
}

/// What is on record of a host, but for what names it and its runs.
async fn on_record<D: Database>(world: &World<D>, host: HostId) -> String {
    let page = page(world, host).await;
    let known = known(world, host).await;
    let spans: Vec<_> = page.spans.iter().map(|s| (s.first_seen, s.last_seen, s.count)).collect();
    let logs = (
        query::event_log(&world.ctx, digest(FIRST)).await.unwrap(),
        query::event_log(&world.ctx, digest(SECOND)).await.unwrap(),
    );
    let ada = viewer("ada", Role::Viewer);
    let timeline = query::timeline(&world.ctx, &ada, host, Stretch::default()).await.unwrap();
    let past = (timeline.boots, timeline.gaps);
    format!(
        "{:#?}",
        (
            page.report,
            (page.row.last_verified, page.row.last_passed, page.row.revision),
            (spans, past, logs, page.facts),
            (known.history, known.known_log, known.boot_id, known.last_verified),
        )
    )
}

pub async fn what_is_recorded_with_others_is_what_would_be_recorded_alone<D: Database>() {
    let (one, other) = (World::<D>::new().await, World::<D>::new().await);
    let (alone, together) = (passed(&one, "web-1").await, passed(&other, "web-1").await);
    assert_eq!(on_record(&one, alone).await, on_record(&other, together).await);
    let seq = other.seq().await;
    let (minute, week) = (60, 7 * 24 * 3600);
    for (boot, log, later) in
        [(2, SECOND, minute), (2, SECOND, minute), (3, FIRST, week), (4, SECOND, minute)]
    {
        let recording = evidence::recording_after_boot(alone, one.now(), boot, log);
        let by_itself = command::record_appraisal(&one.ctx, recording).await.unwrap().unwrap();
        let recording = evidence::recording_after_boot(together, other.now(), boot, log);
        let known = known(&other, together).await;
        let with_others = renewed(&other, recording, &known).await.expect("it passed as before");
        assert!(by_itself.is_steady && with_others.is_steady && !with_others.changed);
        assert_eq!(on_record(&one, alone).await, on_record(&other, together).await, "{boot}");
        one.clock.advance(later);
        other.clock.advance(later);
    }
    assert_eq!(other.seq().await, seq, "no event");
    assert!(query::event_log(&other.ctx, digest(FIRST)).await.unwrap().is_none(), "released");
    let known = known(&other, together).await;
    assert_eq!(known.known_log, Some(digest(SECOND)));
    assert_eq!(known.history.clock.unwrap().clock, CLOCK + 4);
    // It is all there after a restart, and evidence that was kept can be judged again.
    let before = on_record(&other, together).await;
    let other = other.restarted().await;
    assert_eq!(on_record(&other, together).await, before);
}

pub async fn the_log_of_a_host_stands_with_its_evidence_however_it_stood_before<D: Database>() {
    let world = World::<D>::new().await;
    let host = passed(&world, "web-1").await;
    let released = async |log| query::event_log(&world.ctx, digest(log)).await.unwrap().is_none();
    // As an earlier version kept it: in the host's own row, too.
    let apart = "UPDATE hosts SET known_log =
                 (SELECT log FROM evidence WHERE host_id = hosts.id)";
    world.db.tamper(apart.to_owned()).await;
    let on_record = known(&world, host).await;
    assert_eq!(on_record.known_log, Some(digest(FIRST)));
    let recording = evidence::recording_after_boot(host, world.now(), 2, SECOND);
    renewed(&world, recording, &on_record).await.expect("it passed as before");
    assert_eq!(known(&world, host).await.known_log, Some(digest(SECOND)));
    assert!(released(FIRST).await, "the host's row does not hold it");
    // An answer without a log: the one before need not be sent again.
    world.record(host, Says::Passed).await;
    assert_eq!(known(&world, host).await.known_log, Some(digest(SECOND)));
    assert!(!released(SECOND).await);
    let recording = evidence::recording_after_boot(host, world.now(), 3, FIRST);
    command::record_appraisal(&world.ctx, recording).await.unwrap().unwrap();
    assert_eq!(known(&world, host).await.known_log, Some(digest(FIRST)));
    assert!(released(SECOND).await);
    world.db.tamper(apart.to_owned()).await;
    let recording = evidence::recording_after_boot(host, world.now(), 4, SECOND);
    command::record_appraisal(&world.ctx, recording).await.unwrap().unwrap();
    assert_eq!(known(&world, host).await.known_log, Some(digest(SECOND)));
    assert!(released(FIRST).await);
}

pub async fn what_was_recognised_meanwhile_is_counted<D: Database>() {
    let world = World::<D>::new().await;
    let host = enrolled(&world, "web-1", &TPM).await;
    let recorded = world.record(host, Says::Passed).await;
    world.clock.advance(60);
    let answer = evidence::repeat(host, world.now(), CLOCK + 1);
    let repeated = answer.resting_on(&world, &recorded).await;
    let done = command::record_repeated(&world.ctx, &[repeated]).await.unwrap();
    assert!(done.interval_of(host, repeated.cluster).is_some());
    world.clock.advance(60);
    let known = known(&world, host).await;
    let recording = evidence::recording_after_boot(host, world.now(), 1, FIRST);
    assert!(renewed(&world, recording, &known).await.is_some());
    let span = page(&world, host).await.spans.remove(0);
    assert_eq!((span.count, span.last_seen), (3, world.now()));
}

pub async fn it_counts_only_while_its_record_is_what_it_rests_on<D: Database>() {
    let world = World::<D>::new().await;
    let host = passed(&world, "web-1").await;
    let recording = |world: &World<D>| evidence::recording_after_boot(host, world.now(), 2, SECOND);
    let then = known(&world, host).await;

    // Another verification came first.
    world.record(host, Says::Passed).await;
    assert!(renewed(&world, recording(&world), &then).await.is_none());
    // Anything that happens to the host.
    let then = known(&world, host).await;
    command::set_presence(&world.ctx, host, Presence::Connected, None).await.unwrap();
    assert!(renewed(&world, recording(&world), &then).await.is_none());
    world.record(host, Says::Passed).await;
    // Other standards.
    let then = known(&world, host).await;
    let policy = Policy { interval_s: 77, ..Policy::linux_server() };
    let cluster = world.row(host).await.cluster.id;
    command::set_policy(&world.ctx, &console(), cluster, 1, policy).await.unwrap();
    assert!(renewed(&world, recording(&world), &then).await.is_none());
    assert_eq!(known(&world, host).await.known_log, Some(digest(FIRST)), "nothing was written");
}

pub async fn what_concludes_something_else_is_recorded_by_itself<D: Database>() {
    let world = World::<D>::new().await;
    let host = passed(&world, "web-1").await;
    let then = known(&world, host).await;
    let now = world.now();
    let passed = || evidence::recording_after_boot(host, now, 2, SECOND);
    let may = |recording: Recording| Renewal::of(recording, Known::of(&then)).is_ok();
    assert!(may(passed()));
    assert!(!may(evidence::recording(host, Says::OldAgent, now, Trigger::Scheduled)), "it failed");
    assert!(!may(evidence::recording(host, Says::Unreadable, now, Trigger::Scheduled)));
    let by_somebody = Trigger::Operator { name: "ada".to_owned(), key: None, then_reset: None };
    assert!(!may(Recording { trigger: by_somebody, ..passed() }), "somebody waits for it");
    assert!(!may(Recording { trigger: Trigger::Boot, ..passed() }), "it has a job");

    // A host that failed is never among them; nor is it before it passed under its alarm.
    world.record(host, Says::OldAgent).await;
    world.clock.advance(60);
    let red = known(&world, host).await;
    assert!(Renewal::of(passed(), Known::of(&red)).is_err());
    world.record(host, Says::Passed).await;
    let waits = known(&world, host).await;
    assert!(Renewal::of(passed(), Known::of(&waits)).is_ok(), "passing leaves its alarm");
}

pub async fn others_are_not_kept_from_theirs<D: Database>() {
    let world = World::<D>::new().await;
    let one = passed(&world, "web-1").await;
    // One whose evidence is another TPM's: it is never steady.
    let other = enrolled(&world, "web-20", &SoftTpm::new()).await;
    world.record(other, Says::Passed).await;
    world.clock.advance(60);
    let of = async |host| {
        let recording = evidence::recording_after_boot(host, world.now(), 2, SECOND);
        Renewal::of(recording, Known::of(&known(&world, host).await)).unwrap()
    };
    let (mine, theirs) = (of(one).await, of(other).await);
    let recorded = command::record_renewed(&world.ctx, &[&theirs, &mine]).await.unwrap();
    assert!(recorded[0].is_none() && recorded[1].is_some());
    assert_eq!(known(&world, one).await.known_log, Some(digest(SECOND)));
}
