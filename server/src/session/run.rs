//! A session from its first message to its last.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::WebSocket;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use trustboard_model::event::Actor;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::job::{StepKind, Trigger};
use trustboard_model::protocol::{self, AgentMessage, Hello, ServerMessage};
use trustboard_model::refusal::Refusal;

use super::ask::{Answer, Ask, Progress, Unanswered};
use super::identity::{Established, establish};
use super::registry::{Closing, Nudge, Registered, Request};
use super::talk::{End, Incoming, Talk};
use super::{KnownLogs, evidence, wire};
use crate::command;
use crate::job::schedule;
use crate::job::steady::SteadyHost;
use crate::query::{self, Arriving, VerificationContext};
use crate::state::AppState;
use crate::store::StoreError;

/// How long an agent may take to introduce itself: collecting facts asks the TPM, which may be busy.
const HELLO: Duration = Duration::from_secs(30);

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
pub async fn run(state: AppState, host: HostId, socket: WebSocket) {
    // In a task of its own, so that a panic ends there and the row does not go on saying that the
    // host is connected.
    let Err(error) = tokio::spawn(converse(state.clone(), host, socket)).await else { return };
    tracing::error!(host.id = %host, %error, "a session broke off");
    if !state.sessions.has(host) {
        let (gone, why) = (Presence::NotResponding, Some("the session broke off"));
        if let Err(error) = command::set_presence(&state.ctx, host, gone, why).await {
            tracing::error!(host.id = %host, %error, "presence could not be recorded");
        }
    }
}

async fn converse(state: AppState, host: HostId, socket: WebSocket) {
    let (_never, close) = watch::channel(None);
    let clock = state.ctx.clock.clone();
    let mut talk = Talk::new(socket, host, close, state.limits.messages.clone(), clock);
    let opened = match open(&state, host, &mut talk).await {
        Ok(opened) => opened,
        Err(end) => {
            tracing::warn!(host.id = %host, reason = end.reason(), "the session was not opened");
            return talk.finish(&end).await;
        }
    };
    let Opened { mut registered, known, facts } = opened;
    let number = registered.number();
    tracing::info!(host.id = %host, host.name = known.name, session.id = number, "session opened");
    let parked = known.presence == Presence::Disconnected;
    let mut session =
        Session { state, host, talk, ending: None, established: None, steady: None, parked };
    session.talk.obey(registered.close.clone());
    let end = match session.welcome(&known, &facts).await {
        Ok(()) => session.serve(&mut registered.requests).await,
        Err(end) => end,
    };
    tracing::info!(host.id = %host, session.id = number, reason = end.reason(), "session ended");
    session.close(&registered, &end).await;
}

/// A session that introduced itself.
struct Opened {
    registered: Registered,
    known: Arriving,
    facts: HostFacts,
}

/// Reads the hello and registers the session.
async fn open(state: &AppState, host: HostId, talk: &mut Talk) -> Result<Opened, End> {
    let facts = hello(talk).await?;
    let refused = |code, problem: String| End::Refused { code, problem, close: 1013 };
    let unavailable =
        |error: StoreError| refused("unavailable", state.ctx.unavailable(&error).to_string());
    let known = query::arriving(&state.ctx, host, &facts).await.map_err(unavailable)?;
    let known = known.ok_or_else(|| refused("unknown-host", "the host is not known".to_owned()))?;
    if !known.same_facts {
        command::record_hello(&state.ctx, host, &facts).await.map_err(unavailable)?;
    }
    Ok(Opened { registered: state.sessions.open(host), known, facts })
}

async fn hello(talk: &mut Talk) -> Result<HostFacts, End> {
    let deadline = Instant::now() + HELLO;
    loop {
        match talk.next(Some(deadline)).await? {
            Incoming::Message(AgentMessage::Hello(Hello { version, facts })) => {
                if version != protocol::VERSION {
                    let problem = format!(
                        "the agent speaks version {version} of the protocol, the server {}",
                        protocol::VERSION
                    );
                    return Err(End::Refused { code: "version", problem, close: 1008 });
                }
                return wire::check_facts(&facts).map(|()| facts).map_err(|problem| End::Refused {
                    code: "facts",
                    problem,
                    close: 1008,
                });
            }
            Incoming::Message(_) => talk.refuse("out-of-order", "expected hello first").await?,
            Incoming::Unreadable(problem) => talk.refuse("malformed", &problem).await?,
            Incoming::Nothing => {
                let problem = format!("no hello within {} s", HELLO.as_secs());
                return Err(End::Refused { code: "too-slow", problem, close: 1008 });
            }
        }
    }
}

impl Session {
    /// Records that the agent is there, and has the host verified; or tells it to wait.
    async fn welcome(&mut self, known: &Arriving, facts: &HostFacts) -> Result<(), End> {
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
        let present = command::set_presence(ctx, self.host, Presence::Connected, None).await;
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
    async fn serve(&mut self, requests: &mut mpsc::Receiver<Request>) -> End {
        loop {
            let step = tokio::select! {
                biased;
                incoming = self.talk.next(None) => self.unasked(incoming).await,
                request = requests.recv() => match request {
                    Some(Request::Verify(ask)) => Box::pin(self.verify(*ask)).await,
                    Some(Request::Turn(turn)) => Box::pin(self.turn(*turn)).await,
                    Some(Request::Remember(steady)) => {
                        self.steady = Some(steady);
                        Ok(())
                    }
                    Some(Request::Nudge(nudge)) => self.nudged(nudge).await,
                    None => Err(End::Closed(Closing::Replaced)),
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

    async fn unasked(&mut self, incoming: Result<Incoming, End>) -> Result<(), End> {
        self.out_of_order(incoming?, "nothing until the server asks").await
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
        let (challenge, sent) = evidence::challenge(self, &logs, progress).await?;
        let received_at = self.state.ctx.clock.now();
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
    async fn close(self, registered: &Registered, end: &End) {
        let Self { state, host, talk, .. } = self;
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
