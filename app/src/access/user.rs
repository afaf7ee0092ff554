//! One user: what they may do where, and what can be done with them.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::view::{Named, UserRow};

use super::rights::{RightsFields, in_words};
use crate::component::{Moment, Relative, access, access_phrase, language};
use crate::configuration::ReasonInput;
use crate::frame::SessionHandle;
use crate::text::{self, AccessPhrase, AccessWord};

/// A row of the table.
#[component]
pub(super) fn User(user: UserRow, datacenters: Vec<Named<DatacenterId>>) -> impl IntoView {
    let own = SessionHandle::use_here().viewer().is_some_and(|viewer| viewer.id == user.id);
    let roles = in_words(&user.rights, &datacenters);
    let state = state(&user);
    let (name, mark) = (user.name.clone(), user.name.clone());
    let UserRow { sessions, last_used_at, .. } = user;
    let count = text::number(language(), sessions.into());
    view! {
        <tr data-user=mark>
            <th scope="row">
                <bdi>{name}</bdi>
                {own.then(|| view! { " "<span class="token">{access(AccessWord::You)}</span> })}
            </th>
            <td><bdi>{roles}</bdi></td>
            <td>{state}</td>
            <td class="number">{count}</td>
            <td>
                {match last_used_at {
                    Some(at) => view! { <Relative at /> }.into_any(),
                    None => view! { <span class="dim">{access(AccessWord::Never)}</span> }.into_any(),
                }}
            </td>
            <td><Forms user datacenters own /></td>
        </tr>
    }
    .into_any()
}

fn state(user: &UserRow) -> AnyView {
    if let Some(by) = user.disabled.clone() {
        return view! {
            <span class="badge bad">{access(AccessWord::Disabled)}</span>
            <small><bdi>{by.name}</bdi>" "<Moment at=by.at /></small>
        }
        .into_any();
    }
    let word = match (user.has_password, user.link_until) {
        (_, Some(_)) => AccessWord::LinkWaits,
        (true, None) => AccessWord::Active,
        (false, None) => AccessWord::NoPassword,
    };
    access(word).into_any()
}

#[component]
fn Forms(user: UserRow, datacenters: Vec<Named<DatacenterId>>, own: bool) -> impl IntoView {
    let id = user.id.to_string();
    if user.disabled.is_some() {
        return view! {
            <form method="post" action="/api/ui/change-user">
                <input type="hidden" name="action" value="enable" />
                <input type="hidden" name="id" value=id />
                <button type="submit">{access(AccessWord::Enable)}</button>
            </form>
        }
        .into_any();
    }
    // Rights are ids and codes: they always have a JSON form.
    let seen = serde_json::to_string(&user.rights).unwrap_or_default();
    let legend = access_phrase(AccessPhrase::RolesOf { name: &user.name });
    view! {
        <details class="fold">
            <summary>{access(AccessWord::ChangeRoles)}</summary>
            <form method="post" action="/api/ui/change-user" class="stack" aria-label=legend>
                <input type="hidden" name="action" value="set-rights" />
                <input type="hidden" name="id" value=id.clone() />
                <input type="hidden" name="seen" value=seen />
                <RightsFields rights=user.rights datacenters />
                <div class="buttons">
                    <button type="submit" class="primary">{access(AccessWord::Save)}</button>
                </div>
            </form>
        </details>
        <details class="fold">
            <summary>{access(AccessWord::ResetPassword)}</summary>
            <form method="post" action="/api/ui/change-user" class="stack">
                <input type="hidden" name="action" value="reset-password" />
                <input type="hidden" name="id" value=id.clone() />
                <p class="hint">{access(AccessWord::ResetPasswordHint)}</p>
                <div class="buttons">
                    <button type="submit" class="danger">
                        {access(AccessWord::ResetPassword).trim_end_matches('…')}
                    </button>
                </div>
            </form>
        </details>
        {(!own).then(|| view! {
            <details class="fold">
                <summary>{access(AccessWord::Disable)}</summary>
                <form method="post" action="/api/ui/change-user" class="stack">
                    <input type="hidden" name="action" value="disable" />
                    <input type="hidden" name="id" value=id />
                    <p class="hint">{access(AccessWord::DisableHint)}</p>
                    <ReasonInput form="disable" />
                    <div class="buttons">
                        <button type="submit" class="danger">
                            {access(AccessWord::Disable).trim_end_matches('…')}
                        </button>
                    </div>
                </form>
            </details>
        })}
    }
    .into_any()
}
