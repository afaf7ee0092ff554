//! Many hosts that come in at a time: the same comes of them as of one after the other.

use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::HostAction;
use trustboard_server::command::{self, Applicant, Begun, Finished, Unwrapped};
use trustboard_server::{job, query};

use super::evidence::{Says, SoftTpm};
use super::{Database, World, facts_with_tpm};

/// All that is on record.
async fn told<D: Database>(world: &World<D>, hosts: &[HostId]) -> String {
    // With that, what is counted is there.
    world.seq().await;
    let mut told = vec![format!("{:?}", query::verify_chain(&world.ctx).await.unwrap())];
    for host in hosts {
        let page = query::host(&world.ctx, &Sees::Everything, *host).await;
        let known = query::verification(&world.ctx, *host).await.unwrap();
        told.push(format!("{page:#?}\n{known:#?}"));
    }
    told.join("\n")
}

/// What hosts bring to enrol: TPM, token, name; and whether that is fine.
fn applicants(tpms: &[SoftTpm], tokens: &[[u8; 32]; 2]) -> Vec<(Applicant, Option<&'static str>)> {
    let [two_uses, many] = tokens;
    let hosts = [
        (0, two_uses, "web-1", None),
        (1, two_uses, "\n", Some("facts.hostname")),
        (1, two_uses, "web-2", None),
        // The last use was that of the one before.
        (2, two_uses, "web-3", Some("token")),
        (2, &[7; 32], "web-3", Some("token")),
        // Keys that another one of these has, and names.
        (0, many, "db-1", None),
        (3, many, "WEB-1", None),
        (2, many, "web-1", None),
    ];
    let applicant = |(number, (tpm, token, name, refused)): (u8, (usize, &[u8; 32], _, _))| {
        let keys = tpms[tpm].keys();
        (Applicant::new(token, facts_with_tpm(name), keys, &[number; 32]), refused)
    };
    (0..).zip(hosts).map(applicant).collect()
}

/// What their TPMs give back; and what is wrong with that.
fn unwrapped(begun: &[Begun]) -> Vec<(Unwrapped, Option<&'static str>)> {
    let of = |number: u8, secret: u8| {
        Unwrapped::new(*begun[usize::from(number)].as_ref().unwrap(), &[secret; 32])
    };
    vec![
        (of(0, 0), None),
        (of(2, 99), Some("secret")),
        // The wrong one has used it up.
        (of(2, 2), Some("enrolment; it may have expired")),
        (of(5, 5), None),
        // Its answer was lost; and somebody guesses.
        (of(5, 5), None),
        (of(5, 99), Some("secret")),
        // Of three that would have one name.
        (of(6, 6), None),
        (of(7, 7), None),
    ]
}

fn wrong(refusal: &Refusal) -> Option<&str> {
    match refusal {
        Refusal::Invalid { field, .. } => Some(field),
        Refusal::NotFound { what } => Some(what),
        _ => None,
    }
}

pub async fn many_enrol_as_one_after_the_other<D: Database>() {
    let (one, other) = (World::<D>::new().await, World::<D>::new().await);
    let tpms: Vec<_> = (0..4).map(|_| SoftTpm::new()).collect();
    let mut tokens = Vec::new();
    for world in [&one, &other] {
        let (_, web) = world.berlin().await;
        tokens.push([world.token(web, 2).await, world.token(web, 9).await]);
    }
    assert_eq!(tokens[0], tokens[1]);
    let all = applicants(&tpms, &tokens[0]);
    let mut alone: Vec<Begun> = Vec::new();
    for (applicant, _) in &all {
        alone.extend(command::begin_enrolments(&one.ctx, &[applicant]).await.unwrap());
    }
    let waiting: Vec<_> = all.iter().map(|(applicant, _)| applicant).collect();
    let together = command::begin_enrolments(&other.ctx, &waiting).await.unwrap();
    assert_eq!(alone, together);
    let refused: Vec<_> = together.iter().map(|one| one.as_ref().err().and_then(wrong)).collect();
    assert_eq!(refused, all.iter().map(|(_, refused)| *refused).collect::<Vec<_>>());

    let all = unwrapped(&together);
    let mut alone: Vec<Finished> = Vec::new();
    for (unwrapped, _) in &all {
        alone.extend(command::finish_enrolments(&one.ctx, &[*unwrapped]).await.unwrap());
    }
    let waiting: Vec<_> = all.iter().map(|(unwrapped, _)| *unwrapped).collect();
    let together = command::finish_enrolments(&other.ctx, &waiting).await.unwrap();
    assert_eq!(alone, together);
    let refused: Vec<_> = together.iter().map(|one| one.as_ref().err().and_then(wrong)).collect();
    assert_eq!(refused, all.iter().map(|(_, refused)| *refused).collect::<Vec<_>>());

    let hosts: Vec<HostId> = together.into_iter().flatten().collect();
    assert_eq!(hosts[1], hosts[2], "the answer was lost");
    let mut names = Vec::new();
    for host in &hosts {
        names.push(other.row(*host).await.name);
    }
    assert_eq!(names, ["web-1", "db-1", "db-1", "WEB-1-2", "web-1-3"]);
    let known = query::verification(&other.ctx, hosts[0]).await.unwrap().unwrap();
    assert_eq!(known.identity.unwrap().duplicate_of.as_deref(), Some("db-1"));
    // The use of the one with the wrong secret is free again, and no other.
    let [first, _] = tokens[0];
    assert!(query::token_cluster(&other.ctx, &first).await.unwrap().is_some());
    assert_eq!(told(&one, &hosts).await, told(&other, &hosts).await);
}

