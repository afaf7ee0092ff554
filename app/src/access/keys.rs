//! One's own API keys.

use leptos::prelude::*;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AccountPage, KeyRow, NewKey};

use crate::component::{Moment, Relative, access, language};
use crate::frame::SessionHandle;
use crate::text::{self, AccessWord};

/// The keys, and the form for another one.
#[component]
pub(super) fn Keys(page: AccountPage) -> impl IntoView {
    let strongest = page.rights.strongest();
    let now = page.now;
    let rows = page.keys.clone();
    let table = if rows.is_empty() {
        view! { <p class="dim">{access(AccessWord::NoKeys)}</p> }.into_any()
    } else {
        view! { <Table rows now /> }.into_any()
    };
    view! {
        <section class="card" id="keys-card">
            <h2>{access(AccessWord::Keys)}</h2>
            <p class="dim">{access(AccessWord::KeysIntro)}</p>
            {table}
            {strongest.map(|strongest| view! { <NewKeyForm page strongest /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Table(rows: Vec<KeyRow>, now: Timestamp) -> impl IntoView {
    let columns = [
        AccessWord::Name,
        AccessWord::KeyRole,
        AccessWord::KeyWhere,
        AccessWord::Expires,
        AccessWord::LastUsed,
        AccessWord::Actions,
    ];
    view! {
        <div class="table-region" role="region" aria-label=access(AccessWord::Keys) tabindex="0">
            <table class="api-keys">
                <thead>
                    <tr>{columns.map(|word| view! { <th scope="col">{access(word)}</th> })}</tr>
                </thead>
                <tbody>
                    {rows.into_iter().map(|row| view! { <Row row now /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: KeyRow, now: Timestamp) -> impl IntoView {
    let KeyRow { id, name, role, datacenters, expires_at, last_used_at, .. } = row;
    let places = match datacenters {
        None => access(AccessWord::AllOfYours).to_owned(),
        Some(places) if places.is_empty() => access(AccessWord::NoRole).to_owned(),
        Some(places) => places.into_iter().map(|place| place.name).collect::<Vec<_>>().join(", "),
    };
    let expired = expires_at <= now;
    let mark = name.clone();
    view! {
        <tr data-key=mark>
            <th scope="row"><bdi>{name}</bdi></th>
            <td>{text::role(language(), role)}</td>
            <td><bdi>{places}</bdi></td>
            <td>
                <Moment at=expires_at />
                {expired.then(|| view! { " "<span class="token">{access(AccessWord::Expired)}</span> })}
            </td>
            <td>
                {match last_used_at {
                    Some(at) => view! { <Relative at /> }.into_any(),
                    None => view! { <span class="dim">{access(AccessWord::Never)}</span> }.into_any(),
                }}
            </td>
            <td>
                <form method="post" action="/api/ui/revoke-key">
                    <input type="hidden" name="id" value=id.to_string() />
                    <button type="submit" class="danger">{access(AccessWord::Revoke)}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn NewKeyForm(page: AccountPage, strongest: Role) -> impl IntoView {
    let session = SessionHandle::use_here();
    let typed = session.typed("key", "name");
    let open = typed.is_some();
    let days = session.typed("key", "days").unwrap_or_else(|| NewKey::DAYS.to_string());
    let roles = Role::ALL.into_iter().filter(|role| *role <= strongest).map(|role| {
        view! { <option value=role.code()>{text::role(language(), role)}</option> }
    });
    let places = page.datacenters.into_iter().map(|one| {
        view! {
            <label class="tick">
                <input type="checkbox" name="datacenters[]" value=one.id.to_string() />
                <bdi>{one.name}</bdi>
            </label>
        }
    });
    view! {
        <details class="fold" open=open id="new-key">
            <summary>{access(AccessWord::NewKey)}</summary>
            <form method="post" action="/api/ui/create-key" class="stack">
                <label>
                    <span>{access(AccessWord::Name)}</span>
                    <input
                        type="text"
                        name="name"
                        value=typed.unwrap_or_default()
                        required
                        maxlength=NewKey::MAX_NAME.to_string()
                        autocomplete="off"
                    />
                </label>
                <label>
                    <span>{access(AccessWord::KeyRole)}</span>
                    <select name="role">{roles.collect_view()}</select>
                </label>
                <fieldset>
                    <legend>{access(AccessWord::KeyWhere)}</legend>
                    {places.collect_view()}
                    <small class="hint">{access(AccessWord::KeyWhereHint)}</small>
                </fieldset>
                <label>
                    <span>{access(AccessWord::KeyDays)}</span>
                    <input
                        type="number"
                        name="days"
                        value=days
                        min="1"
                        max=NewKey::MOST_DAYS.to_string()
                        required
                    />
                </label>
                <div class="buttons">
                    <button type="submit" class="primary">{access(AccessWord::CreateKey)}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
