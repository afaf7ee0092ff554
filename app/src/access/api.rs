//! Server functions of these pages. Flat texts, because plain forms post them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use trustboard_model::id::{DatacenterId, KeyId, OperatorId, SessionId};
use trustboard_model::view::{AccountPage, SessionsPage, SettingsPage, UsersPage};

use super::AccessDone;
use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use self::server::{leave, user_action};
#[cfg(feature = "ssr")]
use super::{Did, Shown};
#[cfg(feature = "ssr")]
use crate::backend::{AccessHandle, ask_of};

/// Every user.
#[server(prefix = "/api/ui", endpoint = "users", input = PostText, output = PostText)]
pub async fn read_users() -> Result<UsersPage, Failure> {
    ask_of(|AccessHandle(backend), viewer| async move { backend.users(&viewer).await }).await
}

/// One's own account.
#[server(prefix = "/api/ui", endpoint = "account", input = PostText, output = PostText)]
pub async fn read_account() -> Result<AccountPage, Failure> {
    ask_of(|AccessHandle(backend), viewer| async move { backend.account(&viewer).await }).await
}

/// Every session.
#[server(prefix = "/api/ui", endpoint = "sessions", input = PostText, output = PostText)]
pub async fn read_sessions() -> Result<SessionsPage, Failure> {
    ask_of(|AccessHandle(backend), viewer| async move { backend.sessions(&viewer).await }).await
}

/// What is set for the whole server.
#[server(prefix = "/api/ui", endpoint = "settings", input = PostText, output = PostText)]
pub async fn read_settings() -> Result<SettingsPage, Failure> {
    ask_of(|AccessHandle(backend), viewer| async move { backend.settings(&viewer).await }).await
}

/// Does something with a user.
#[server(prefix = "/api/ui", endpoint = "change-user", output = PostText)]
pub async fn change_user(
    /// The action's code.
    action: String,
    /// Who; nobody yet, if one is made.
    id: Option<OperatorId>,
    /// A new one's name.
    #[server(default)]
    name: String,
    /// The code of the role everywhere; empty for none.
    #[server(default)]
    everywhere: String,
    /// The codes of the roles by datacenter; empty ones for none.
    #[server(default)]
    roles: BTreeMap<String, String>,
    /// The rights that the page showed, in JSON.
    #[server(default)]
    seen: String,
    /// Why.
    #[server(default)]
    reason: String,
) -> Result<AccessDone, Failure> {
    let typed = vec![("name".to_owned(), name.clone()), ("reason".to_owned(), reason.clone())];
    let asked = user_action(&action, id, name, &everywhere, &roles, &seen, &reason);
    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        let (did, asked) = asked?;
        let done = backend.change_user(&viewer, asked).await?;
        let shown = done.link.map(|link| Shown {
            name: done.name,
            text: server::whole(&link.address),
            until: link.expires_at,
        });
        Ok(AccessDone { did: if done.changed { did } else { Did::Nothing }, shown })
    })
    .await;
    leave(&action, typed, &answer);
    answer
}

/// Changes one's own password.
#[server(prefix = "/api/ui", endpoint = "change-password", output = PostText)]
pub async fn change_password(
    /// The current one.
    #[server(default)]
    current: String,
    /// The new one.
    new: String,
    /// The new one again.
    again: String,
) -> Result<AccessDone, Failure> {
    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        if new != again {
            let problem = "differs from the new password";
            return Err(trustboard_model::refusal::Refusal::invalid("again", problem));
        }
        backend.change_password(&viewer, current, new).await?;
        Ok(Did::Password.into())
    })
    .await;
    leave("password", Vec::new(), &answer);
    answer
}

/// Ends a session; without one all own others.
#[server(prefix = "/api/ui", endpoint = "end-session", output = PostText)]
pub async fn end_session(
    /// Which.
    id: Option<SessionId>,
) -> Result<AccessDone, Failure> {
    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        let ended = match id {
            Some(id) => backend.end_session(&viewer, id).await?,
            None => backend.end_other_sessions(&viewer).await? > 0,
        };
        Ok(if ended { Did::Ended } else { Did::Nothing }.into())
    })
    .await;
    leave("sessions", Vec::new(), &answer);
    answer
}

