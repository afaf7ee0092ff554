//! Actions on many hosts: each as the single command would, in a job that a restart does not lose.

use trustboard_model::event::{EventKind, EventSeq};
use trustboard_model::host::Presence;
use trustboard_model::id::{BulkId, ClusterId, HostId};
use trustboard_model::job::{JobState, Trigger};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::{Rights, Sees};
use trustboard_model::role::Role;
use trustboard_model::view::{
    AlarmFilter, AlarmView, BulkJob, BulkRequest, BulkState, HostAction, LiveHint, Scope, Seen,
    Selection, Settings, Viewer,
};
use trustboard_server::command::{self, Recording};
use trustboard_server::query;

use super::evidence::{Says, recording};
use super::{Database, World, conflicts, console, invalid_field, missing, viewer};

/// More than one transaction's worth.
const MANY: usize = 450;

/// Somebody who is on record with these rights.
pub(super) async fn operator<D: Database>(world: &World<D>, name: &str, rights: Rights) -> Viewer {
    let (ctx, console) = (&world.ctx, console());
    let id = command::create_operator(ctx, &console, name, rights.clone(), None).await.unwrap();
    Viewer { id, name: name.to_owned(), key: None, session: None, language: None, rights }
}

pub(super) async fn ada<D: Database>(world: &World<D>) -> Viewer {
    operator(world, "ada", Rights::everywhere(Role::Operator)).await
}

pub(super) fn acknowledge() -> HostAction {
    HostAction::Acknowledge { comment: "the same update".to_owned(), minutes: None, until: None }
}

fn reset() -> HostAction {
    HostAction::Reset { reason: "the update was approved".to_owned() }
}

fn careful() -> HostAction {
    HostAction::VerifyThenReset { reason: "the update was approved".to_owned() }
}

fn matching(query: &str, seen: EventSeq) -> Selection {
    let query = query.parse().unwrap();
    Selection::Matching { scope: Scope::Everything, query, seen }
}

async fn start<D: Database>(
    world: &World<D>,
    viewer: &Viewer,
    selection: Selection,
    action: HostAction,
) -> Result<BulkId, Refusal> {
    command::start_bulk(&world.ctx, viewer, &BulkRequest { selection, action }).await
}

/// Goes on with a job as long as there is something to do at once.
async fn work<D: Database>(world: &World<D>, id: BulkId) -> u32 {
    loop {
        let advanced = command::advance_bulk(&world.ctx, id).await.unwrap();
        if !advanced.more {
            return advanced.verifying;
        }
    }
}

async fn job<D: Database>(world: &World<D>, viewer: &Viewer, id: BulkId) -> BulkJob {
    query::bulk_job(&world.ctx, viewer, id, 0).await.unwrap()
}

async fn is_red<D: Database>(world: &World<D>, host: HostId) -> bool {
    matches!(world.row(host).await.alarm, AlarmView::Red { .. })
}

/// Red hosts `web-1` and on, of which every event so far is known.
pub(super) async fn red_hosts<D: Database>(
    world: &World<D>,
    cluster: ClusterId,
    count: u32,
) -> Vec<HostId> {
    let mut hosts = Vec::new();
    for number in 1..=count {
        let host = world.host(cluster, &format!("web-{number}")).await;
        world.record(host, Says::OldAgent).await;
        hosts.push(host);
    }
    hosts
}

/// Many red hosts, put there past the server: enrolling each would take the test's time.
async fn crowd<D: Database>(world: &World<D>) -> HostId {
    let (_, cluster) = world.berlin().await;
    let first = red_hosts(world, cluster, 1).await[0];
    world
        .db
        .tamper(format!(
            "WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {MANY})
             INSERT INTO hosts (id, cluster_id, datacenter_id, name, created_at, credential_hash,
                                presence, presence_since, identity_state, alarm, alarm_red)
             SELECT '00000000-0000-4000-8000-' || substr('' || (1000000000000 + n), 2), cluster_id,
                    datacenter_id, 'web-' || n, created_at, randomblob(16), presence,
                    presence_since, identity_state, alarm, alarm_red FROM hosts, n WHERE id = '{first}';
             INSERT INTO verified (host_id, cluster_id, datacenter_id, name)
             SELECT id, cluster_id, datacenter_id, name FROM hosts WHERE id <> '{first}'"
        ))
        .await;
    assert_eq!(command::recount(&world.ctx).await.unwrap(), 1, "counted anew");
    first
}

