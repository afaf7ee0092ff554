//! The dialog: a field, and links to what has such a name.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
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
    let findings = RwSignal::new(None::<Result<Findings, Failure>>);
    let asked = StoredValue::new(0_u32);
    keyboard::bind(Key::Find, browser::find::open);
    // Where a page has no search of its own, the key for it leads here.
    keyboard::bind(Key::Search, || {
        !browser::matches("main [data-key='/']") && browser::find::open()
    });
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
    let press = |event: KeyboardEvent| {
        if browser::find::press(&event.key()) {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            id="find"
            class="find"
            data-kept=""
            aria-label=front(FrontWord::Find)
            on:keydown=press
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
                <button type="button" class="quiet" on:click=|_| browser::find::close()>
                    {front(FrontWord::Close)}
                </button>
            </search>
            <div role="status">
                {move || findings.get().map(|answer| match answer {
                    Err(_) => view! { <p>{front(FrontWord::FindFailed)}</p> }.into_any(),
                    Ok(findings) => list(findings),
                })}
            </div>
        </dialog>
    }
    .into_any()
}

fn list(findings: Findings) -> AnyView {
    if findings.found.is_empty() {
        return view! { <p>{front(FrontWord::FindNothing)}</p> }.into_any();
    }
    let line = move |found: Found| {
        let within = found.within.join(" › ");
        view! {
            <li>
                <a href=address(found.id) on:click=|_| browser::find::close()>
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
