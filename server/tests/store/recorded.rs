//! Many appraisals in one go: the same comes of them as of one after the other.

use trustboard_model::event::EventSeq;
use trustboard_model::host::Attestation;
use trustboard_model::id::HostId;
use trustboard_model::job::Trigger;
use trustboard_model::rights::Sees;
use trustboard_model::view::AlarmView;
use trustboard_server::command::{self, Basis, Ready, Recorded, Recording};
use trustboard_server::job;
use trustboard_server::job::judge_again::judge_all;
use trustboard_server::query;

use super::evidence::{self, Says};
use super::standards::server;
use super::{Database, World, console};

/// Hosts of which each has another past.
async fn fleet<D: Database>(world: &World<D>) -> Vec<HostId> {
    let (berlin, web) = world.berlin().await;
    let mut hosts = Vec::new();
    for number in 0..9 {
        hosts.push(world.host(web, &format!("web-{number}")).await);
    }
    // The first one was never verified, the third one is red.
    for host in &hosts[1..] {
        world.record(*host, Says::Passed).await;
    }
    world.record(hosts[2], Says::OldAgent).await;
    let problem = "the TPM is busy";
    let ctx = &world.ctx;
    command::record_verification_failure(ctx, hosts[3], None, Vec::new(), problem).await.unwrap();
    world.clock.advance(60);
    world.record(hosts[5], Says::Passed).await;
    let gone = &[hosts[6]];
    command::remove_hosts(ctx, &console(), gone, berlin, "scrapped", "web-6").await.unwrap();
    world.clock.advance(60);
    hosts
}

/// What there is to record of them, of the first two hosts twice.
fn recordings<D: Database>(world: &World<D>, hosts: &[HostId]) -> Vec<Recording> {
    let now = world.now();
    let says =
        |number: usize, says| evidence::recording(hosts[number], says, now, Trigger::Scheduled);
    let reset = Some("checked".to_owned());
    let by_ada = Trigger::Operator { name: "ada".to_owned(), key: None, then_reset: reset };
    let stored = |received_at| Basis::Stored { received_at, wish: 1 };
    vec![
        says(0, Says::Passed),
        says(1, Says::OldAgent),
        Recording { trigger: by_ada, ..says(2, Says::Passed) },
        says(3, Says::Passed),
        says(4, Says::Passed),
        // Newer evidence has come meanwhile.
        Recording { basis: stored(super::START), ..says(5, Says::OldAgent) },
        // Removed meanwhile.
        says(6, Says::Passed),
        Recording { basis: stored(super::START), ..says(7, Says::OldAgent) },
        // Judged by what does not hold any more.
        Recording { judged: evidence::judged(0, Says::Warned), ..says(8, Says::Warned) },
        says(1, Says::BothOld),
        says(0, Says::Passed),
    ]
}

/// All that is on record, and what browsers were told.
async fn told<D: Database>(
    world: &World<D>,
    hosts: &[HostId],
    mut live: tokio::sync::broadcast::Receiver<trustboard_server::live::LiveMessage>,
) -> String {
    // With that, what is counted is there.
    world.seq().await;
    let mut told = vec![format!("{:?}", query::verify_chain(&world.ctx).await.unwrap())];
    for host in hosts {
        let page = query::host(&world.ctx, &Sees::Everything, *host).await;
        let known = query::verification(&world.ctx, *host).await.unwrap();
        told.push(format!("{page:#?}\n{known:#?}"));
    }
    let hints: Vec<_> = std::iter::from_fn(|| live.try_recv().ok()).collect();
    told.push(format!("{hints:#?}"));
    told.push(format!("{} wait", judge_all(&server(world)).await.unwrap()));
    told.join("\n")
}