pub async fn every_host_gets_exactly_its_own_event<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (_, cluster) = world.berlin().await;
    let hosts = red_hosts(&world, cluster, 3).await;
    let other = world.host(cluster, "db-1").await;
    world.record(other, Says::OldAgent).await;
    let before = world.seq().await;
    let mut hints = world.ctx.live.subscribe();
    let id = start(&world, &ada, matching("name:web*", before), acknowledge()).await.unwrap();
    work(&world, id).await;
    let done = job(&world, &ada, id).await;
    assert_eq!((done.total, done.changed, done.failed), (3, 3, 0));
    assert_eq!((done.state, done.ended_at), (BulkState::Done, Some(world.now())));
    let acknowledged = "alarm-acknowledged";
    let story = ["bulk-started", acknowledged, acknowledged, acknowledged, "bulk-ended"];
    assert_eq!(world.codes_after(before).await, story);
    for host in hosts {
        let AlarmView::Red { acknowledged: Some(by), .. } = world.row(host).await.alarm else {
            panic!("nobody is on it")
        };
        assert_eq!((by.by.as_str(), by.comment.as_str()), ("ada", "the same update"));
    }
    let AlarmView::Red { acknowledged: None, .. } = world.row(other).await.alarm else {
        panic!("another host was touched")
    };
    // Not a hint for each host: one for each transaction, which says from where to read again.
    let heard: Vec<_> = std::iter::from_fn(|| hints.try_recv().ok()).collect();
    assert!(heard.iter().all(|message| matches!(message.hint, LiveHint::Bulk { .. })), "{heard:?}");
    let last = heard.last().unwrap();
    assert_eq!(last.seq, Some(EventSeq(before.0 + 4)));
    let LiveHint::Bulk { since, ref datacenters, .. } = last.hint else { unreachable!() };
    assert_eq!((since, datacenters.len()), (Some(EventSeq(before.0 + 2)), 1));
    // Repeating it changes nothing and makes no event of a host.
    let seen = world.seq().await;
    let again = start(&world, &ada, matching("name:web*", seen), acknowledge()).await.unwrap();
    work(&world, again).await;
    let done = job(&world, &ada, again).await;
    assert_eq!((done.changed, done.unchanged), (0, 3));
    assert_eq!(world.codes_after(seen).await, ["bulk-started", "bulk-ended"]);
}

pub async fn a_restart_goes_on_where_it_stopped<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    crowd(&world).await;
    let before = world.seq().await;
    let id = start(&world, &ada, matching("alarm:red", before), acknowledge()).await.unwrap();
    let advanced = command::advance_bulk(&world.ctx, id).await.unwrap();
    assert!(advanced.more);
    let half = job(&world, &ada, id).await;
    assert!(half.changed > 0 && half.waiting() > 0, "{half:?}");
    let world = world.restarted().await;
    assert_eq!(query::open_bulk_jobs(&world.ctx).await.unwrap(), [id]);
    work(&world, id).await;
    let done = job(&world, &ada, id).await;
    assert_eq!((done.changed as usize, done.failed, done.state), (MANY, 0, BulkState::Done));
    let codes = world.codes_after(before).await;
    let count = |wanted| codes.iter().filter(|code| **code == wanted).count();
    assert_eq!((count("alarm-acknowledged"), codes.len()), (MANY, MANY + 2));
    assert!(query::open_bulk_jobs(&world.ctx).await.unwrap().is_empty());
    let whole = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(whole, query::ChainState::Whole { .. }), "{whole:?}");
}

