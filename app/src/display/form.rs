//! The switches: plain forms, so that they work at once.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;

use super::{ChooseDisplay, Density, Shortcuts, Theme};
use crate::browser;
use crate::component::{front, say};
use crate::frame::SessionHandle;
use crate::text::{FrontWord, Ui};

/// An action that shows what was chosen at once.
fn choosing(session: SessionHandle) -> ServerAction<ChooseDisplay> {
    let choose = ServerAction::<ChooseDisplay>::new();
    let chosen = choose.value();
    Effect::new(move |_| {
        if let Some(Ok(display)) = chosen.get() {
            session.set_display(display);
            browser::show_display(display);
        }
    });
    choose
}

/// Colours and the height of rows.
#[component]
pub(crate) fn DisplayForms() -> impl IntoView {
    let session = SessionHandle::use_here();
    let choose = choosing(session);
    let theme = move |theme: Theme| {
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
                aria-pressed=move || (session.display().theme == theme).to_string()
            >
                <span aria-hidden="true">{sign}</span>
                <span class="hidden">{say(word)}</span>
            </button>
        }
    };
    let density = move |density: Density| {
        let (sign, word) = match density {
            Density::Comfortable => ("☰", FrontWord::Comfortable),
            Density::Compact => ("≣", FrontWord::Compact),
        };
        view! {
            <button
                type="submit"
                name="density"
                value=density.code()
                title=front(word)
                aria-pressed=move || (session.display().density == density).to_string()
            >
                <span aria-hidden="true">{sign}</span>
                <span class="hidden">{front(word)}</span>
            </button>
        }
    };
    view! {
        <PostForm action=choose attr:class="switch theme" attr:aria-label=say(Ui::Theme)>
            {Theme::ALL.iter().copied().map(theme).collect_view()}
        </PostForm>
        <PostForm action=choose attr:class="switch density" attr:aria-label=front(FrontWord::Density)>
            {Density::ALL.iter().copied().map(density).collect_view()}
        </PostForm>
    }
    .into_any()
}

/// Switches the shortcuts off, and on again.
#[component]
pub(crate) fn ShortcutForm() -> impl IntoView {
    let session = SessionHandle::use_here();
    let choose = choosing(session);
    let off = move || session.display().shortcuts == Shortcuts::Off;
    view! {
        <PostForm action=choose attr:class="shortcuts">
            <button
                type="submit"
                name="shortcuts"
                value=move || if off() { Shortcuts::On.code() } else { Shortcuts::Off.code() }
            >
                {move || {
                    front(if off() { FrontWord::KeysSwitchOn } else { FrontWord::KeysSwitchOff })
                }}
            </button>
            <p role="status" class="dim">{move || off().then(|| front(FrontWord::KeysAreOff))}</p>
        </PostForm>
    }
    .into_any()
}