pub async fn many_are_recorded_as_one_after_the_other<D: Database>() {
    let (one, other) = (World::<D>::new().await, World::<D>::new().await);
    let (hosts, same) = (fleet(&one).await, fleet(&other).await);
    assert_eq!(hosts, same);
    let (live, live_of_other) = (one.ctx.live.subscribe(), other.ctx.live.subscribe());
    let mut alone: Vec<Option<Recorded>> = Vec::new();
    for recording in recordings(&one, &hosts) {
        alone.push(command::record_appraisal(&one.ctx, recording).await.unwrap());
    }
    let ready: Vec<Ready> = recordings(&other, &hosts).into_iter().map(Ready::of).collect();
    let ready: Vec<&Ready> = ready.iter().collect();
    let together = command::record_appraisals(&other.ctx, &ready).await.unwrap();
    assert_eq!(alone, together);
    let there: Vec<_> = together.iter().map(Option::is_some).collect();
    assert!(!there[5] && !there[6], "they came too late: {there:?}");
    assert_eq!(there.iter().filter(|there| **there).count(), 9);

    // Each as it should be.
    let row = async |number: usize| other.row(hosts[number]).await;
    let occurrence = async |number: usize| match row(number).await.alarm {
        AlarmView::Red { occurrence, .. } => occurrence,
        AlarmView::Green => 0,
    };
    assert_eq!(row(0).await.attestation, Attestation::Passed);
    assert_eq!((row(1).await.attestation, occurrence(1).await), (Attestation::Failed, 2));
    assert_eq!((row(2).await.attestation, occurrence(2).await), (Attestation::Passed, 0));
    assert_eq!((row(7).await.attestation, occurrence(7).await), (Attestation::Failed, 1));
    let page = query::host(&other.ctx, &Sees::Everything, hosts[0]).await.unwrap();
    assert_eq!((page.spans.len(), page.spans[0].count), (1, 2), "the second saw the first");
    assert_eq!(told(&one, &hosts, live).await, told(&other, &hosts, live_of_other).await);
}

/// Three hosts, of which the second has a row that nobody could have written.
async fn with_one_spoilt<D: Database>(world: &World<D>) -> [HostId; 3] {
    let (_, web) = world.berlin().await;
    let mut hosts = Vec::new();
    for name in ["one", "two", "three"] {
        let host = world.host(web, name).await;
        world.record(host, Says::NoTpm).await;
        hosts.push(host);
    }
    let spoil = format!("UPDATE hosts SET verdict = 'nonsense' WHERE id = '{}'", hosts[1]);
    world.db.tamper(spoil).await;
    hosts.try_into().unwrap()
}

pub async fn what_is_wrong_with_one_is_no_other_ones_fault<D: Database>() {
    let world = World::<D>::new().await;
    let hosts = with_one_spoilt(&world).await;
    let ready = || -> Vec<Box<Ready>> {
        let failed =
            |host| evidence::recording(host, Says::OldAgent, world.now(), Trigger::Scheduled);
        hosts.iter().map(|host| Box::new(Ready::of(failed(*host)))).collect()
    };
    let end = async || match query::verify_chain(&world.ctx).await.unwrap() {
        query::ChainState::Whole { events, .. } => EventSeq(events),
        broken @ query::ChainState::Broken { .. } => panic!("{broken:?}"),
    };
    let before = end().await;
    let all = ready();
    let all: Vec<&Ready> = all.iter().map(|ready| &**ready).collect();
    command::record_appraisals(&world.ctx, &all).await.unwrap_err();
    assert_eq!(end().await, before, "nothing of any");
    let recorded = job::record::record_all(world.ctx.clone(), ready()).await;
    let changed = |one: &Result<Option<Recorded>, _>| one.as_ref().ok()?.map(|one| one.changed);
    let changed: Vec<_> = recorded.iter().map(changed).collect();
    assert_eq!(changed, [Some(true), None, Some(true)]);
    assert_eq!(end().await.0, before.0 + 4, "an appraisal and an alarm of either");
    for host in [hosts[0], hosts[2]] {
        assert_eq!(world.row(host).await.attestation, Attestation::Failed);
    }
}

pub async fn what_cannot_be_judged_again_keeps_no_other_waiting<D: Database>() {
    let world = World::<D>::new().await;
    let hosts = with_one_spoilt(&world).await;
    let cluster = world.row(hosts[0]).await.cluster.id;
    let policy = trustboard_model::policy::Policy {
        require_tpm: true,
        ..trustboard_model::policy::Policy::linux_server()
    };
    command::set_policy(&world.ctx, &console(), cluster, 1, policy).await.unwrap();
    assert!(judge_all(&server(&world)).await.is_err(), "it is told, and tried again");
    for host in [hosts[0], hosts[2]] {
        assert_eq!(world.row(host).await.attestation, Attestation::Failed);
    }
}
