//! Everybody who may sign in.

use leptos::prelude::*;
use trustboard_model::rights::Rights;
use trustboard_model::view::UsersPage;

use super::api::read_users;
use super::outcome::Outcome;
use super::rights::RightsFields;
use super::user::User;
use crate::component::{Clock, Loaded, access, say};
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{AccessWord, Ui};

/// The page.
#[component]
pub(crate) fn UsersScreen() -> impl IntoView {
    let page = Loaded::of(Resource::new(|| (), |()| read_users()));
    follow(move || page.read_again());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=access(AccessWord::Users).to_owned() parents>""</Heading>
        <p class="dim">{access(AccessWord::UsersIntro)}</p>
        <Outcome />
        {page.whole(|page| view! { <Content page /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Content(page: UsersPage) -> impl IntoView {
    let UsersPage { users, datacenters, now } = page;
    Clock::use_here().hear(now);
    let columns = [
        AccessWord::Name,
        AccessWord::Roles,
        AccessWord::State,
        AccessWord::SessionsCount,
        AccessWord::LastUsed,
        AccessWord::Actions,
    ];
    let offered = datacenters.clone();
    let rows = users
        .into_iter()
        .map(|user| view! { <User user datacenters=datacenters.clone() /> })
        .collect_view();
    view! {
        <div class="access">
            <section class="card">
                <div class="table-region" role="region" aria-label=access(AccessWord::Users) tabindex="0">
                    <table class="users">
                        <thead>
                            <tr>{columns.map(|word| view! { <th scope="col">{access(word)}</th> })}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            <NewUser datacenters=offered />
        </div>
    }
    .into_any()
}

#[component]
fn NewUser(
    datacenters: Vec<trustboard_model::view::Named<trustboard_model::id::DatacenterId>>,
) -> impl IntoView {
    let typed = SessionHandle::use_here().typed("create", "name").unwrap_or_default();
    view! {
        <section class="card" id="new-user">
            <h2>{access(AccessWord::NewUser)}</h2>
            <form method="post" action="/api/ui/change-user" class="stack">
                <input type="hidden" name="action" value="create" />
                <label>
                    <span>{access(AccessWord::Name)}</span>
                    <input type="text" name="name" value=typed required maxlength="64" autocomplete="off" />
                    <small class="hint">{access(AccessWord::NameHint)}</small>
                </label>
                <RightsFields rights=Rights::default() datacenters />
                <div class="buttons">
                    <button type="submit" class="primary">{access(AccessWord::CreateUser)}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
