//! Users, their sessions and keys, and what is set for the whole server.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    AccountPage, SessionRow, SessionsPage, SettingsPage, UsersPage, Viewer,
};

use super::session::{SESSION_S, lives};
use crate::auth::operator::{in_person, manages_users};
use crate::ctx::{Ctx, Halt};
use crate::store::ListedSession;

/// Sessions that are listed; the last used first.
const MOST_SESSIONS: u32 = 1000;

/// Every operator.
pub async fn users(ctx: &Ctx, viewer: &Viewer) -> Result<UsersPage, Refusal> {
    ctx.answer(all(ctx, viewer).await)
}

async fn all(ctx: &Ctx, viewer: &Viewer) -> Result<UsersPage, Halt> {
    manages_users(viewer)?;
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    Ok(UsersPage {
        users: read.users(lives(now), now).await?,
        datacenters: read.datacenters().await?,
        now,
    })
}

/// Every session that has not ended.
pub async fn sessions(ctx: &Ctx, viewer: &Viewer) -> Result<SessionsPage, Refusal> {
    ctx.answer(every_session(ctx, viewer).await)
}

async fn every_session(ctx: &Ctx, viewer: &Viewer) -> Result<SessionsPage, Halt> {
    manages_users(viewer)?;
    let now = ctx.clock.now();
    let listed = ctx.read().await?.sessions(None, lives(now), MOST_SESSIONS).await?;
    let sessions = listed.into_iter().map(|session| shown(viewer, session)).collect();
    Ok(SessionsPage { sessions, now })
}

/// The viewer's own account.
pub async fn account(ctx: &Ctx, viewer: &Viewer) -> Result<AccountPage, Refusal> {
    ctx.answer(own(ctx, viewer).await)
}

async fn own(ctx: &Ctx, viewer: &Viewer) -> Result<AccountPage, Halt> {
    in_person(viewer)?;
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let operator = read.operator_by_id(viewer.id).await?;
    let operator = operator.ok_or_else(|| Refusal::not_found("operator"))?;
    let listed = read.sessions(Some(viewer.id), lives(now), MOST_SESSIONS).await?;
    let datacenters = read.datacenters().await?;
    Ok(AccountPage {
        name: operator.name,
        datacenters: datacenters.into_iter().filter(|one| viewer.sees(one.id)).collect(),
        rights: operator.rights,
        language: operator.language,
        has_password: operator.password_hash.is_some(),
        sessions: listed.into_iter().map(|session| shown(viewer, session)).collect(),
        keys: read.api_keys(viewer.id).await?,
        now,
    })
}

fn shown(viewer: &Viewer, session: ListedSession) -> SessionRow {
    SessionRow {
        current: viewer.session == Some(session.id),
        id: session.id,
        operator: session.operator,
        ends_at: session.created_at.plus_seconds(SESSION_S),
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        device: session.device,
        address: session.address,
    }
}

/// What is set for the whole server.
pub async fn settings(ctx: &Ctx, viewer: &Viewer) -> Result<SettingsPage, Refusal> {
    ctx.answer(set(ctx, viewer).await)
}

async fn set(ctx: &Ctx, viewer: &Viewer) -> Result<SettingsPage, Halt> {
    manages_users(viewer)?;
    let mut read = ctx.read().await?;
    let settings = read.settings().await?;
    let (resets_asked, approvals_awaited) = read.waiting_for_second().await?;
    Ok(SettingsPage { settings, resets_asked, approvals_awaited })
}
