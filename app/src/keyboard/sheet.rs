//! The sheet that `?` opens: every shortcut that something answers to on this page.

use leptos::prelude::*;

use super::key::Group;
use super::{Key, present};
use crate::component::front;
use crate::display::ShortcutForm;
use crate::served;
use crate::text::FrontWord;

/// The sheet. The browser opens and closes it; what it lists is looked up when it opens.
#[component]
pub(crate) fn KeySheet() -> impl IntoView {
    // A page that is not taken over lists all: its program hides those that nothing answers to.
    let all = if served::is_here() { Key::ALL.to_vec() } else { Vec::new() };
    let here = RwSignal::new(all);
    let group = move |group: Group, heading: FrontWord| {
        move || {
            let listed = |key: &Key| key.group() == group;
            let keys: Vec<Key> = here.with(|here| here.iter().copied().filter(listed).collect());
            (!keys.is_empty()).then(|| view! {
                <section>
                    <h3>{front(heading)}</h3>
                    <dl>
                        {keys.into_iter().map(|key| row(Some(key), strokes(key))).collect_view()}
                        {(group == Group::Everywhere).then(|| view! {
                            {row(None, view! { <kbd>"Esc"</kbd> }.into_any())}
                        })}
                    </dl>
                </section>
            })
        }
    };
    view! {
        <section
            id="keys"
            class="keys"
            popover="auto"
            aria-label=front(FrontWord::Keys)
            on:beforetoggle=move |_: leptos::ev::Event| here.set(present())
        >
            <header>
                <h2>{front(FrontWord::Keys)}</h2>
                <button
                    type="button"
                    class="quiet"
                    popovertarget="keys"
                    popovertargetaction="hide"
                    autofocus
                >
                    {front(FrontWord::Close)}
                </button>
            </header>
            <div class="groups">
                {group(Group::Page, FrontWord::KeysHere)}
                {group(Group::Go, FrontWord::KeysGo)}
                {group(Group::Everywhere, FrontWord::KeysEverywhere)}
            </div>
            <ShortcutForm />
        </section>
    }
    .into_any()
}

/// A line of a shortcut; of Esc, which is none.
fn row(key: Option<Key>, keys: AnyView) -> impl IntoView {
    let words = front(key.map_or(FrontWord::KeyEscape, Key::word));
    view! { <div data-strokes=key.map(Key::strokes)><dt>{keys}</dt><dd>{words}</dd></div> }
}

/// What is pressed: each key by itself.
fn strokes(key: Key) -> AnyView {
    let kbd = |stroke: &str| view! { <kbd>{stroke.to_owned()}</kbd> };
    match key.strokes().split_once(' ') {
        None => kbd(key.strokes()).into_any(),
        Some((first, second)) => view! {
            {kbd(first)} " " <span class="dim">{front(FrontWord::KeysThen)}</span> " " {kbd(second)}
        }
        .into_any(),
    }
}
