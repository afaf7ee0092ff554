//! The links beside every page: what is worked on, what hosts are judged by, and what only
//! administrators see.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use trustboard_model::role::Role;

use super::SessionHandle;
use crate::component::{access, admin, language, say, table_word, trust};
use crate::keyboard::Key;
use crate::text::{self, AccessWord, AdminWord, MakerWord, TableWord, Trust, Ui};

/// The links, group by group.
#[component]
pub(crate) fn Navigation() -> impl IntoView {
    let path = use_location().pathname;
    let administrator = SessionHandle::use_here().may_everywhere(Role::Administrator);
    let operate = vec![
        ("/security", table_word(TableWord::AllHosts)),
        ("/alarms", table_word(TableWord::Alarms)),
        ("/events", table_word(TableWord::JobsAndEvents)),
    ];
    let judged_by = vec![
        ("/configurations", trust(Trust::Configurations)),
        ("/policies", trust(Trust::Policies)),
        ("/makers", text::maker_word(language(), MakerWord::Title)),
    ];
    let administration = vec![
        ("/datacenters/new", admin(AdminWord::NewDatacenterTitle)),
        ("/administration/users", access(AccessWord::Users)),
        ("/administration/sessions", access(AccessWord::Sessions)),
        ("/administration/settings", access(AccessWord::Settings)),
        ("/administration/audit", admin(AdminWord::AuditTitle)),
        ("/administration/health", admin(AdminWord::HealthTitle)),
    ];
    view! {
        <Group heading=say(Ui::Monitor) links=operate path />
        <Group heading=trust(Trust::Heading) links=judged_by path />
        {administrator.then(|| view! {
            <Group heading=admin(AdminWord::AdministrationHeading) links=administration path />
        })}
    }
    .into_any()
}

#[component]
fn Group(
    heading: &'static str,
    /// Addresses with their words.
    links: Vec<(&'static str, &'static str)>,
    path: Memo<String>,
) -> impl IntoView {
    let links = links.into_iter().map(|(href, word)| {
        let key = key(href).map(Key::strokes);
        let current = move || path.with(|path| path.starts_with(href)).then_some("page");
        view! { <li><a class="node" href=href data-key=key aria-current=current>{word}</a></li> }
    });
    view! { <h2>{heading}</h2> <ul>{links.collect_view()}</ul> }.into_any()
}

/// The shortcut to a page.
fn key(href: &str) -> Option<Key> {
    Some(match href {
        "/security" => Key::Security,
        "/alarms" => Key::Alarms,
        "/configurations" => Key::Configurations,
        "/policies" => Key::Policies,
        _ => return None,
    })
}
