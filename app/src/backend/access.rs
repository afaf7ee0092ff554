//! Users, accounts, sessions, API keys and what is set for the whole server.

use async_trait::async_trait;
use trustboard_model::id::{KeyId, SessionId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    AccountPage, KeyMade, NewKey, SessionsPage, Settings, SettingsPage, UserAction, UserDone,
    UsersPage, Viewer,
};

/// Who may sign in, and what they may do where. Nothing of it can be done with an API key.
#[async_trait]
pub trait Access: Send + Sync {
    /// Every operator, for administrators.
    async fn users(&self, viewer: &Viewer) -> Result<UsersPage, Refusal>;

    /// Does something with an operator. The address of a link that is made may be a path on this
    /// server.
    async fn change_user(&self, viewer: &Viewer, action: UserAction) -> Result<UserDone, Refusal>;

    /// Every session, for administrators.
    async fn sessions(&self, viewer: &Viewer) -> Result<SessionsPage, Refusal>;

    /// The viewer's own account.
    async fn account(&self, viewer: &Viewer) -> Result<AccountPage, Refusal>;

    /// Changes the viewer's own password; the current one is asked for if there is one.
    async fn change_password(
        &self,
        viewer: &Viewer,
        current: String,
        new: String,
    ) -> Result<(), Refusal>;

    /// Ends a session: an own one, or an administrator anybody's. Gives whether there was one.
    async fn end_session(&self, viewer: &Viewer, id: SessionId) -> Result<bool, Refusal>;

    /// Ends the viewer's sessions but the one that they ask with. Gives how many.
    async fn end_other_sessions(&self, viewer: &Viewer) -> Result<u32, Refusal>;

    /// Makes an API key of the viewer.
    async fn create_key(&self, viewer: &Viewer, new: NewKey) -> Result<KeyMade, Refusal>;

    /// Revokes an API key of the viewer. Gives whether there was one.
    async fn revoke_key(&self, viewer: &Viewer, id: KeyId) -> Result<bool, Refusal>;

    /// What is set for the whole server, for administrators.
    async fn settings(&self, viewer: &Viewer) -> Result<SettingsPage, Refusal>;

    /// Sets it. Gives whether anything changed.
    async fn set_settings(&self, viewer: &Viewer, settings: Settings) -> Result<bool, Refusal>;
}
