//! A session from its first message to its last.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::ws::WebSocket;
use futures_util::FutureExt as _;
use trustboard_model::event::Actor;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::job::{StepKind, Trigger};
use trustboard_model::protocol::{AgentMessage, ServerMessage};
use trustboard_model::refusal::Refusal;

use super::ask::{Answer, Ask, Progress, Unanswered};
use super::identity::{Established, establish};
use super::mailbox::{Closing, Mailbox, Nudge, Request};
use super::registry::Registered;
use super::talk::{End, Heard, Incoming, Talk};
use super::{KnownLogs, begin, evidence};
use crate::command;
use crate::job::steady::SteadyHost;
use crate::job::{arrivals, schedule};
use crate::query::{Arriving, VerificationContext};
use crate::state::AppState;
use crate::store::StoreError;

/// A session while it is open.
pub(super) struct Session {
    pub(super) state: AppState,
    pub(super) host: HostId,
    pub(super) talk: Talk,
    /// Set if the session must end once the question at hand is answered.
    pub(super) ending: Option<End>,
    pub(super) established: Option<Established>,
    /// What recognises the host's next evidence, if it was found trusted in this session.
    pub(super) steady: Option<Box<SteadyHost>>,
    pub(super) parked: bool,
}

/// Why a question of the server got no answer.
#[derive(Debug)]
pub(super) enum Stop {
    /// The session ended.
    Ended(End),
    /// The session goes on.
    Unanswered(Unanswered),
}

impl From<End> for Stop {
    fn from(end: End) -> Self {
        Self::Ended(end)
    }
}

impl From<Unanswered> for Stop {
    fn from(unanswered: Unanswered) -> Self {
        Self::Unanswered(unanswered)
    }
}

/// Runs the session of `host` until it ends, and records that the host no longer responds.
///
/// A hundred thousand of these wait at a time, and each keeps room for all that it may hold at once,
/// also for what it was given and has given away: what is over soon has a room of its own on the heap
/// from the start.
pub fn run(state: AppState, host: HostId, socket: WebSocket) -> impl Future<Output = ()> + Send {
    let beginning = Box::pin(begin::begin(state.clone(), host, socket));
    // A panic ends here, so that the row does not go on saying that the host is connected. What it
    // left half done goes with the session.
    let conversation = AssertUnwindSafe(converse(host, beginning)).catch_unwind();
    conversation.then(move |ended| async move {
        if let Err(panic) = ended {
            Box::pin(broken_off(state, host, panic)).await;
        }
    })
}

async fn broken_off(state: AppState, host: HostId, panic: Box<dyn Any + Send>) {
    let words = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let error = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(host.id = %host, %error, "a session broke off");
    if !state.sessions.has(host) {
        let (gone, why) = (Presence::NotResponding, Some("the session broke off"));
        if let Err(error) = command::set_presence(&state.ctx, host, gone, why).await {
            tracing::error!(host.id = %host, %error, "presence could not be recorded");
        }
    }
}

async fn converse(
    host: HostId,
    beginning: Pin<Box<impl Future<Output = Option<(Box<Session>, Registered)>>>>,
) {
    let Some((mut session, registered)) = beginning.await else { return };
    let end = match session.ending.take() {
        None => session.serve(&registered.mailbox).await,
        Some(end) => end,
    };
    tracing::info!(
        host.id = %host, session.id = registered.number(), reason = end.reason(), "session ended"
    );
    Box::pin(session.close(&registered, &end)).await;
}

impl Session {
    /// Records that the agent is there, and has the host verified; or tells it to wait.
    pub(super) async fn welcome(&mut self, known: &Arriving, facts: &HostFacts) -> Result<(), End> {
        if self.parked {
            return self.talk.send(&ServerMessage::Parked).await;
        }
        let same_boot = known.boot_id.is_some() && known.boot_id == facts.boot_id;
        let trigger = if same_boot { Trigger::Reconnect } else { Trigger::Boot };
        self.connected(trigger).await
    }

    /// Records that the agent is there, and has the host verified.
    async fn connected(&mut self, trigger: Trigger) -> Result<(), End> {
        let ctx = &self.state.ctx;
        let turn = self.state.limits.arrival().await;
        let present = arrivals::is_here(&self.state, self.host).await;
        drop(turn);
        present.map_err(|error| {
            let problem = ctx.unavailable(&error).to_string();
            End::Refused { code: "unavailable", problem, close: 1013 }
        })?;
        // A boot is worth a row, whatever comes of it; mere reconnecting only if it changes something.
        let at_once = trigger == Trigger::Reconnect;
        schedule::connected(&self.state, self.host, at_once);
        if at_once {
            return Ok(());
        }
        match command::start_job(ctx, &Actor::Host, self.host, trigger).await {
            Ok(_) => self.state.jobs.wake(),
            // The scheduler verifies the host later all the same.
            Err(refusal) => tracing::warn!(host.id = %self.host, %refusal, "no job was started"),
        }
        Ok(())
    }