pub async fn what_changed_since_it_was_seen_is_left_alone_and_named<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (_, cluster) = world.berlin().await;
    let hosts = red_hosts(&world, cluster, 3).await;
    let page = world.seq().await;
    let seen: Vec<_> = {
        let mut seen = Vec::new();
        for host in &hosts {
            seen.push(Seen { host: *host, revision: world.row(*host).await.revision });
        }
        seen
    };
    // A second reason: a new occurrence that ada's page does not show.
    world.record(hosts[1], Says::BothOld).await;
    for selection in [matching("alarm:red", page), Selection::Hosts { hosts: seen }] {
        let request = BulkRequest { selection: selection.clone(), action: reset() };
        let preview = query::bulk_preview(&world.ctx, &ada, &request).await.unwrap();
        assert_eq!((preview.hosts, preview.changing, preview.stale), (3, 2, 1), "{preview:?}");
        assert_eq!(preview.condition_holds, 2);
    }
    let id = start(&world, &ada, matching("alarm:red", page), reset()).await.unwrap();
    work(&world, id).await;
    let done = job(&world, &ada, id).await;
    assert_eq!((done.changed, done.failed), (2, 1));
    let [failure] = &done.failures[..] else { panic!("{:?}", done.failures) };
    assert_eq!((failure.host.id, failure.host.name.as_str()), (hosts[1], "web-2"));
    assert!(matches!(failure.refusal, Refusal::Stale { .. }), "{:?}", failure.refusal);
    assert!(is_red(&world, hosts[1]).await && !is_red(&world, hosts[0]).await);
    // Once it was seen, just those can be tried again.
    let retry = Selection::FailedOf { job: id, seen: world.seq().await };
    let again = start(&world, &ada, retry, reset()).await.unwrap();
    work(&world, again).await;
    let done = job(&world, &ada, again).await;
    assert_eq!((done.total, done.changed), (1, 1));
    assert!(!is_red(&world, hosts[1]).await);
}

pub async fn rights_count_host_by_host_and_as_they_are_now<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let paris = world.datacenter("Paris").await;
    let rome = world.datacenter("Rome").await;
    let mut hosts = red_hosts(&world, web, 1).await;
    for (datacenter, name) in [(paris, "paris-1"), (rome, "rome-1")] {
        let cluster = world.cluster(datacenter, "web").await;
        hosts.push(world.host(cluster, name).await);
        world.record(hosts[hosts.len() - 1], Says::OldAgent).await;
    }
    let rights = Rights {
        everywhere: None,
        datacenters: [(berlin, Role::Operator), (paris, Role::Viewer)].into(),
    };
    let eve = operator(&world, "eve", rights).await;
    let seen = world.seq().await;
    let selection = matching("alarm:red", seen);
    let request = BulkRequest { selection: selection.clone(), action: acknowledge() };
    let preview = query::bulk_preview(&world.ctx, &eve, &request).await.unwrap();
    // Rome is not there for her.
    assert_eq!((preview.hosts, preview.changing, preview.forbidden), (2, 1, 1));
    assert_eq!(preview.examples.len(), 1);
    let id = start(&world, &eve, selection, acknowledge()).await.unwrap();
    work(&world, id).await;
    let done = job(&world, &eve, id).await;
    assert_eq!((done.total, done.changed, done.failed), (2, 1, 1));
    assert_eq!(done.failures[0].refusal, Refusal::Forbidden { needs: Role::Operator });
    let named = Selection::Hosts { hosts: vec![Seen { host: hosts[2], revision: 2 }] };
    let id = start(&world, &eve, named, acknowledge()).await.unwrap();
    work(&world, id).await;
    let hidden = job(&world, &eve, id).await;
    assert_eq!(hidden.failures[0].refusal, Refusal::not_found("host"));
    // What she started is hers and of those who see all of it.
    let other = operator(&world, "otto", Rights::only_in(rome, Role::Operator)).await;
    assert_eq!(missing(query::bulk_job(&world.ctx, &other, done.id, 0).await), "job");
    assert_eq!(missing(command::cancel_bulk(&world.ctx, &other, done.id).await), "job");
    // A right that was taken away meanwhile no longer counts.
    let page = world.seq().await;
    let id = start(&world, &eve, matching("alarm:red", page), reset()).await.unwrap();
    world
        .db
        .tamper("UPDATE operator_roles SET role = 'viewer'; DELETE FROM sessions".to_owned())
        .await;
    work(&world, id).await;
    let done = job(&world, &eve, id).await;
    assert_eq!((done.changed, done.failed), (0, 2));
    assert!(is_red(&world, hosts[0]).await);
    let viewer = operator(&world, "vera", Rights::everywhere(Role::Viewer)).await;
    let refused = start(&world, &viewer, matching("alarm:red", page), reset()).await;
    assert_eq!(refused.unwrap_err(), Refusal::Forbidden { needs: Role::Operator });
}

