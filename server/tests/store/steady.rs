//! Answers of steady hosts: many in one transaction, on condition that nothing has changed.

use trustboard_model::host::{Attestation, Presence};
use trustboard_model::id::HostId;
use trustboard_model::policy::Policy;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, HostPage, Retention, Stretch};
use trustboard_server::command::{self, Recorded, Repeated};
use trustboard_server::query;

use super::evidence::{self, CLOCK, Says, SoftTpm, TPM};
use super::identity::enrolled;
use super::{Database, World, console, viewer};

/// A host that was found steady.
struct Steady<D> {
    world: World<D>,
    host: HostId,
    recorded: Recorded,
}

impl<D: Database> Steady<D> {
    async fn new() -> Self {
        let world = World::<D>::new().await;
        let host = enrolled(&world, "web-1", &TPM).await;
        let recorded = world.record(host, Says::Passed).await;
        assert!(recorded.is_steady);
        Self { world, host, recorded }
    }

    async fn page(&self) -> HostPage {
        query::host(&self.world.ctx, &Sees::Everything, self.host).await.unwrap()
    }

    /// The same again after a minute, when the TPM's clock reads `clock`. Gives whether it was
    /// put on record.
    async fn again(&self, clock: u64) -> bool {
        self.again_if(clock, |_| {}).await
    }