/// Makes an API key.
#[server(prefix = "/api/ui", endpoint = "create-key", output = PostText)]
pub async fn create_key(
    /// Its name.
    name: String,
    /// The code of the role that it has at most.
    role: String,
    /// Its datacenters; all of its owner's without any.
    #[server(default)]
    datacenters: Vec<DatacenterId>,
    /// For how many days.
    days: String,
) -> Result<AccessDone, Failure> {
    use trustboard_model::refusal::Refusal;
    use trustboard_model::role::Role;
    use trustboard_model::view::NewKey;

    let typed = vec![("name".to_owned(), name.clone()), ("days".to_owned(), days.clone())];
    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        let role = Role::from_code(&role)
            .ok_or_else(|| Refusal::invalid("role", "there is no such role"))?;
        let days = days
            .trim()
            .parse()
            .map_err(|_| Refusal::invalid("days", "expected a whole number of days"))?;
        let datacenters = (!datacenters.is_empty()).then_some(datacenters);
        let new = NewKey { name, role, datacenters, days };
        let made = backend.create_key(&viewer, new).await?;
        let shown = Shown { name: made.name, text: made.secret, until: made.expires_at };
        Ok(AccessDone { did: Did::KeyMade, shown: Some(shown) })
    })
    .await;
    leave("key", typed, &answer);
    answer
}

/// Revokes an API key.
#[server(prefix = "/api/ui", endpoint = "revoke-key", output = PostText)]
pub async fn revoke_key(
    /// Which.
    id: KeyId,
) -> Result<AccessDone, Failure> {
    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        let revoked = backend.revoke_key(&viewer, id).await?;
        Ok(if revoked { Did::Revoked } else { Did::Nothing }.into())
    })
    .await;
    leave("keys", Vec::new(), &answer);
    answer
}

/// Sets what holds for the whole server. A box that is not ticked is not sent.
#[server(prefix = "/api/ui", endpoint = "set-settings", output = PostText)]
pub async fn set_settings(
    /// Whether approvals take two people.
    #[server(default)]
    two_person_approvals: bool,
    /// Whether resets of uncleared alarms take two people.
    #[server(default)]
    two_person_resets: bool,
) -> Result<AccessDone, Failure> {
    use trustboard_model::view::Settings;

    let answer = ask_of(|AccessHandle(backend), viewer| async move {
        let settings = Settings { two_person_approvals, two_person_resets };
        let changed = backend.set_settings(&viewer, settings).await?;
        Ok(if changed { Did::Settings } else { Did::Nothing }.into())
    })
    .await;
    leave("settings", Vec::new(), &answer);
    answer
}

#[cfg(feature = "ssr")]
mod server {
    use std::collections::BTreeMap;

    use axum::http::header::ORIGIN;
    use axum::http::request::Parts;
    use leptos::prelude::use_context;
    use trustboard_model::id::OperatorId;
    use trustboard_model::refusal::Refusal;
    use trustboard_model::rights::Rights;
    use trustboard_model::role::Role;
    use trustboard_model::view::UserAction;

    use super::super::{AccessDone, Did};
    use crate::change::{self, Change, Changed};
    use crate::failure::Failure;

    /// Leaves the outcome on the page that the form stood on.
    pub(super) fn leave(
        form: &str,
        typed: Vec<(String, String)>,
        answer: &Result<AccessDone, Failure>,
    ) {
        let typed = if answer.is_err() { typed } else { Vec::new() };
        let outcome = answer.clone().map(Changed::Access);
        change::leave(&Change { form: form.to_owned(), typed, outcome }, None);
    }

