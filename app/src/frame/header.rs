//! The header: the product, the stream's state, keys, language, colours, and who is signed in.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::view::Viewer;

use super::SessionHandle;
use crate::api::ChooseTheme;
use crate::browser;
use crate::component::{LanguageForm, language, say, tell};
use crate::live::{Connection, LiveState};
use crate::text::{self, Phrase, Ui};
use crate::theme::Theme;

/// The bar at the top.
#[component]
pub(super) fn Header(viewer: Viewer) -> impl IntoView {
    let role = text::role(language(), viewer.role);
    let signed_in = tell(&Phrase::SignedInAs { name: &viewer.name, role });
    view! {
        <header class="top">
            <button type="button" class="menu quiet" popovertarget="tree" aria-label=say(Ui::OpenMenu)>
                <span aria-hidden="true">"☰"</span>
            </button>
            <a class="product" href="/">
                <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
                    <path d="M8 1 2 3.2v4.3c0 3.6 2.5 6.2 6 7.5 3.5-1.3 6-3.9 6-7.5V3.2z" />
                    <path class="tick" d="m5 8 2.2 2.2L11.2 6" />
                </svg>
                {say(Ui::ProductName)}
            </a>
            <div class="right">
                <ConnectionState />
                <button id="keys-button" type="button" class="quiet" popovertarget="keys" title=say(Ui::Keys)>
                    <span aria-hidden="true">"?"</span>
                    <span class="hidden">{say(Ui::Keys)}</span>
                </button>
                <button type="button" class="quiet" popovertarget="languages" title=say(Ui::Language)>
                    <span aria-hidden="true">{language().code()}</span>
                    <span class="hidden">{say(Ui::Language)}</span>
                </button>
                <ThemeForm />
                <span class="who"><bdi>{signed_in}</bdi></span>
                <form method="post" action="/sign-out">
                    <button type="submit" class="quiet">{say(Ui::SignOut)}</button>
                </form>
            </div>
            <Keys />
            <div id="languages" popover="auto">
                <LanguageForm />
            </div>
        </header>
    }
    .into_any()
}

/// Live, connecting, or not live and why that matters.
#[component]
fn ConnectionState() -> impl IntoView {
    let state = use_context::<LiveState>().map(|state| state.0);
    let now = move || state.map(|state| state.get()).unwrap_or_default();
    let class = move || match now() {
        Connection::Live => "live on",
        Connection::Connecting => "live wait",
        Connection::Lost => "live lost",
        Connection::Off => "live off",
    };
    let words = move || match now() {
        Connection::Live => Ui::LiveConnected,
        Connection::Connecting => Ui::LiveConnecting,
        Connection::Lost => Ui::LiveReconnecting,
        Connection::Off => Ui::LiveNone,
    };
    let meaning = move || match now() {
        Connection::Live => Ui::LiveConnected,
        Connection::Connecting => Ui::LiveConnecting,
        Connection::Lost => Ui::LiveLost,
        Connection::Off => Ui::LiveOff,
    };
    view! {
        <span class=class role="status" title=move || say(meaning())>
            <span class="dot" aria-hidden="true"></span>
            {move || say(words())}
        </span>
    }
}

/// The switch of the colours: a plain form, so that it works at once.
#[component]
fn ThemeForm() -> impl IntoView {
    let session = SessionHandle::use_here();
    let choose = ServerAction::<ChooseTheme>::new();
    let chosen = choose.value();
    Effect::new(move |_| {
        if let Some(Ok(theme)) = chosen.get() {
            session.set_theme(theme);
            browser::show_theme(theme.code());
        }
    });
    let button = move |theme: Theme| {
        let (sign, word) = match theme {
            Theme::Auto => ("◐", Ui::ThemeSystem),
            Theme::Light => ("☀", Ui::ThemeLight),
            Theme::Dark => ("☾", Ui::ThemeDark),
        };
        view! {
            <button
                type="submit"
                name="theme"
                value=theme.code()
                title=say(word)
                aria-pressed=move || (session.theme() == theme).to_string()
            >
                <span aria-hidden="true">{sign}</span>
                <span class="hidden">{say(word)}</span>
            </button>
        }
    };
    view! {
        <PostForm action=choose attr:class="theme" attr:aria-label=say(Ui::Theme)>
            {Theme::ALL.map(button).collect_view()}
        </PostForm>
    }
    .into_any()
}

/// The keys, in a sheet that the browser opens and closes.
#[component]
fn Keys() -> impl IntoView {
    let keys = [
        ("/", Ui::KeySearch),
        ("j", Ui::KeyDown),
        ("k", Ui::KeyUp),
        ("Enter", Ui::KeyOpen),
        ("a", Ui::KeyAcknowledge),
        ("v", Ui::KeyVerify),
        ("r", Ui::KeyReset),
        ("?", Ui::KeyHelp),
        ("Esc", Ui::KeyEscape),
    ];
    view! {
        <section id="keys" class="keys" popover="auto" aria-label=say(Ui::Keys)>
            <h2>{say(Ui::Keys)}</h2>
            <dl>
                {keys
                    .map(|(key, word)| view! {
                        <div><dt><kbd>{key}</kbd></dt><dd>{say(word)}</dd></div>
                    })
                    .collect_view()}
            </dl>
        </section>
    }
    .into_any()
}