    async fn again_if(&self, clock: u64, change: impl FnOnce(&mut Repeated<'_>)) -> bool {
        self.world.clock.advance(60);
        let answer = evidence::repeat(self.host, self.world.now(), clock);
        let mut repeated = answer.resting_on(&self.world, &self.recorded).await;
        change(&mut repeated);
        let recorded = command::record_repeated(&self.world.ctx, &[repeated]).await.unwrap();
        recorded.interval_of(self.host, repeated.cluster).is_some()
    }
}

pub async fn answers_that_say_the_same_move_only_the_time<D: Database>() {
    let steady = Steady::<D>::new().await;
    let (seq, before) = (steady.world.seq().await, steady.page().await);
    for minute in 1..=3 {
        assert!(steady.again(CLOCK + minute).await);
    }
    assert_eq!(steady.world.seq().await, seq, "no event");
    let (now, after) = (steady.world.now(), steady.page().await);
    assert_eq!((after.row.last_verified, after.row.last_passed), (Some(now), Some(now)));
    assert_eq!(after.row.revision, before.row.revision);
    let (span, first) = (&after.spans[0], &before.spans[0]);
    assert_eq!((span.id, span.first_seen, span.count), (first.id, first.first_seen, 4));
    assert_eq!((span.last_seen, after.spans.len()), (now, 1));
    assert_eq!(after.report.unwrap().clock.unwrap().clock, CLOCK + 3, "what is its own is shown");
    let known = query::verification(&steady.world.ctx, steady.host).await.unwrap().unwrap();
    assert_eq!(known.history.clock.unwrap().clock, CLOCK + 3, "and is what the next must follow");
    assert_eq!((known.history.passed_at, known.last_verified), (Some(now), Some(now)));
    // It is all there after a restart.
    let world = steady.world.restarted().await;
    assert_eq!(world.row(steady.host).await.last_verified, Some(now));
}

pub async fn what_changes_next_finds_the_newest_answer_on_record<D: Database>() {
    let steady = Steady::<D>::new().await;
    assert!(steady.again(CLOCK + 1).await && steady.again(CLOCK + 2).await);
    let last = steady.world.now();
    let kept_at = async || {
        let (ctx, ada) = (&steady.world.ctx, viewer("ada", Role::Viewer));
        let page = query::moment(ctx, &ada, steady.host, last, Retention::DEFAULT).await.unwrap();
        page.before.map(|kept| kept.received_at)
    };
    assert_eq!(kept_at().await, Some(last), "the newest answer is the newest evidence");
    steady.world.clock.advance(60);
    steady.world.record(steady.host, Says::OldAgent).await;
    let page = steady.page().await;
    assert_eq!(page.row.attestation, Attestation::Failed);
    let spans: Vec<_> = page.spans.iter().map(|span| (span.count, span.last_seen)).collect();
    assert_eq!(spans, [(1, steady.world.now()), (3, last)]);
    assert_eq!(kept_at().await, Some(last), "the last of the run is kept");
    // The way back begins a run of its own, which may be repeated again.
    steady.world.clock.advance(60);
    assert!(!steady.again(CLOCK + 3).await, "it failed");
}

pub async fn an_answer_counts_only_while_its_record_is_what_it_rests_on<D: Database>() {
    let steady = Steady::<D>::new().await;
    let world = &steady.world;
    assert!(steady.again(CLOCK + 1).await);
    let verified = world.row(steady.host).await.last_verified;
    assert!(!steady.again_if(CLOCK + 2, |one| one.revision -= 1).await, "another revision");
    assert!(!steady.again_if(CLOCK + 2, |one| one.standards += 1).await, "other standards");
    let other = trustboard_model::id::AppraisalId::from_random([7; 16]);
    assert!(!steady.again_if(CLOCK + 2, |one| one.appraisal = other).await, "another run");
    assert_eq!(world.row(steady.host).await.last_verified, verified, "nothing was written");

    // Others in the same write are not kept from theirs.
    let second = enrolled(world, "web-20", &SoftTpm::new()).await;
    let (mine, theirs) = (
        evidence::repeat(steady.host, world.now(), CLOCK + 2),
        evidence::repeat(second, world.now(), CLOCK + 5),
    );
    let mine = mine.resting_on(world, &steady.recorded).await;
    let theirs = Repeated { recognised: &theirs.recognised, ..mine };
    let recorded = command::record_repeated(&world.ctx, &[theirs, mine]).await.unwrap();
    assert_eq!(recorded.interval_of(second, mine.cluster), None, "never verified");
    assert!(recorded.interval_of(steady.host, mine.cluster).is_some());

    // Whatever an operator or the server does to the host.
    command::set_presence(&world.ctx, steady.host, Presence::Connected, None).await.unwrap();
    assert!(!steady.again(CLOCK + 5).await, "the revision is another one");
    let recorded = world.record(steady.host, Says::Passed).await;
    assert!(recorded.is_steady);
    let policy = Policy { interval_s: 77, ..Policy::linux_server() };
    let cluster = world.row(steady.host).await.cluster.id;
    command::set_policy(&world.ctx, &console(), cluster, 1, policy).await.unwrap();
    let again = steady.again_if(CLOCK + 6, |one| one.revision = recorded.revision).await;
    assert!(!again, "the standards are others");
}

pub async fn a_late_answer_leaves_a_gap_and_counts<D: Database>() {
    let steady = Steady::<D>::new().await;
    let world = &steady.world;
    let gaps = async || {
        let (ada, all) = (viewer("ada", Role::Viewer), Stretch::default());
        let timeline = query::timeline(&world.ctx, &ada, steady.host, all).await.unwrap();
        (timeline.gaps, timeline.spans.len())
    };
    let first = world.now();
    world.clock.advance(7 * 24 * 3600);
    assert!(steady.again(CLOCK + 1).await);
    let again = world.now();
    assert_eq!(world.row(steady.host).await.last_verified, Some(again));
    let (found, spans) = gaps().await;
    assert_eq!((found.len(), spans), (1, 1));
    assert_eq!((found[0].from, found[0].until), (first, Some(again)));
    assert!(steady.again(CLOCK + 2).await, "in time again");
    assert_eq!(gaps().await.0.len(), 1);
    // What does not count ends none.
    world.clock.advance(7 * 24 * 3600);
    assert!(!steady.again_if(CLOCK + 3, |one| one.revision -= 1).await);
    let ended = gaps().await.0.iter().filter(|gap| gap.until.is_some()).count();
    assert_eq!(ended, 1);
}

pub async fn an_alarm_that_waits_for_a_person_stays_as_it_is<D: Database>() {
    let mut steady = Steady::<D>::new().await;
    steady.world.record(steady.host, Says::OldAgent).await;
    steady.recorded = steady.world.record(steady.host, Says::Passed).await;
    assert!(steady.recorded.is_steady, "passing once more changes nothing");
    let before = steady.page().await.row;
    assert!(matches!(before.alarm, AlarmView::Red { .. }));
    assert!(steady.again(CLOCK + 1).await);
    let after = steady.page().await.row;
    assert_eq!((after.alarm, after.revision), (before.alarm, before.revision));

    // Until its datacenter resets alarms by itself: that is for an appraisal in full.
    let (datacenter, boss) = (after.datacenter.id, viewer("boss", Role::Administrator));
    command::set_automatic_reset(&steady.world.ctx, &boss, datacenter, true).await.unwrap();
    assert!(!steady.again(CLOCK + 2).await);
    let recorded = steady.world.record(steady.host, Says::Passed).await;
    assert!(recorded.is_steady && matches!(steady.page().await.row.alarm, AlarmView::Green));
    steady.recorded = recorded;
    assert!(steady.again(CLOCK + 3).await);
}

pub async fn a_second_host_with_the_same_keys_ends_it<D: Database>() {
    let steady = Steady::<D>::new().await;
    assert!(steady.again(CLOCK + 1).await);
    let twin = enrolled(&steady.world, "web-22", &TPM).await;
    assert_ne!(twin, steady.host);
    assert!(!steady.again(CLOCK + 2).await);
    let recorded = steady.world.record(steady.host, Says::Passed).await;
    assert!(!recorded.is_steady, "it was appraised as if there were no other");
    assert!(!steady.again(CLOCK + 3).await);
}

pub async fn a_report_is_written_again_only_if_it_is_another<D: Database>() {
    let steady = Steady::<D>::new().await;
    let mark = r#"'"verifier":"', '"verifier":"mark '"#;
    let mark = format!("UPDATE reports SET report = replace(report, {mark})");
    steady.world.db.tamper(mark).await;
    let verifier = async || steady.page().await.report.unwrap().verifier;
    assert!(steady.again(CLOCK + 1).await);
    assert!(verifier().await.starts_with("mark"));
    assert!(steady.again(CLOCK + 2).await);
    assert!(verifier().await.starts_with("mark"));
    // What was appraised in full says until when its own challenge was good.
    steady.world.record(steady.host, Says::Passed).await;
    assert!(!verifier().await.starts_with("mark"));
}
