//! What administrators set for the whole server.

use leptos::prelude::*;
use trustboard_model::view::SettingsPage;

use super::api::read_settings;
use super::outcome::Outcome;
use crate::component::{Loaded, access, language, say};
use crate::frame::{Heading, follow};
use crate::text::{self, AccessWord, Ui};

/// The page.
#[component]
pub(crate) fn SettingsScreen() -> impl IntoView {
    let page = Loaded::of(Resource::new(|| (), |()| read_settings()));
    follow(move || page.read_again());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=access(AccessWord::Settings).to_owned() parents>""</Heading>
        <p class="dim">{access(AccessWord::SettingsIntro)}</p>
        <Outcome />
        {page.whole(|page| view! { <Content page /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Content(page: SettingsPage) -> impl IntoView {
    let settings = page.settings;
    let tick = |name: &'static str, on: bool, word: AccessWord, hint: AccessWord| {
        view! {
            <label class="tick">
                <input type="checkbox" name=name value="true" checked=on />
                <span>{access(word)}</span>
            </label>
            <p class="hint">{access(hint)}</p>
        }
    };
    let count = |count: u32| text::number(language(), count.into());
    view! {
        <section class="card" id="two-persons">
            <h2>{access(AccessWord::TwoPersons)}</h2>
            <form method="post" action="/api/ui/set-settings" class="stack">
                {tick(
                    "two_person_approvals",
                    settings.two_person_approvals,
                    AccessWord::TwoApprovals,
                    AccessWord::TwoApprovalsHint,
                )}
                {tick(
                    "two_person_resets",
                    settings.two_person_resets,
                    AccessWord::TwoResets,
                    AccessWord::TwoResetsHint,
                )}
                <div class="buttons">
                    <button type="submit" class="primary">{access(AccessWord::Save)}</button>
                </div>
            </form>
            <dl class="facts named">
                <div>
                    <dt>{access(AccessWord::WaitingApprovals)}</dt>
                    <dd>{count(page.approvals_awaited)}</dd>
                </div>
                <div>
                    <dt>{access(AccessWord::WaitingResets)}</dt>
                    <dd>{count(page.resets_asked)}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}
