//! The table: what hosts say they are, sorted by any column, each with a box for moving and removing.

use leptos::prelude::*;
use trustboard_model::host::{Freshness, IdentityState, Presence};
use trustboard_model::view::{HostColumn, HostListFilter, HostListRow};

use super::screen::address;
use crate::component::{
    AttestationBadge, Relative, Sign, SignMark, admin, language, say, tell_admin,
};
use crate::text::{self, AdminPhrase, AdminWord, Ui};

/// The word above a column.
fn heading(column: HostColumn) -> &'static str {
    match column {
        HostColumn::Name => say(Ui::Name),
        HostColumn::Cluster => say(Ui::Cluster),
        HostColumn::Os => admin(AdminWord::Os),
        HostColumn::Kernel => admin(AdminWord::Kernel),
        HostColumn::Tpm => admin(AdminWord::Tpm),
        HostColumn::Interface => admin(AdminWord::Interface),
        HostColumn::Agent => admin(AdminWord::Agent),
        HostColumn::Identity => admin(AdminWord::Identity),
        HostColumn::Presence => admin(AdminWord::Presence),
        HostColumn::Enrolled => admin(AdminWord::Enrolled),
    }
}

/// The table, in a form whose boxes choose hosts.
#[component]
pub(super) fn Table(
    rows: Vec<HostListRow>,
    filter: HostListFilter,
    path: String,
    may_arrange: bool,
) -> impl IntoView {
    let all = RwSignal::new(None::<bool>);
    let head = HostColumn::ALL.map(|column| {
        let here = filter.sort == column;
        let descending = here && !filter.descending;
        let sort = match (here, filter.descending) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        };
        let other = HostListFilter { sort: column, descending, page: 1, ..filter.clone() };
        view! {
            <th scope="col" aria-sort=sort>
                <a href=address(&path, &other)>{heading(column)}</a>
            </th>
        }
    });
    let rows: Vec<_> = rows.into_iter().map(|row| view! { <Row row may_arrange all /> }).collect();
    let hidden = [
        ("q", filter.query.to_string()),
        ("sort", sort_code(&filter)),
        ("page", filter.page.to_string()),
    ];
    let hidden = hidden.map(|(name, value)| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> })
    });
    let choose_all = move |event| all.set(Some(event_target_checked(&event)));
    view! {
        <form method="get" action=format!("{path}#chosen") class="host-list">
            {hidden}
            {may_arrange.then(|| view! {
                <div class="buttons">
                    <button type="submit" name="do" value="move">{format!("{}…", admin(AdminWord::MoveHosts))}</button>
                    <button type="submit" name="do" value="remove">{format!("{}…", admin(AdminWord::RemoveHosts))}</button>
                    <span class="dim">{admin(AdminWord::ChooseHint)}</span>
                </div>
            })}
            <div class="table-region" role="region" aria-label=say(Ui::Hosts) tabindex="0">
                <table class="hosts">
                    <thead>
                        <tr>
                            {may_arrange.then(|| view! {
                                <th scope="col">
                                    <input
                                        type="checkbox"
                                        class="needs-script"
                                        aria-label=admin(AdminWord::ChooseAll)
                                        on:change=choose_all
                                    />
                                </th>
                            })}
                            {head}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </form>
    }
    .into_any()
}

fn sort_code(filter: &HostListFilter) -> String {
    let sign = if filter.descending { "-" } else { "" };
    format!("{sign}{}", filter.sort.code())
}

#[component]
fn Row(row: HostListRow, may_arrange: bool, all: RwSignal<Option<bool>>) -> impl IntoView {
    let language = language();
    let host = row.host;
    let cell = |column: HostColumn, value: AnyView| {
        view! { <td data-label=heading(column)>{value}</td> }
    };
    let words = |text: Option<String>| match text {
        Some(text) => view! { <bdi>{text}</bdi> }.into_any(),
        None => view! { <span class="dim">{admin(AdminWord::NotSaid)}</span> }.into_any(),
    };
    let tpm = [row.tpm_maker, row.tpm_firmware].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let interface = row.interface.map(|of| text::tpm_interface(language, of).to_owned());
    let identity_sign = match row.identity {
        IdentityState::Enrolled => Sign::Good,
        IdentityState::Mismatched => Sign::Bad,
        IdentityState::Pending => Sign::Warning,
        IdentityState::None => Sign::None,
    };
    let presence_sign = match row.presence {
        Presence::Connected => Sign::Good,
        Presence::NotResponding => Sign::Warning,
        Presence::Disconnected => Sign::None,
    };
    let marked = |sign: Sign, word: &'static str| {
        view! { <span class="mark-word"><SignMark sign /><span>{word}</span></span> }.into_any()
    };
    let label = tell_admin(&AdminPhrase::ChooseHost { host: &host.name });
    view! {
        <tr data-host=host.id.to_string()>
            {may_arrange.then(|| view! {
                <td class="box">
                    <input
                        type="checkbox"
                        name="h"
                        value=host.id.to_string()
                        aria-label=label
                        prop:checked=move || all.get().unwrap_or(false)
                    />
                </td>
            })}
            <th scope="row">
                <a href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a>
                " "<AttestationBadge attestation=row.attestation freshness=Freshness::Fresh />
            </th>
            {cell(HostColumn::Cluster, view! { <bdi>{row.cluster.name}</bdi> }.into_any())}
            {cell(HostColumn::Os, words(row.os))}
            {cell(HostColumn::Kernel, words(row.kernel))}
            {cell(HostColumn::Tpm, words(Some(tpm).filter(|tpm| !tpm.is_empty())))}
            {cell(HostColumn::Interface, words(interface))}
            {cell(HostColumn::Agent, words(Some(row.agent)))}
            {cell(HostColumn::Identity, marked(identity_sign, text::identity(language, row.identity)))}
            {cell(HostColumn::Presence, marked(presence_sign, text::presence(language, row.presence)))}
            {cell(HostColumn::Enrolled, view! { <Relative at=row.enrolled_at /> }.into_any())}
        </tr>
    }
    .into_any()
}