    /// An address with the site's own beginning, as the browser calls it.
    pub(super) fn whole(address: &str) -> String {
        if !address.starts_with('/') {
            return address.to_owned();
        }
        let parts = use_context::<Parts>();
        let origin = parts.as_ref().and_then(|parts| parts.headers.get(ORIGIN)?.to_str().ok());
        format!("{}{address}", origin.unwrap_or_default())
    }

    /// What the fields of a form ask for.
    pub(super) fn user_action(
        code: &str,
        id: Option<OperatorId>,
        name: String,
        everywhere: &str,
        roles: &BTreeMap<String, String>,
        seen: &str,
        reason: &str,
    ) -> Result<(Did, UserAction), Refusal> {
        let whom = || id.ok_or_else(|| Refusal::not_found("operator"));
        Ok(match code {
            "create" => {
                let rights = rights(everywhere, roles)?;
                (Did::Created, UserAction::Create { name, rights })
            }
            "set-rights" => {
                let unreadable = |_| Refusal::invalid("seen", "cannot be read");
                let seen = serde_json::from_str(seen).map_err(unreadable)?;
                let rights = rights(everywhere, roles)?;
                (Did::Roles, UserAction::SetRights { id: whom()?, seen, rights })
            }
            "reset-password" => (Did::PasswordReset, UserAction::ResetPassword { id: whom()? }),
            "disable" => {
                let reason = reason.trim().to_owned();
                (Did::Disabled, UserAction::Disable { id: whom()?, reason })
            }
            "enable" => (Did::Enabled, UserAction::Enable { id: whom()? }),
            _ => return Err(Refusal::invalid("action", "there is no such action")),
        })
    }

    fn rights(everywhere: &str, roles: &BTreeMap<String, String>) -> Result<Rights, Refusal> {
        let role = |field: &str, code: &str| match code {
            "" => Ok(None),
            code => Role::from_code(code)
                .map(Some)
                .ok_or_else(|| Refusal::invalid(field, "there is no such role")),
        };
        let mut rights =
            Rights { everywhere: role("everywhere", everywhere)?, ..Rights::default() };
        for (id, code) in roles {
            if let Some(role) = role("roles", code)? {
                let id = id.parse().map_err(|_| Refusal::not_found("datacenter"))?;
                rights.datacenters.insert(id, role);
            }
        }
        Ok(rights)
    }

    #[cfg(test)]
    mod tests {
        use trustboard_model::id::DatacenterId;

        use super::*;

        #[test]
        fn fields_are_read_as_rights_and_what_is_none_is_refused_by_name() {
            let berlin = DatacenterId::from_random([1; 16]);
            let roles = |code: &str| BTreeMap::from([(berlin.to_string(), code.to_owned())]);
            let read = rights("viewer", &roles("approver")).unwrap();
            assert_eq!(read.role_in(berlin), Some(Role::Approver));
            assert_eq!(rights("", &roles("")).unwrap(), Rights::default());
            for (everywhere, roles, field) in
                [("god", roles(""), "everywhere"), ("", roles("god"), "roles")]
            {
                let Err(Refusal::Invalid { field: named, .. }) = rights(everywhere, &roles) else {
                    panic!("{everywhere} was accepted")
                };
                assert_eq!(named, field);
            }
            let unknown = BTreeMap::from([("17".to_owned(), "viewer".to_owned())]);
            assert_eq!(rights("", &unknown), Err(Refusal::not_found("datacenter")));
        }

        #[test]
        fn an_action_needs_its_user_and_is_one_that_is_known() {
            let none = BTreeMap::new();
            let asked = |code| user_action(code, None, String::new(), "", &none, "?", "");
            assert!(asked("create").is_ok());
            for code in ["reset-password", "disable", "enable"] {
                assert_eq!(asked(code), Err(Refusal::not_found("operator")), "{code}");
            }
            for code in ["set-rights", "explode"] {
                assert!(matches!(asked(code), Err(Refusal::Invalid { .. })), "{code}");
            }
        }
    }
}
