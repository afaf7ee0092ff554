//! Opens a session for an operator whose password was verified, or records the refusal.

use std::fmt;

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::SessionId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::text::attempted_name;
use crate::ctx::{Ctx, Halt};
use crate::query::lives;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;
use crate::store::{NewSession, Write};

/// A new session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session's secret, for the cookie. Stored hashed, never logged.
    pub secret: [u8; 32],
    /// Who signed in.
    pub viewer: Viewer,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedIn({:?}, secret hidden)", self.viewer)
    }
}

/// Where a session is opened from: what the browser and the connection say.
#[derive(Debug, Clone, Default)]
pub struct From {
    /// What the browser calls itself (`User-Agent`): its claim.
    pub device: String,
    /// The address, as the server sees it.
    pub address: String,
}

/// The longest name of a browser that is kept, in characters: those in use have below 200.
const MAX_DEVICE: usize = 256;

/// Opens a session for `name` if the password was `verified`; records the refusal otherwise.
///
/// # Errors
///
/// [`Refusal::WrongCredentials`], whether the name or the password is wrong.
pub async fn sign_in(
    ctx: &Ctx,
    name: &str,
    verified: bool,
    from: &From,
) -> Result<SignedIn, Refusal> {
    ctx.answer(decide(ctx, name, verified, from).await)
}

async fn decide(ctx: &Ctx, name: &str, verified: bool, from: &From) -> Result<SignedIn, Halt> {
    let mut write = ctx.write().await?;
    let operator = write.operator(name).await?;
    match operator.filter(|operator| verified && operator.disabled.is_none()) {
        Some(operator) => open_session(ctx, write, operator, from).await,
        None => refuse(write, attempted_name(name)).await,
    }
}

/// Records that a sign-in was refused. Nobody proved to be anybody, so the server says so.
pub(super) async fn refuse(mut write: Write, name: String) -> Result<SignedIn, Halt> {
    write.event(&Actor::Server, None, EventKind::SignInRefused { name }).await?;
    write.commit().await?;
    Err(Refusal::WrongCredentials.into())
}

/// Opens a session for an operator who proved to be one.
pub(super) async fn open_session(
    ctx: &Ctx,
    mut write: Write,
    operator: OperatorRecord,
    from: &From,
) -> Result<SignedIn, Halt> {
    let (id, name) = (operator.id, operator.name.clone());
    let secret = ctx.random.secret();
    let clean = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let device: String = from.device.chars().map(clean).take(MAX_DEVICE).collect();
    let session = SessionId::from_random(ctx.random.id());
    let new = NewSession {
        hash: SecretHash::of(&secret),
        id: session,
        operator: id,
        device: &device,
        address: &from.address,
    };
    let lives = lives(write.now());
    write.insert_session(&new, lives).await?;
    let signed_in = EventKind::SignedIn { name: name.clone() };
    write.event(&Actor::Operator(name), None, signed_in).await?;
    write.commit().await?;
    Ok(SignedIn { secret, viewer: Viewer { session: Some(session), ..operator.viewer() } })
}
