//! Operators: who a request's cookie or API key belongs to, and what they may do.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use super::cookie;
use super::key::{self, Bearer};
use crate::ctx::Ctx;
use crate::http::Problem;
use crate::state::AppState;
use crate::store::StoreError;
use crate::{command, query};

/// The secret of the session that a request belongs to.
#[derive(Clone, Copy)]
pub struct SessionSecret(pub [u8; 32]);

/// What proves who asks: asked again while a stream is open.
#[derive(Clone, Copy)]
pub enum Proof {
    /// A session's secret.
    Session([u8; 32]),
    /// An API key's secret.
    Key([u8; 32]),
}

impl Proof {
    /// Who that is now; nobody, if it has ended meanwhile.
    pub async fn viewer(&self, ctx: &Ctx) -> Result<Option<Viewer>, StoreError> {
        match self {
            Self::Session(secret) => query::session(ctx, secret).await,
            Self::Key(secret) => query::api_key(ctx, secret).await,
        }
    }
}

/// Puts the [`Viewer`] into the request, if its cookie names a session or it brings an API key.
/// Pages and server functions find them there.
pub async fn viewer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let by_cookie = match key::bearer(request.headers()) {
        Some(bearer) => return by_key(state, bearer, request, next).await,
        None => cookie::secret(request.headers(), state.site.https),
    };
    let Some(secret) = by_cookie else { return next.run(request).await };
    match query::session(&state.ctx, &secret).await {
        Ok(Some(viewer)) => {
            if let Err(error) = command::touch_session(&state.ctx, &secret).await {
                // The session only goes idle earlier than it should.
                tracing::error!(%error, "the session's last use could not be written");
            }
            let extensions = request.extensions_mut();
            extensions.insert(viewer);
            extensions.insert(SessionSecret(secret));
            extensions.insert(Proof::Session(secret));
        }
        Ok(None) => {}
        Err(error) => return Problem(state.ctx.unavailable(&error)).into_response(),
    }
    next.run(request).await
}

/// What API keys open: the API, and neither pages nor what stands behind their forms.
const KEYS_OPEN: &str = "/api/v1/";

async fn by_key(state: AppState, bearer: Bearer, mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(KEYS_OPEN) {
        // Nobody is signed in: pages lead to the sign-in, everything else refuses.
        return next.run(request).await;
    }
    let found = match bearer {
        Bearer::Key(secret) => match query::api_key(&state.ctx, &secret).await {
            Ok(viewer) => viewer.map(|viewer| (viewer, secret)),
            Err(error) => return Problem(state.ctx.unavailable(&error)).into_response(),
        },
        Bearer::Other => None,
    };
    let Some((viewer, secret)) = found else {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(peer)| peer.ip());
        tracing::warn!(?peer, "refused an API key");
        if let Some(peer) = peer
            && let Err(refusal) = state.limits.key.take(peer, state.ctx.clock.uptime())
        {
            return Problem(refusal).into_response();
        }
        return Problem(Refusal::KeyRefused).into_response();
    };
    if let Err(error) = command::touch_key(&state.ctx, &secret).await {
        tracing::error!(%error, "the key's last use could not be written");
    }
    request.extensions_mut().insert(viewer);
    request.extensions_mut().insert(Proof::Key(secret));
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

/// Refuses a program with an API key: what only a person who is signed in may do.
pub fn in_person(viewer: &Viewer) -> Result<(), Refusal> {
    if viewer.key.is_some() { Err(Refusal::NotWithKey) } else { Ok(()) }
}

/// Refuses whoever may not manage users.
pub fn manages_users(viewer: &Viewer) -> Result<(), Refusal> {
    in_person(viewer)?;
    may_everywhere(viewer, Role::Administrator)
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