    /// Answers requests and refuses what comes unasked, until the session ends.
    async fn serve(&mut self, mailbox: &Mailbox) -> End {
        loop {
            let step = tokio::select! {
                biased;
                heard = self.talk.hear(None) => Box::pin(self.unasked(heard)).await,
                request = mailbox.next() => match request {
                    Request::Turn(turn) => Box::pin(self.turn(turn)).await,
                    Request::Remember(steady) => {
                        self.steady = Some(steady);
                        Ok(())
                    }
                    Request::Verify(ask) => Box::pin(self.verify(*ask)).await,
                    Request::Nudge(nudge) => Box::pin(self.nudged(nudge)).await,
                },
            };
            if let Err(end) = step {
                return end;
            }
            if let Some(end) = self.ending.take() {
                return end;
            }
        }
    }

    async fn unasked(&mut self, heard: Result<Heard, End>) -> Result<(), End> {
        self.out_of_order(heard?.read(), "nothing until the server asks").await
    }

    /// Refuses what came instead of what was expected.
    pub(super) async fn out_of_order(
        &mut self,
        incoming: Incoming,
        expected: &str,
    ) -> Result<(), End> {
        let (code, problem) = match incoming {
            Incoming::Unreadable(problem) => ("malformed", problem),
            Incoming::Message(
                AgentMessage::Evidence(_) | AgentMessage::Cannot { challenge: Some(_), .. },
            ) => (
                "unknown-challenge",
                format!(
                    "this challenge is not open in this session: it was made for another host, \
                     was answered before, or has expired; expected {expected}"
                ),
            ),
            Incoming::Message(_) => ("out-of-order", format!("expected {expected}")),
            Incoming::Nothing => return Ok(()),
        };
        self.talk.refuse(code, &problem).await
    }

    async fn nudged(&mut self, nudge: Nudge) -> Result<(), End> {
        self.established = None;
        self.steady = None;
        match nudge {
            Nudge::Park if !self.parked => {
                self.parked = true;
                self.state.jobs.forget(self.host);
                self.talk.send(&ServerMessage::Parked).await
            }
            Nudge::Park => Ok(()),
            Nudge::Wake => {
                self.parked = false;
                self.connected(Trigger::Reconnect).await
            }
        }
    }

    /// Answers a verification job. The session's end is passed on after the job knows of it.
    async fn verify(&mut self, ask: Ask) -> Result<(), End> {
        let Ask { known, progress, reply } = ask;
        // What is found now takes its place: it may name other logs.
        self.steady = None;
        let answer = self.question(&known, &progress).await;
        let (answer, end) = match answer {
            Ok(answer) => (Ok(answer), Ok(())),
            Err(Stop::Unanswered(unanswered)) => (Err(unanswered), Ok(())),
            Err(Stop::Ended(end)) => {
                progress.step(StepKind::Problem, end.reason()).await;
                (Err(Unanswered::Ended), Err(end))
            }
        };
        // The job may have been given up meanwhile; its end is recorded by whoever did that.
        let _ = reply.send(answer);
        end
    }

    async fn question(
        &mut self,
        known: &VerificationContext,
        progress: &Progress,
    ) -> Result<Answer, Stop> {
        if self.parked {
            return Err(Unanswered::Parked.into());
        }
        let established = match self.established.take() {
            Some(established) if established.holds(known) => established,
            _ => establish(self, known, progress).await?,
        };
        let identity = Arc::clone(&established.identity);
        self.established = Some(established);
        let logs = KnownLogs::of(known);
        let evidence::Answered { challenge, sent, received_at } =
            evidence::challenge(self, &logs, progress).await?;
        Ok(Answer { identity, challenge, sent, received_at })
    }

    /// A storage failure, as the job is told of it.
    pub(super) fn unavailable(&self, error: &StoreError) -> Unanswered {
        match self.state.ctx.unavailable(error) {
            Refusal::Unavailable { trace } => Unanswered::Unavailable(trace),
            other => Unanswered::Unavailable(other.to_string()),
        }
    }

    /// Takes the session off the register and records that the host no longer responds, unless
    /// another session took its place or the server itself stops.
    async fn close(self: Box<Self>, registered: &Registered, end: &End) {
        let Self { state, host, talk, .. } = *self;
        if matches!(end, End::Closed(Closing::Shutdown { .. })) {
            // The server waits for the register to become empty before it ends.
            talk.finish(end).await;
            registered.forget();
            return;
        }
        let last = registered.forget();
        if last {
            state.jobs.forget(host);
        }
        talk.finish(end).await;
        if !last || state.sessions.has(host) {
            return;
        }
        let (ctx, reason) = (&state.ctx, end.reason());
        let mut recorded =
            command::set_presence(ctx, host, Presence::NotResponding, Some(&reason)).await;
        if state.sessions.has(host) {
            // The agent came back while that was written, perhaps just before it.
            recorded = command::set_presence(ctx, host, Presence::Connected, None).await;
        }
        if let Err(error) = recorded {
            tracing::error!(host.id = %host, %error, "presence could not be recorded");
        }
    }
}
