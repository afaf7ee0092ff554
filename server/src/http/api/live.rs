//! `GET /api/v1/live?datacenter=ID&after=N`: hints that something changed, as server-sent events.
//!
//! An event that was committed has its number as the id, so a browser that comes back says where
//! it broke off (`Last-Event-ID`) and gets what it missed from the table. Hints of what is no event
//! have no id and are not repeated. The table is the truth: whoever cannot resume is told to read
//! everything again.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::{Extension, response::IntoResponse, response::Response};
use futures_util::Stream;
use http::{HeaderMap, HeaderName};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast};
use tokio::time::{Instant, sleep_until};
use trustboard_model::event::EventSeq;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::LiveHint;

use super::Problem;
use super::tally::Tally;
use crate::auth::operator::{Proof, SignedIn, may_in};
use crate::live::LiveMessage;
use crate::query;
use crate::state::AppState;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Streams at a time; each holds a connection and a place in the broadcast.
pub const MOST_STREAMS: usize = 1000;

/// Events that are repeated after a gap; after more of them reading everything again is cheaper.
const MOST_REPEATED: u32 = 500;

/// How often a comment is sent on a silent stream: proxies close those that say nothing for 60 s.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The least that a browser waits before it comes back to a server that stopped: a start takes as
/// long.
const RETURN: Duration = Duration::from_secs(1);

/// Over how long all browsers spread then: [`MOST_STREAMS`] in so many seconds are 250 a second.
const SPREAD: Duration = Duration::from_secs(4);

/// How often it is checked that the operator is still signed in, and what they may see.
const STILL_SIGNED_IN: Duration = Duration::from_secs(5);

/// Which hints.
#[derive(Debug, Deserialize)]
pub struct Which {
    datacenter: Option<DatacenterId>,
    after: Option<u64>,
}

/// Streams hints until the browser leaves, the session ends or the server stops.
pub async fn live(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Extension(proof): Extension<Proof>,
    which: Result<Query<Which>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(Which { datacenter, after }) =
        which.map_err(|_| Refusal::invalid("query", "datacenter is an id, after a number"))?;
    if let Some(datacenter) = datacenter {
        may_in(&viewer, Role::Viewer, datacenter, "datacenter")?;
    }
    let sees = viewer.rights.sees();
    let place = Arc::clone(&state.limits.streams).try_acquire_owned();
    let place = place.map_err(|_| Refusal::TooMany { retry_s: 30 })?;
    // What the browser says is newer than what stood on the page.
    let resumed = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok()?.parse().ok());
    // Before the table is read: what is committed in between arrives here.
    let hints = state.ctx.live.subscribe();
    let mut waiting = VecDeque::new();
    let mut last = EventSeq(0);
    if let Some(after) = resumed.or(after).map(EventSeq) {
        let missed = query::events_since(&state.ctx, after, datacenter, &sees, MOST_REPEATED).await;
        waiting.extend(missed.map_err(|error| state.ctx.unavailable(&error))?);
        last = waiting.iter().filter_map(|hint| hint.seq).max().unwrap_or(after);
    }
    let (check, tally) = (Instant::now() + STILL_SIGNED_IN, Tally::new(Instant::now()));
    let stream = Looker {
        state,
        proof,
        sees,
        datacenter,
        hints,
        waiting,
        last,
        check,
        tally,
        _place: place,
    };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Ok(Sse::new(stream.events()).keep_alive(keep_alive).into_response())
}

/// One browser that looks.
struct Looker {
    state: AppState,
    proof: Proof,
    /// What they may see, as it was when that was last asked.
    sees: Sees,
    datacenter: Option<DatacenterId>,
    hints: broadcast::Receiver<LiveMessage>,
    /// What the table had and was not sent yet.
    waiting: VecDeque<LiveMessage>,
    /// The last event that the table had: the broadcast may repeat it.
    last: EventSeq,
    check: Instant,
    /// Of hosts that were verified with the same result.
    tally: Tally,
    _place: OwnedSemaphorePermit,
}

impl Looker {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures_util::stream::unfold(Some(self), |looker| async move {
            let mut looker = looker?;
            match looker.next().await {
                Some(message) => Some((Ok(event(&message)), Some(looker))),
                // The browser comes back by itself, and is told not to come with all others.
                None if *looker.state.stopping.borrow() => {
                    Some((Ok(Event::default().retry(looker.pause())), None))
                }
                None => None,
            }
        })
    }

    /// How long this browser waits before it connects again to a server that stopped.
    fn pause(&self) -> Duration {
        let mut random = [0; 2];
        self.state.ctx.random.fill(&mut random);
        RETURN + SPREAD.mul_f64(f64::from(u16::from_be_bytes(random)) / f64::from(u16::MAX))
    }

    async fn next(&mut self) -> Option<LiveMessage> {
        loop {
            if let Some(message) = self.waiting.pop_front() {
                return Some(message);
            }
            let due = self.tally.due();
            tokio::select! {
                () = self.state.stopped() => return None,
                () = sleep_until(due.unwrap_or(self.check)), if due.is_some() => {
                    let hint = self.tally.tell(Instant::now());
                    return Some(LiveMessage { seq: None, hint });
                }
                () = sleep_until(self.check) => {
                    self.check = Instant::now() + STILL_SIGNED_IN;
                    let viewer = self.proof.viewer(&self.state.ctx).await;
                    let viewer = viewer.ok().flatten()?;
                    self.sees = viewer.rights.sees();
                    if self.datacenter.is_some_and(|looked_at| !viewer.sees(looked_at)) {
                        return None;
                    }
                }
                hint = self.hints.recv() => match hint {
                    Ok(message) if self.concerns(&message) && self.is_told(&message) => {
                        return Some(message);
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => {
                        return Some(LiveMessage { seq: None, hint: LiveHint::Reload });
                    }
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Whether a hint is told by itself.
    fn is_told(&mut self, message: &LiveMessage) -> bool {
        match message.hint {
            LiveHint::Verified { datacenter, .. } => self.tally.is_told(datacenter, Instant::now()),
            _ => true,
        }
    }

    /// Whether a hint is new, and about what this browser looks at and may see.
    fn concerns(&self, message: &LiveMessage) -> bool {
        let repeated = message.seq.is_some_and(|seq| seq <= self.last);
        let elsewhere = match &message.hint {
            LiveHint::Host { datacenter, .. } | LiveHint::Verified { datacenter, .. } => {
                self.datacenter.is_some_and(|looked_at| looked_at != *datacenter)
                    || !self.sees.includes(*datacenter)
            }
            LiveHint::Job { datacenter, .. } => !self.sees.includes(*datacenter),
            LiveHint::Bulk { datacenters, .. } => {
                !datacenters.is_empty()
                    && !datacenters.iter().any(|id| {
                        self.sees.includes(*id)
                            && self.datacenter.is_none_or(|looked_at| looked_at == *id)
                    })
            }
            // The first is made for one browser alone.
            LiveHint::VerifiedMany { .. }
            | LiveHint::Inventory
            | LiveHint::Makers
            | LiveHint::Advisory
            | LiveHint::Reload => false,
        };
        !repeated && !elsewhere
    }
}

fn event(message: &LiveMessage) -> Event {
    // A hint is ids and words; it always has a JSON form.
    let json = serde_json::to_string(&message.hint).unwrap_or_default();
    let event = match message.seq {
        Some(EventSeq(seq)) => Event::default().id(seq.to_string()),
        None => Event::default(),
    };
    event.data(json)
}