pub async fn an_enrolment_that_is_spoilt_is_no_other_ones_fault<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let token = world.token(web, 3).await;
    let ctx = &world.ctx;
    let mut waiting = Vec::new();
    for (number, name) in (0..).zip(["one", "two", "three"]) {
        let (said, keys) = (facts_with_tpm(name), SoftTpm::new().keys());
        let secret = [number; 32];
        let id = command::begin_enrolment(ctx, &token, &said, &keys, &secret).await.unwrap();
        waiting.push((id, Unwrapped::new(id, &secret)));
    }
    let spoil = format!("UPDATE enrolments SET facts = 'nonsense' WHERE id = '{}'", waiting[1].0);
    world.db.tamper(spoil).await;
    let before = world.seq().await;
    let waiting: Vec<_> = waiting.into_iter().map(|(_, unwrapped)| unwrapped).collect();
    command::finish_enrolments(ctx, &waiting).await.unwrap_err();
    assert_eq!(world.seq().await, before, "nothing of any");
    let finished = job::enrol::finish_all(ctx.clone(), waiting).await;
    assert!(matches!(finished[1], Err(Refusal::Unavailable { .. })), "{finished:?}");
    for (number, name) in [(0, "one"), (2, "three")] {
        assert_eq!(world.row(*finished[number].as_ref().unwrap()).await.name, name);
    }
}

pub async fn many_come_as_one_after_the_other<D: Database>() {
    let (one, other) = (World::<D>::new().await, World::<D>::new().await);
    let mut fleets = Vec::new();
    for world in [&one, &other] {
        let (berlin, web) = world.berlin().await;
        let mut hosts = Vec::new();
        for number in 0..5 {
            hosts.push(world.host(web, &format!("web-{number}")).await);
        }
        let there = Presence::Connected;
        command::set_presence(&world.ctx, hosts[1], there, None).await.unwrap();
        let reason = "board swap".to_owned();
        world.act(hosts[2], HostAction::Disconnect { reason }).await.unwrap();
        let (gone, console) = (&[hosts[3]], &super::console());
        command::remove_hosts(&world.ctx, console, gone, berlin, "scrapped", "web-3")
            .await
            .unwrap();
        fleets.push(hosts);
    }
    let hosts = fleets.pop().unwrap();
    assert_eq!(fleets[0], hosts);
    let before = other.seq().await;
    let come: Vec<HostId> = hosts.iter().chain(&hosts[..2]).copied().collect();
    for host in &come {
        command::record_arrivals(&one.ctx, &[*host]).await.unwrap();
    }
    command::record_arrivals(&other.ctx, &come).await.unwrap();
    assert_eq!(other.codes_after(before).await, ["presence-changed"; 2]);
    assert_eq!(other.row(hosts[2]).await.presence, Presence::Disconnected);
    assert_eq!(told(&one, &hosts).await, told(&other, &hosts).await);

    // Another start of the server: they were never gone.
    for world in [&one, &other] {
        let ctx = trustboard_server::ctx::Ctx {
            store: world.ctx.store.clone().of_replica([7; 16]),
            ..world.ctx.clone()
        };
        let before = world.seq().await;
        let back = [hosts[0], hosts[1], hosts[4]];
        command::record_arrivals(&ctx, &back).await.unwrap();
        command::record_arrivals(&ctx, &back).await.unwrap();
        assert!(world.codes_after(before).await.is_empty());
        assert_eq!(query::connected_here(&ctx).await.unwrap().len(), 3);
    }
}

pub async fn what_is_known_of_many_is_what_is_known_of_each<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let (ctx, mut hosts) = (&world.ctx, Vec::new());
    for (number, says) in [Says::Passed, Says::OldAgent, Says::NoTpm].into_iter().enumerate() {
        let host = world.host(web, &format!("web-{number}")).await;
        world.record(host, says).await;
        hosts.push(host);
    }
    let (token, tpm) = (world.token(web, 1).await, SoftTpm::new());
    let said = facts_with_tpm("with-tpm");
    let id = command::begin_enrolment(ctx, &token, &said, &tpm.keys(), &[5; 32]).await.unwrap();
    hosts.push(command::finish_enrolment(ctx, id, &[5; 32]).await.unwrap());
    let nobody = HostId::from_random([1; 16]);
    hosts.push(nobody);

    let known = query::verifications(ctx, &hosts).await.unwrap();
    assert_eq!(known.len(), 4);
    for host in &hosts {
        assert_eq!(known.get(host), query::verification(ctx, *host).await.unwrap().as_ref());
    }
    let arriving = query::arriving(ctx, &hosts).await.unwrap();
    assert_eq!(arriving.len(), 4);
    assert!(!arriving.contains_key(&nobody));
    assert_eq!(arriving[&hosts[3]].name, "with-tpm");
    assert_eq!(arriving[&hosts[3]].presence, Presence::NotResponding);
}
