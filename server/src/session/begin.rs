//! The beginning of a session: the agent introduces itself.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::WebSocket;
use tokio::time::Instant;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{self, AgentMessage, Hello};

use super::registry::Registered;
use super::run::Session;
use super::talk::{End, Incoming, Talk};
use super::wire;
use crate::command;
use crate::job::arrivals;
use crate::query::Arriving;
use crate::state::AppState;
use crate::store::StoreError;

/// How long an agent may take to introduce itself: collecting facts asks the TPM, which may be busy.
const HELLO: Duration = Duration::from_secs(30);

/// Reads the hello, and has the host verified. Nothing if there is no session.
pub(super) async fn begin(
    state: AppState,
    host: HostId,
    socket: WebSocket,
) -> Option<(Box<Session>, Registered)> {
    let clock = state.ctx.clock.clone();
    let mut talk = Talk::new(socket, host, state.limits.messages.clone(), clock);
    let Opened { registered, known, facts } = match open(&state, host, &mut talk).await {
        Ok(opened) => opened,
        Err(end) => {
            tracing::warn!(host.id = %host, reason = end.reason(), "the session was not opened");
            talk.finish(&end).await;
            return None;
        }
    };
    let number = registered.number();
    tracing::info!(host.id = %host, host.name = known.name, session.id = number, "session opened");
    let parked = known.presence == Presence::Disconnected;
    talk.obey(Arc::clone(&registered.mailbox));
    let (ending, established, steady) = (None, None, None);
    let mut session = Box::new(Session { state, host, talk, ending, established, steady, parked });
    session.ending = session.welcome(&known, &facts).await.err();
    Some((session, registered))
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
    let _turn = state.limits.arrival().await;
    let refused = |code, problem: String| End::Refused { code, problem, close: 1013 };
    let unavailable =
        |error: StoreError| refused("unavailable", state.ctx.unavailable(&error).to_string());
    let known = arrivals::known(state, host).await.map_err(unavailable)?;
    let known = known.ok_or_else(|| refused("unknown-host", "the host is not known".to_owned()))?;
    if !known.has(&facts) {
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