pub async fn cancelling_leaves_the_rest_alone<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    crowd(&world).await;
    let before = world.seq().await;
    let id = start(&world, &ada, matching("alarm:red", before), reset()).await.unwrap();
    command::advance_bulk(&world.ctx, id).await.unwrap();
    command::cancel_bulk(&world.ctx, &ada, id).await.unwrap();
    let stopped = job(&world, &ada, id).await;
    assert_eq!(stopped.state, BulkState::Cancelled);
    assert!(stopped.changed > 0 && stopped.waiting() > 0);
    let end = world.seq().await;
    assert_eq!(work(&world, id).await, 0);
    command::cancel_bulk(&world.ctx, &ada, id).await.unwrap();
    assert_eq!(world.seq().await, end, "it has ended");
    let left = query::alarms(&world.ctx, &ada, Scope::Everything, AlarmFilter::default(), 50);
    assert_eq!(left.await.unwrap().counts.red, stopped.waiting());
    let last =
        query::audit(&world.ctx, &viewer("root", Role::Administrator), end, 1).await.unwrap();
    let EventKind::BulkEnded { cancelled: true, changed, .. } = last[0].kind else {
        panic!("{last:?}")
    };
    assert_eq!(changed, stopped.changed);
}

pub async fn verifying_tells_passed_failed_and_silent_apart<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (_, cluster) = world.berlin().await;
    let hosts = red_hosts(&world, cluster, 4).await;
    for host in &hosts {
        command::set_presence(&world.ctx, *host, Presence::Connected, None).await.unwrap();
    }
    let gone = HostAction::Disconnect { reason: "moved".to_owned() };
    world.act(hosts[3], gone).await.unwrap();
    // The jobs of earlier appraisals are older.
    world.clock.advance(1);
    let seen = world.seq().await;
    let request = BulkRequest { selection: matching("alarm:red", seen), action: careful() };
    let preview = query::bulk_preview(&world.ctx, &ada, &request).await.unwrap();
    assert_eq!((preview.changing, preview.impossible), (3, 1));
    let id = start(&world, &ada, request.selection, careful()).await.unwrap();
    assert_eq!(work(&world, id).await, 3, "three are being verified");
    let going = job(&world, &ada, id).await;
    assert_eq!((going.changed, going.failed, going.waiting()), (0, 1, 3));
    let reason = Some("the update was approved".to_owned());
    let trigger =
        || Trigger::Operator { name: "ada".to_owned(), key: None, then_reset: reason.clone() };
    for (host, says) in [(hosts[0], Says::Passed), (hosts[1], Says::OldAgent)] {
        let started = query::host(&world.ctx, &Sees::Everything, host).await.unwrap().jobs[0].id;
        let recording = recording(host, says, world.now(), trigger());
        let recording = Recording { job: Some(started), ..recording };
        command::record_appraisal(&world.ctx, recording).await.unwrap();
    }
    let silent = query::host(&world.ctx, &Sees::Everything, hosts[2]).await.unwrap().jobs[0].id;
    let problem = "there is no session".to_owned();
    command::finish_job(&world.ctx, silent, JobState::Failed { problem }).await.unwrap();
    assert_eq!(work(&world, id).await, 0);
    let done = job(&world, &ada, id).await;
    assert_eq!((done.state, done.changed, done.failed), (BulkState::Done, 1, 3));
    assert!(!is_red(&world, hosts[0]).await && is_red(&world, hosts[1]).await);
    let said: Vec<_> = done.failures.iter().map(|failure| failure.refusal.to_string()).collect();
    assert!(said[0].contains("did not pass"), "{said:?}");
    assert!(said[1].contains("could not be verified: there is no session"), "{said:?}");
    assert!(said[2].contains("disconnected"), "{said:?}");
}

