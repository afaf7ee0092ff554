//! Opens a session for an operator whose password was verified, or records the refusal.

use std::fmt;

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use super::text::attempted_name;
use crate::ctx::{Ctx, Halt};
use crate::query::SESSION_IDLE_S;
use crate::store::Write;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;

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

/// Opens a session for `name` if the password was `verified`; records the refusal otherwise.
///
/// # Errors
///
/// [`Refusal::WrongCredentials`], whether the name or the password is wrong.
pub async fn sign_in(ctx: &Ctx, name: &str, verified: bool) -> Result<SignedIn, Refusal> {
    ctx.answer(decide(ctx, name, verified).await)
}

async fn decide(ctx: &Ctx, name: &str, verified: bool) -> Result<SignedIn, Halt> {
    let mut write = ctx.write().await?;
    let operator = write.operator(name).await?;
    match operator.filter(|_| verified) {
        Some(operator) => open_session(ctx, write, operator).await,
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
) -> Result<SignedIn, Halt> {
    let (id, name) = (operator.id, operator.name.clone());
    let secret = ctx.random.secret();
    let idle_before = write.now().plus_seconds(-SESSION_IDLE_S);
    write.insert_session(SecretHash::of(&secret), id, idle_before).await?;
    let signed_in = EventKind::SignedIn { name: name.clone() };
    write.event(&Actor::Operator(name), None, signed_in).await?;
    write.commit().await?;
    Ok(SignedIn { secret, viewer: operator.viewer() })
}
