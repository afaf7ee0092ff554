//! What survives, and what is not believed.

use trustboard_model::event::EventKind;
use trustboard_model::host::Attestation;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::HostAction;
use trustboard_server::ctx::Ctx;
use trustboard_server::query::ChainState;
use trustboard_server::store::StoreError;
use trustboard_server::{command, query};

use super::evidence::Says;
use super::{Database, World, facts};

/// Everything that a host page shows but when it was read.
async fn shown<D: Database>(world: &World<D>, host: HostId) -> trustboard_model::view::HostPage {
    query::host(&world.ctx, &Sees::Everything, host).await.unwrap()
}

pub async fn everything_is_there_after_reopening<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.record(host, Says::OldAgent).await;
    let comment = "on site".to_owned();
    world
        .act(host, HostAction::Acknowledge { comment, minutes: Some(5), until: None })
        .await
        .unwrap();
    world.act(host, HostAction::VerifyNow).await.unwrap();
    let before = shown(&world, host).await;
    let head = query::verify_chain(&world.ctx).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(shown(&world, host).await, before);
    assert_eq!(query::verify_chain(&world.ctx).await.unwrap(), head);
    world.record(host, Says::Passed).await;
    assert_eq!(world.row(host).await.revision, before.row.revision + 2);
}

/// Enrols 20 hosts at a time, in turn through each of these.
async fn rush(through: &[Ctx], token: [u8; 32]) {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..20 {
        let ctx = through[number % through.len()].clone();
        tasks.spawn(async move { command::enrol_without_tpm(&ctx, &token, &facts("web")).await });
    }
    while let Some(enrolled) = tasks.join_next().await {
        enrolled.unwrap().unwrap();
    }
}

pub async fn writers_take_turns_and_hints_come_in_order<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let token = world.token(web, 40).await;
    let mut live = world.ctx.live.subscribe();
    rush(std::slice::from_ref(&world.ctx), token).await;
    let heard: Vec<_> =
        std::iter::from_fn(|| live.try_recv().ok()).filter_map(|message| message.seq).collect();
    assert!(heard.iter().map(|seq| seq.0).eq(4..=23), "{heard:?}");
    // A second handle, as the command line beside a running server has.
    let beside = Ctx { store: world.db.open().await, ..world.ctx.clone() };
    rush(&[world.ctx.clone(), beside], token).await;
    let state = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(state, ChainState::Whole { events: 43, .. }), "{state:?}");
}

pub async fn a_caller_that_goes_away_leaves_all_or_nothing<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    for number in 0..40 {
        let told = if number % 2 == 0 { Says::OldAgent } else { Says::Passed };
        let before = world.seq().await;
        let patience = std::time::Duration::from_micros(150 * number);
        let _ = tokio::time::timeout(patience, world.record(host, told)).await;
        // Waits for the writer, so that a commit that goes on by itself has ended.
        command::set_presence(&world.ctx, host, world.row(host).await.presence, None)
            .await
            .unwrap();
        let codes = world.codes_after(before).await;
        assert!(codes.is_empty() || codes[0] == "appraised" && codes.len() <= 2, "{codes:?}");
        let page = shown(&world, host).await;
        let last = page.events.iter().find_map(|event| match event.kind {
            EventKind::Appraised { to, .. } => Some(to),
            _ => None,
        });
        assert_eq!(page.row.attestation, last.unwrap_or(Attestation::Unknown));
    }
    let whole = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(whole, ChainState::Whole { .. }), "{whole:?}");
}

pub async fn what_we_do_not_write_is_inconsistent_and_hidden<D: Database>() {
    let world = World::<D>::new().await;
    let host = world.only_host().await;
    world.db.tamper("UPDATE hosts SET presence = 'asleep'".to_owned()).await;
    let error = query::verification(&world.ctx, host).await.unwrap_err();
    let StoreError::Inconsistent { table: "hosts", column: "presence", row } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*row, host.to_string());
    let Err(Refusal::Unavailable { trace }) = query::row(&world.ctx, &Sees::Everything, host).await
    else {
        panic!()
    };
    assert_eq!(trace.len(), 8);
    let reset = HostAction::Reset { reason: "x".to_owned() };
    assert!(matches!(world.act_at(host, 1, reset).await, Err(Refusal::Unavailable { .. })));
    let failed = command::record_verification_failure(&world.ctx, host, None, vec![], "x").await;
    assert!(failed.is_err());
}
