//! Users, accounts, sessions, API keys and settings, for screens.

use async_trait::async_trait;
use trustboard_app::backend::Access;
use trustboard_model::bytes::to_hex;
use trustboard_model::id::{KeyId, SessionId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    AccountPage, KeyMade, NewKey, SessionsPage, Settings, SettingsPage, SignInLink, UserAction,
    UserDone, UsersPage, Viewer,
};

use crate::auth::operator::in_person;
use crate::auth::{key, password};
use crate::command::Code;
use crate::state::AppState;
use crate::{command, query};

#[async_trait]
impl Access for AppState {
    async fn users(&self, viewer: &Viewer) -> Result<UsersPage, Refusal> {
        query::users(&self.ctx, viewer).await
    }

    async fn change_user(&self, viewer: &Viewer, action: UserAction) -> Result<UserDone, Refusal> {
        let ctx = &self.ctx;
        let done = match action {
            UserAction::Create { name, rights } => {
                let code = command::invite_operator(ctx, viewer, &name, rights).await?;
                self.with_link(name.trim().to_owned(), &code)
            }
            UserAction::SetRights { id, seen, rights } => {
                command::set_rights(ctx, viewer, id, &seen, &rights).await?
            }
            UserAction::ResetPassword { id } => {
                let (name, code) = command::reset_password(ctx, viewer, id).await?;
                self.with_link(name, &code)
            }
            UserAction::Disable { id, reason } => {
                command::disable_operator(ctx, viewer, id, &reason).await?
            }
            UserAction::Enable { id } => command::enable_operator(ctx, viewer, id).await?,
        };
        tracing::info!(operator = viewer.name, user = done.name, "changed a user");
        Ok(done)
    }

    async fn sessions(&self, viewer: &Viewer) -> Result<SessionsPage, Refusal> {
        query::sessions(&self.ctx, viewer).await
    }

    async fn account(&self, viewer: &Viewer) -> Result<AccountPage, Refusal> {
        query::account(&self.ctx, viewer).await
    }

    async fn change_password(
        &self,
        viewer: &Viewer,
        current: String,
        new: String,
    ) -> Result<(), Refusal> {
        in_person(viewer)?;
        acceptable(&new)?;
        let seen = query::password_hash(&self.ctx, &viewer.name).await;
        let seen = seen.map_err(|error| self.ctx.unavailable(&error))?;
        if let Some(hash) = seen.clone() {
            self.limits.own_password.take(viewer.id, self.ctx.clock.uptime())?;
            if !self.hashing(move || password::verify(&current, Some(&hash))).await? {
                return Err(Refusal::invalid("current", "is wrong"));
            }
            self.limits.own_password.give_back(&viewer.id);
        }
        let mut salt = [0; password::SALT];
        self.ctx.random.fill(&mut salt);
        let hash = self.hashing(move || password::hash(&new, &salt)).await?;
        let hash = hash.map_err(|_| Refusal::invalid("new", "cannot be hashed"))?;
        command::change_password(&self.ctx, viewer, seen.as_deref(), &hash).await?;
        tracing::info!(operator = viewer.name, "changed their password");
        Ok(())
    }

    async fn end_session(&self, viewer: &Viewer, id: SessionId) -> Result<bool, Refusal> {
        command::end_session(&self.ctx, viewer, id).await
    }

    async fn end_other_sessions(&self, viewer: &Viewer) -> Result<u32, Refusal> {
        command::end_other_sessions(&self.ctx, viewer).await
    }

    async fn create_key(&self, viewer: &Viewer, new: NewKey) -> Result<KeyMade, Refusal> {
        let made = command::create_key(&self.ctx, viewer, &new).await?;
        tracing::info!(operator = viewer.name, "created an API key");
        let (secret, expires_at) = (key::shown(&made.secret), made.expires_at);
        Ok(KeyMade { name: new.name.trim().to_owned(), secret, expires_at })
    }

    async fn revoke_key(&self, viewer: &Viewer, id: KeyId) -> Result<bool, Refusal> {
        command::revoke_key(&self.ctx, viewer, id).await
    }

    async fn settings(&self, viewer: &Viewer) -> Result<SettingsPage, Refusal> {
        query::settings(&self.ctx, viewer).await
    }

    async fn set_settings(&self, viewer: &Viewer, settings: Settings) -> Result<bool, Refusal> {
        command::set_settings(&self.ctx, viewer, settings).await
    }
}

/// A password that is neither too short nor too long.
fn acceptable(password: &str) -> Result<(), Refusal> {
    if password.chars().count() < password::MIN || password.len() > password::MAX {
        let (least, most) = (password::MIN, password::MAX);
        let problem = format!("expected at least {least} characters and at most {most} bytes");
        return Err(Refusal::invalid("new", problem));
    }
    Ok(())
}

impl AppState {
    /// The answer with a sign-in link: the code stands in the fragment, which browsers do not send.
    fn with_link(&self, name: String, code: &Code) -> UserDone {
        let site = self.site.public_url.as_deref().unwrap_or_default();
        let address = format!("{site}/sign-in/link#{}", to_hex(&code.secret));
        let link = SignInLink { address, expires_at: code.expires_at };
        UserDone { name, changed: true, link: Some(link) }
    }

    /// Computes with passwords, a few at a time, on a thread that serves no requests.
    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let place = self.limits.passwords.clone().acquire_owned().await.ok();
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|error| {
            tracing::error!(%error, "hashing a password broke off");
            Refusal::Unavailable { trace: "password".to_owned() }
        })
    }
}
