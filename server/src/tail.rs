//! Follows the chain of events for those that another process committed: `trustboard` commands
//! beside the running server, other servers on the same database. Their hints reach browsers like the server's own.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::time::{MissedTickBehavior, interval};
use trustboard_model::event::EventSeq;
use trustboard_model::host::Presence;
use trustboard_model::rights::Sees;
use trustboard_model::view::LiveHint;

use crate::live::LiveMessage;
use crate::makers::makers_changed;
use crate::query;
use crate::session::Nudge;
use crate::state::AppState;
use crate::store::StoreError;

/// How often the table is looked at.
const TICK: Duration = Duration::from_secs(1);

/// The shortest time between two looks, however often others commit.
const PAUSE: Duration = Duration::from_millis(50);

/// Hints that are read at a time; of more, browsers are told to reload.
const MOST: u32 = 500;

/// Follows the chain until the server stops.
pub async fn run(state: AppState) {
    let mut own = state.ctx.live.subscribe();
    let mut published = BTreeSet::new();
    let mut last = None;
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut changes = state.ctx.store.changes();
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = tick.tick() => {}
            () = changes.next() => {
                // A job may have been queued at another server.
                state.jobs.wake();
                // Commits that follow each other closely are looked at together.
                tokio::time::sleep(PAUSE).await;
            }
        }
        drain(&mut own, &mut published);
        match follow(&state, last, &published).await {
            Ok(now) => {
                last = Some(now);
                published = published.split_off(&EventSeq(now.0.saturating_add(1)));
            }
            Err(error) => tracing::error!(%error, "the chain could not be followed"),
        }
    }
}

/// Notes what this process has published itself.
fn drain(own: &mut Receiver<LiveMessage>, published: &mut BTreeSet<EventSeq>) {
    loop {
        match own.try_recv() {
            Ok(LiveMessage {
                seq: Some(last),
                hint: LiveHint::Bulk { since: Some(EventSeq(first)), .. },
            }) => published.extend((first..=last.0).map(EventSeq)),
            Ok(message) => published.extend(message.seq),
            // What was lost is sent a second time, which does no harm.
            Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return,
        }
    }
}

/// Tells a session of this server what an operator changed through another one.
async fn nudge(state: &AppState, hint: &LiveHint) -> Result<(), StoreError> {
    let LiveHint::Host { host, event, .. } = hint else { return Ok(()) };
    if !state.sessions.has(*host) {
        return Ok(());
    }
    let nudge = match event.as_str() {
        "presence-changed" => match query::verification(&state.ctx, *host).await? {
            Some(known) if known.presence == Presence::Disconnected => Nudge::Park,
            Some(known) if known.presence == Presence::NotResponding => Nudge::Wake,
            _ => return Ok(()),
        },
        "identity-changed" => Nudge::Wake,
        _ => return Ok(()),
    };
    state.sessions.nudge(*host, nudge);
    Ok(())
}

/// Publishes the hints after `last` that this process has not; gives the last event that has one.
async fn follow(
    state: &AppState,
    last: Option<EventSeq>,
    published: &BTreeSet<EventSeq>,
) -> Result<EventSeq, StoreError> {
    let ctx = &state.ctx;
    let Some(last) = last else {
        // No chain is that long: the answer is its end.
        let beyond =
            query::events_since(ctx, EventSeq(u64::MAX), None, &Sees::Everything, 1).await?;
        // What changed between the server's start and this look has no other way in.
        makers_changed(state).await;
        return Ok(beyond.into_iter().find_map(|message| message.seq).unwrap_or(EventSeq(0)));
    };
    let messages = query::events_since(ctx, last, None, &Sees::Everything, MOST).await?;
    let end = messages.iter().filter_map(|message| message.seq).max().unwrap_or(last);
    let mut makers = false;
    for message in messages {
        if message.seq.is_some_and(|seq| !published.contains(&seq)) {
            nudge(state, &message.hint).await?;
            // What is too much to follow may hold anything.
            makers |= matches!(message.hint, LiveHint::Makers | LiveHint::Reload);
            ctx.live.send(message);
        }
    }
    if makers {
        makers_changed(state).await;
    }
    Ok(end)
}