pub async fn where_a_reset_takes_two_the_second_confirms_in_bulk<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let bob = operator(&world, "bob", Rights::everywhere(Role::Operator)).await;
    let root = operator(&world, "root", Rights::everywhere(Role::Administrator)).await;
    let (_, cluster) = world.berlin().await;
    let hosts = red_hosts(&world, cluster, 2).await;
    let two = Settings { two_person_resets: true, ..Settings::default() };
    assert!(command::set_settings(&world.ctx, &root, two).await.unwrap());
    let asked = matching("alarm:red", world.seq().await);
    let id = start(&world, &ada, asked, reset()).await.unwrap();
    work(&world, id).await;
    let done = job(&world, &ada, id).await;
    assert_eq!((done.changed, done.failed), (0, 2), "asked for is not reset");
    assert!(done.failures[0].refusal.to_string().contains("another operator must confirm"));
    assert!(is_red(&world, hosts[0]).await);
    let confirmed = matching("alarm:red", world.seq().await);
    let id = start(&world, &bob, confirmed, HostAction::ConfirmReset).await.unwrap();
    work(&world, id).await;
    assert_eq!(job(&world, &bob, id).await.changed, 2);
    assert!(!is_red(&world, hosts[0]).await && !is_red(&world, hosts[1]).await);
}

pub async fn what_makes_no_sense_is_refused<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (_, cluster) = world.berlin().await;
    let host = red_hosts(&world, cluster, 1).await[0];
    let seen = world.seq().await;
    let all = || matching("", seen);
    let blank = HostAction::Reset { reason: " ".to_owned() };
    assert_eq!(invalid_field(start(&world, &ada, all(), blank).await), "reason");
    let (comment, minutes, until) = ("x".to_owned(), Some(u32::MAX), None);
    let endless = HostAction::Acknowledge { comment, minutes, until };
    assert_eq!(invalid_field(start(&world, &ada, all(), endless).await), "minutes");
    let accept = HostAction::AcceptIdentity { reason: "x".to_owned() };
    assert_eq!(invalid_field(start(&world, &ada, all(), accept).await), "action");
    let future = matching("", EventSeq(seen.0 + 1));
    assert_eq!(invalid_field(start(&world, &ada, future, reset()).await), "seen");
    for hosts in [vec![], vec![Seen { host, revision: 1 }; Selection::MAX_HOSTS + 1]] {
        let selection = Selection::Hosts { hosts };
        assert_eq!(invalid_field(start(&world, &ada, selection, reset()).await), "hosts");
    }
    assert!(conflicts(start(&world, &ada, matching("name:nobody", seen), reset()).await));
    let unknown = Selection::FailedOf { job: BulkId::from_random([7; 16]), seen };
    assert_eq!(missing(start(&world, &ada, unknown, reset()).await), "job");
    assert_eq!(world.seq().await, seen, "nothing was written");
    // One host twice is one host.
    let revision = world.row(host).await.revision;
    let twice = Selection::Hosts { hosts: vec![Seen { host, revision }; 2] };
    let id = start(&world, &ada, twice, acknowledge()).await.unwrap();
    assert_eq!(job(&world, &ada, id).await.total, 1);
    for _ in 1..8 {
        start(&world, &ada, matching("", seen), acknowledge()).await.unwrap();
    }
    assert!(conflicts(start(&world, &ada, matching("", seen), acknowledge()).await));
    let own = query::own_bulk_jobs(&world.ctx, &ada).await.unwrap();
    assert_eq!(own.len(), 8);
}

