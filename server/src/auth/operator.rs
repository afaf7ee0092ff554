//! Operators: who a request's cookie belongs to, and what they may do.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use super::cookie;
use crate::http::Problem;
use crate::state::AppState;
use crate::{command, query};

/// The secret of the session that a request belongs to.
#[derive(Clone, Copy)]
pub struct SessionSecret(pub [u8; 32]);

/// Puts the [`Viewer`] into the request, if its cookie names a session. Pages and server functions
/// find them there.
pub async fn viewer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let Some(secret) = cookie::secret(request.headers(), state.site.https) else {
        return next.run(request).await;
    };
    match query::session(&state.ctx, &secret).await {
        Ok(Some(viewer)) => {
            if let Err(error) = command::touch_session(&state.ctx, &secret).await {
                // The session only goes idle earlier than it should.
                tracing::error!(%error, "the session's last use could not be written");
            }
            request.extensions_mut().insert(viewer);
            request.extensions_mut().insert(SessionSecret(secret));
        }
        Ok(None) => {}
        Err(error) => return Problem(state.ctx.unavailable(&error)).into_response(),
    }
    next.run(request).await
}

fn signed_in(parts: &Parts) -> Result<Viewer, Problem> {
    parts.extensions.get::<Viewer>().cloned().ok_or(Problem(Refusal::SignInRequired))
}

/// Refuses whoever may not do in `datacenter` what needs `needs`. To those who do not see the
/// datacenter, `what` is not there.
pub fn may_in(
    viewer: &Viewer,
    needs: Role,
    datacenter: DatacenterId,
    what: &str,
) -> Result<(), Refusal> {
    match viewer.role_in(datacenter) {
        None => Err(Refusal::not_found(what)),
        Some(role) if role < needs => Err(Refusal::Forbidden { needs }),
        Some(_) => Ok(()),
    }
}

/// Refuses whoever may not do everywhere what needs `needs`: what belongs to no datacenter.
pub fn may_everywhere(viewer: &Viewer, needs: Role) -> Result<(), Refusal> {
    if viewer.may_everywhere(needs) { Ok(()) } else { Err(Refusal::Forbidden { needs }) }
}

/// Refuses whoever may not do in any datacenter what needs `needs`.
pub fn may_somewhere(viewer: &Viewer, needs: Role) -> Result<(), Refusal> {
    if viewer.may_somewhere(needs) { Ok(()) } else { Err(Refusal::Forbidden { needs }) }
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Viewer);

/// Somebody who may work with hosts, in at least one datacenter. Where, the command asks.
#[derive(Debug, Clone)]
pub struct Operator(pub Viewer);

/// Somebody who may decide what hosts are judged by, in at least one datacenter.
#[derive(Debug, Clone)]
pub struct Approver(pub Viewer);

/// Somebody who may manage the inventory, in at least one datacenter.
#[derive(Debug, Clone)]
pub struct Administrator(pub Viewer);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        signed_in(parts).map(Self)
    }
}

impl<S: Sync> FromRequestParts<S> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let viewer = signed_in(parts)?;
        may_somewhere(&viewer, Role::Operator)?;
        Ok(Self(viewer))
    }
}

impl<S: Sync> FromRequestParts<S> for Approver {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let viewer = signed_in(parts)?;
        may_somewhere(&viewer, Role::Approver)?;
        Ok(Self(viewer))
    }
}

impl<S: Sync> FromRequestParts<S> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let viewer = signed_in(parts)?;
        may_somewhere(&viewer, Role::Administrator)?;
        Ok(Self(viewer))
    }
}
