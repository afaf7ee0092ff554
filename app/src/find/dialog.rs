//! The dialog: a field, and links to what has such a name.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trustboard_model::view::{Findings, Found, FoundId};

use super::api::find_by_name;
use crate::browser;
use crate::component::front;
use crate::failure::Failure;
use crate::keyboard::{self, Key};
use crate::text::FrontWord;

/// How long the letters rest before they are looked for.
const REST: Duration = Duration::from_millis(120);

/// The dialog. It works in the browser only; without scripts there is the table's own search.
#[component]
pub(crate) fn FindDialog() -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let findings = RwSignal::new(None::<Result<Findings, Failure>>);
    let asked = StoredValue::new(0_u32);
    keyboard::bind(Key::Find, move || open(dialog));
    // Where a page has no search of its own, the key for it leads here.
    keyboard::bind(Key::Search, move || !browser::matches("main [data-key='/']") && open(dialog));
    let type_letters = move |name: String| {
        let number = asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        });
        if name.trim().is_empty() {
            findings.set(None);
            return;
        }
        set_timeout(
            move || {
                if asked.try_get_value() != number {
                    return;
                }
                spawn_local(async move {
                    let answer = find_by_name(name).await;
                    // An answer to letters that were typed on meanwhile is none.
                    if asked.try_get_value() == number {
                        findings.set(Some(answer));
                    }
                });
            },
            REST,
        );
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            browser::show_dialog(&dialog, false);
        }
    };
    let walk = move |event: KeyboardEvent| {
        let done = match event.key().as_str() {
            "ArrowDown" => browser::walk("#find input, #find li a", 1),
            "ArrowUp" => browser::walk("#find input, #find li a", -1),
            "Enter" => browser::matches("#find input:focus") && browser::click("#find li a"),
            // A search field would only empty itself.
            "Escape" => {
                close();
                true
            }
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            id="find"
            class="find"
            data-kept=""
            aria-label=front(FrontWord::Find)
            node_ref=dialog
            on:keydown=walk
        >
            <search>
                <input
                    type="search"
                    aria-label=front(FrontWord::FindHint)
                    placeholder=front(FrontWord::FindHint)
                    maxlength=Findings::LONGEST.to_string()
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| type_letters(event_target_value(&event))
                />
                <button type="button" class="quiet" on:click=move |_| close()>
                    {front(FrontWord::Close)}
                </button>
            </search>
            <div role="status">
                {move || findings.get().map(|answer| match answer {
                    Err(_) => view! { <p>{front(FrontWord::FindFailed)}</p> }.into_any(),
                    Ok(findings) => list(findings, close),
                })}
            </div>
        </dialog>
    }
    .into_any()
}

fn open(dialog: NodeRef<Dialog>) -> bool {
    let Some(dialog) = dialog.get_untracked() else { return false };
    browser::show_dialog(&dialog, true);
    browser::choose("#find input");
    true
}

fn list(findings: Findings, close: impl Fn() + Copy + 'static) -> AnyView {
    if findings.found.is_empty() {
        return view! { <p>{front(FrontWord::FindNothing)}</p> }.into_any();
    }
    let line = move |found: Found| {
        let within = found.within.join(" › ");
        view! {
            <li>
                <a href=address(found.id) on:click=move |_| close()>
                    <bdi>{found.name}</bdi>
                    " "
                    <small><bdi>{within}</bdi></small>
                </a>
            </li>
        }
    };
    view! {
        <ul>{findings.found.into_iter().map(line).collect_view()}</ul>
        {findings.more.then(|| view! { <p class="dim">{front(FrontWord::FindMore)}</p> })}
    }
    .into_any()
}

fn address(found: FoundId) -> String {
    match found {
        FoundId::Datacenter(id) => format!("/datacenters/{id}/security"),
        FoundId::Cluster(id, datacenter) => {
            format!("/datacenters/{datacenter}/security?cluster={id}")
        }
        FoundId::Host(id) => format!("/hosts/{id}"),
    }
}
