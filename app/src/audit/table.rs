//! The events, newest first: when, who, what, where, and what makes them a chain.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{AuditFilter, AuditRow, Who};

use super::screen::address;
use crate::component::{Moment, admin, language};
use crate::text::{self, AdminWord};

/// The table.
#[component]
pub(super) fn Table(rows: Vec<AuditRow>) -> impl IntoView {
    let columns = [
        AdminWord::Number,
        AdminWord::When,
        AdminWord::Who,
        AdminWord::What,
        AdminWord::Where,
        AdminWord::Hash,
    ];
    let head = columns.map(|column| view! { <th scope="col">{admin(column)}</th> });
    let rows: Vec<_> = rows.into_iter().map(|row| view! { <Row row /> }).collect();
    view! {
        <div class="table-region" role="region" aria-label=admin(AdminWord::AuditTitle) tabindex="0">
            <table class="audit">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    use trustboard_model::event::Actor;

    let language = language();
    let AuditRow { event, datacenter, host, removed } = row;
    let who = match &event.actor {
        Actor::Server => Who::Server,
        Actor::Host => Who::Hosts,
        Actor::Operator(name) | Actor::Console(name) | Actor::Key { operator: name, .. } => {
            Who::Person(name.clone())
        }
    };
    let by = address(&AuditFilter { who: Some(who), ..AuditFilter::default() });
    let kind = event.kind.code();
    let same = address(&AuditFilter { kind: Some(kind.to_owned()), ..AuditFilter::default() });
    let about = event.host.map(|id| about(id, host, removed));
    view! {
        <tr data-event=event.seq.0.to_string() data-kind=kind>
            <th scope="row" class="number">{event.seq.0.to_string()}</th>
            <td data-label=admin(AdminWord::When)><Moment at=event.at /></td>
            <td data-label=admin(AdminWord::Who)>
                <a href=by><bdi>{text::actor(language, &event.actor)}</bdi></a>
            </td>
            <td data-label=admin(AdminWord::What)>
                <p><bdi>{text::event(language, &event.kind)}</bdi></p>
                <small><a class="dim" href=same>{text::event_kind(language, kind)}</a></small>
            </td>
            <td data-label=admin(AdminWord::Where)>
                {about}
                {datacenter.map(|name| view! { <small><bdi>{name}</bdi></small> })}
            </td>
            <td data-label=admin(AdminWord::Hash)><code class="hash">{event.hash.to_string()}</code></td>
        </tr>
    }
    .into_any()
}

/// The host, with the way to it, and to its own trail.
fn about(id: HostId, name: Option<String>, removed: bool) -> AnyView {
    let page = if removed { format!("/hosts/{id}/removed") } else { format!("/hosts/{id}") };
    let name = name.unwrap_or_else(|| id.to_string());
    let trail = address(&AuditFilter { host: Some(id), ..AuditFilter::default() });
    view! {
        <a href=page><bdi>{name}</bdi></a>
        {removed.then(|| view! { " "<span class="token">{admin(AdminWord::Removed)}</span> })}
        " "<small><a class="dim" href=trail>{admin(AdminWord::OnlyThisHost)}</a></small>
    }
    .into_any()
}
