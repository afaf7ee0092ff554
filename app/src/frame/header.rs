//! The header: the product, the stream's state, keys, language, colours, and who is signed in.

use leptos::prelude::*;
use trustboard_model::view::Viewer;

use super::connection::ConnectionState;
use crate::bulk::BulkIndicator;
use crate::component::{LanguageForm, access, front, language, say, tell};
use crate::display::DisplayForms;
use crate::keyboard::{self, Key, KeySheet};
use crate::text::{self, AccessWord, FrontWord, Phrase, Ui};

/// The bar at the top.
#[component]
pub(super) fn Header(viewer: Viewer) -> impl IntoView {
    let role = viewer.rights.strongest().map_or("–", |role| text::role(language(), role));
    let signed_in = tell(&Phrase::SignedInAs { name: &viewer.name, role });
    view! {
        <header class="top">
            <button type="button" class="menu quiet" popovertarget="tree" aria-label=say(Ui::OpenMenu)>
                <span aria-hidden="true">"☰"</span>
            </button>
            <a class="product" href="/" data-key=Key::Overview.strokes()>
                <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
                    <path d="M8 1 2 3.2v4.3c0 3.6 2.5 6.2 6 7.5 3.5-1.3 6-3.9 6-7.5V3.2z" />
                    <path class="tick" d="m5 8 2.2 2.2L11.2 6" />
                </svg>
                {say(Ui::ProductName)}
            </a>
            <div class="right">
                <BulkIndicator />
                <ConnectionState />
                <button type="button" class="quiet find-button" title=front(FrontWord::KeyFind) on:click=|_| keyboard::press(Key::Find)>
                    <span aria-hidden="true">"⌕"</span>
                    <span class="hidden">{front(FrontWord::KeyFind)}</span>
                </button>
                <button id="keys-button" type="button" class="quiet" popovertarget="keys" data-key=Key::Help.strokes() title=front(FrontWord::Keys)>
                    <span aria-hidden="true">"?"</span>
                    <span class="hidden">{front(FrontWord::Keys)}</span>
                </button>
                <button type="button" class="quiet" popovertarget="languages" title=say(Ui::Language)>
                    <span aria-hidden="true">{language().code()}</span>
                    <span class="hidden">{say(Ui::Language)}</span>
                </button>
                <DisplayForms />
                <a class="who" href="/account" title=access(AccessWord::Account)><bdi>{signed_in}</bdi></a>
                <form method="post" action="/sign-out">
                    <button type="submit" class="quiet">{say(Ui::SignOut)}</button>
                </form>
            </div>
            <KeySheet />
            <div id="languages" popover="auto">
                <LanguageForm />
            </div>
        </header>
    }
    .into_any()
}
