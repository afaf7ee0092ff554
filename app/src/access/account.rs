//! One's own account: roles, password, language, sessions, API keys.

use leptos::prelude::*;
use trustboard_model::view::AccountPage;

use super::api::read_account;
use super::keys::Keys;
use super::outcome::Outcome;
use super::rights::in_words;
use super::sessions::SessionTable;
use crate::component::{Clock, LanguageForm, Loaded, access, say};
use crate::frame::{Heading, follow};
use crate::text::{AccessWord, Ui};

/// The page.
#[component]
pub(crate) fn AccountScreen() -> impl IntoView {
    let page = Loaded::of(Resource::new(|| (), |()| read_account()));
    follow(move || page.read_again());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=access(AccessWord::Account).to_owned() parents>""</Heading>
        <Outcome />
        {page.whole(|page| view! { <Content page /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Content(page: AccountPage) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let roles = in_words(&page.rights, &page.datacenters);
    let nowhere = page.rights.strongest().is_none();
    let others = page.sessions.len() > 1;
    view! {
        <div class="access">
            <section class="card">
                <dl class="facts">
                    <div><dt>{access(AccessWord::Name)}</dt><dd><bdi>{page.name.clone()}</bdi></dd></div>
                    <div><dt>{access(AccessWord::YourRoles)}</dt><dd><bdi>{roles}</bdi></dd></div>
                </dl>
                {nowhere.then(|| view! { <p>{access(AccessWord::NoRights)}</p> })}
            </section>
            <PasswordForm has_password=page.has_password name=page.name.clone() />
            <section class="card" id="language">
                <h2>{access(AccessWord::Language)}</h2>
                <LanguageForm />
                <p class="hint">{access(AccessWord::LanguageHint)}</p>
            </section>
            <section class="card" id="sessions">
                <h2>{access(AccessWord::YourSessions)}</h2>
                <SessionTable sessions=page.sessions.clone() named=false />
                {others.then(|| view! {
                    <form method="post" action="/api/ui/end-session" class="buttons">
                        <button type="submit">{access(AccessWord::EndOthers)}</button>
                    </form>
                })}
            </section>
            <Keys page />
        </div>
    }
    .into_any()
}

#[component]
fn PasswordForm(has_password: bool, name: String) -> impl IntoView {
    let field = |field: &'static str, word: AccessWord, complete: &'static str| {
        view! {
            <label>
                <span>{access(word)}</span>
                <input type="password" name=field required maxlength="1024" autocomplete=complete />
            </label>
        }
    };
    let current =
        has_password.then(|| field("current", AccessWord::CurrentPassword, "current-password"));
    view! {
        <section class="card" id="password">
            <h2>{access(AccessWord::Password)}</h2>
            {(!has_password).then(|| view! { <p class="dim">{access(AccessWord::NoPasswordHint)}</p> })}
            <form method="post" action="/api/ui/change-password" class="stack">
                // Password managers keep what is typed under this name.
                <input type="hidden" name="username" value=name autocomplete="username" />
                {current}
                {field("new", AccessWord::NewPassword, "new-password")}
                {field("again", AccessWord::RepeatPassword, "new-password")}
                <small class="hint">{access(AccessWord::PasswordHint)}</small>
                <div class="buttons">
                    <button type="submit" class="primary">{access(AccessWord::ChangePassword)}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