pub async fn red_alarms_stand_in_the_order_of_the_work<D: Database>() {
    let world = World::<D>::new().await;
    let ada = ada(&world).await;
    let (berlin, cluster) = world.berlin().await;
    let page = |query: &'static str| {
        let filter = AlarmFilter { query: query.parse().unwrap(), page: 1 };
        query::alarms(&world.ctx, &ada, Scope::Datacenter(berlin), filter, 50)
    };
    let nothing = page("").await.unwrap();
    assert_eq!((nothing.counts.red, nothing.hosts, nothing.last_reset), (0, 0, None));
    let mut hosts = Vec::new();
    for name in ["a", "b", "c"] {
        hosts.push(world.host(cluster, name).await);
        world.record(hosts[hosts.len() - 1], Says::OldAgent).await;
        world.clock.advance(60);
    }
    let (comment, minutes) = ("on it".to_owned(), Some(10));
    world.act(hosts[0], HostAction::Acknowledge { comment, minutes, until: None }).await.unwrap();
    world.record(hosts[1], Says::Passed).await;
    let names = |page: &trustboard_model::view::AlarmsPage| -> Vec<String> {
        page.rows.iter().map(|row| row.host.name.clone()).collect()
    };
    let now = page("").await.unwrap();
    assert_eq!(names(&now), ["b", "c", "a"], "those that nobody is on first, the oldest first");
    assert_eq!((now.counts.red, now.counts.acknowledged, now.counts.cleared), (3, 1, 1));
    assert_eq!(now.counts.unacknowledged(), 2);
    let [cause] = &now.causes[..] else { panic!("{:?}", now.causes) };
    assert_eq!((cause.counts, cause.since), (now.counts, super::START));
    assert_eq!(
        now.rows[0].reasons,
        [cause.reason],
        "what it was raised for, though it has cleared"
    );
    assert_eq!(names(&page("alarm:unacknowledged name:c").await.unwrap()), ["c"]);
    // A lapsed acknowledgement counts as none, in the order and in the numbers.
    world.clock.advance(600);
    let later = page("").await.unwrap();
    assert_eq!(
        (names(&later), later.counts.acknowledged),
        (vec!["a".into(), "b".into(), "c".into()], 0)
    );
    for host in &hosts {
        world.act(*host, reset()).await.unwrap();
    }
    let quiet = page("").await.unwrap();
    let last = quiet.last_reset.unwrap();
    assert_eq!((quiet.counts.red, last.host.id, last.at), (0, hosts[2], world.now()));
    let eve = operator(&world, "eve", Rights::default()).await;
    let hidden =
        query::alarms(&world.ctx, &eve, Scope::Datacenter(berlin), AlarmFilter::default(), 9);
    assert_eq!(missing(hidden.await), "datacenter");
}

pub async fn a_datacenter_may_reset_by_itself<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, cluster) = world.berlin().await;
    let host = red_hosts(&world, cluster, 1).await[0];
    let boss = operator(&world, "boss", Rights::everywhere(Role::Administrator)).await;
    let ada = ada(&world).await;
    let refused = command::set_automatic_reset(&world.ctx, &ada, berlin, true).await;
    assert_eq!(refused, Err(Refusal::Forbidden { needs: Role::Administrator }));
    assert_eq!(query::automatic_reset(&world.ctx, &ada, berlin).await, Ok(false));
    let before = world.seq().await;
    assert_eq!(command::set_automatic_reset(&world.ctx, &boss, berlin, true).await, Ok(true));
    assert_eq!(command::set_automatic_reset(&world.ctx, &boss, berlin, true).await, Ok(false));
    assert!(is_red(&world, host).await, "nothing is reset at once");
    world.record(host, Says::OldAgent).await;
    assert!(is_red(&world, host).await);
    world.record(host, Says::Passed).await;
    assert!(!is_red(&world, host).await);
    let codes = world.codes_after(before).await;
    let story = ["automatic-reset-changed", "appraised", "alarm-condition-cleared", "alarm-reset"];
    assert_eq!(codes, story);
    let page = query::host(&world.ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.events[0].actor, trustboard_model::event::Actor::Server);
}
