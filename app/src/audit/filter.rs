//! The filter as a form that only changes the address.

use leptos::prelude::*;
use trustboard_model::event::EventKind;
use trustboard_model::id::DatacenterId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AuditFilter, Who};

use super::screen::PATH;
use crate::component::{admin, answered, language, say};
use crate::frame::InventoryHandle;
use crate::text::{self, AdminWord, Ui};

/// Who, what, where, when.
#[component]
pub(super) fn FilterForm(filter: AuditFilter) -> impl IntoView {
    let narrow = filter.is_narrow();
    let who = match &filter.who {
        None => String::new(),
        Some(Who::Server) => "(server)".to_owned(),
        Some(Who::Hosts) => "(hosts)".to_owned(),
        Some(Who::Person(name)) => name.clone(),
    };
    let kinds: Vec<_> = EventKind::CODES
        .iter()
        .map(|code| {
            let chosen = filter.kind.as_deref() == Some(code);
            view! { <option value=*code selected=chosen>{text::event_kind(language(), code)}</option> }
        })
        .collect();
    let host = filter.host.map(|host| host.to_string());
    let about_host = host.is_some();
    // What a browser's field for day and time takes: no seconds, no zone.
    let moment = |at: Option<Timestamp>| {
        at.map(|at| at.to_string().chars().take(16).collect::<String>()).unwrap_or_default()
    };
    view! {
        <form method="get" action=PATH class="row-form audit-filter" role="search">
            <label>
                <span>{admin(AdminWord::Who)}</span>
                <input
                    type="text"
                    name="who"
                    value=who
                    maxlength="64"
                    list="who"
                    autocomplete="off"
                    spellcheck="false"
                />
                <datalist id="who">
                    <option value="(server)">{say(Ui::ActorServer)}</option>
                    <option value="(hosts)">{say(Ui::Hosts)}</option>
                </datalist>
            </label>
            <label>
                <span>{admin(AdminWord::Kind)}</span>
                <select name="kind">
                    <option value="">{admin(AdminWord::AnyKind)}</option>
                    {kinds}
                </select>
            </label>
            <Datacenters chosen=filter.datacenter />
            <label>
                <span>{admin(AdminWord::From)}</span>
                <input type="datetime-local" name="from" value=moment(filter.from) />
            </label>
            <label>
                <span>{admin(AdminWord::Until)}</span>
                <input type="datetime-local" name="until" value=moment(filter.until) />
            </label>
            {host.map(|host| view! { <input type="hidden" name="host" value=host /> })}
            <button type="submit" class="primary">{say(Ui::Filter)}</button>
            {narrow.then(|| view! { <a class="button" href=PATH>{say(Ui::FilterClear)}</a> })}
            {about_host.then(|| view! { <span class="token">{admin(AdminWord::OneHostOnly)}</span> })}
        </form>
    }
    .into_any()
}

/// The datacenters, from the tree.
#[component]
fn Datacenters(chosen: Option<DatacenterId>) -> impl IntoView {
    let options = use_context::<InventoryHandle>().map(|InventoryHandle(inventory)| {
        answered(async move {
            let nodes = inventory.await.map(|inventory| inventory.datacenters);
            let options = nodes.unwrap_or_default().into_iter().map(|node| {
                let selected = chosen == Some(node.id);
                view! { <option value=node.id.to_string() selected=selected>{node.name}</option> }
            });
            options.collect::<Vec<_>>()
        })
    });
    view! {
        <label>
            <span>{say(Ui::Datacenter)}</span>
            <select name="datacenter">
                <option value="">{admin(AdminWord::AnyDatacenter)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
