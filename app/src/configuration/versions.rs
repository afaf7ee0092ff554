//! Every version of the same name.

use leptos::prelude::*;
use trustboard_model::id::ConfigurationId;
use trustboard_model::view::ConfigurationRow;

use crate::component::{Moment, StateBadge, language, say, tell, trust};
use crate::text::{self, Phrase, Trust, Ui};

/// The versions, newest first.
#[component]
pub(super) fn Versions(versions: Vec<ConfigurationRow>, shown: ConfigurationId) -> impl IntoView {
    let columns = [
        trust(Trust::VersionColumn),
        trust(Trust::StateColumn),
        trust(Trust::CreatedBy),
        trust(Trust::Approvals),
        say(Ui::Hosts),
        trust(Trust::Notes),
    ];
    let rows = versions.into_iter().map(|row| {
        let about = row.configuration;
        let approvals: Vec<_> = row.approvals.into_iter().map(|by| by.name).collect();
        view! {
            <tr>
                <th scope="row">
                    <a
                        href=format!("/configurations/{}", about.id)
                        aria-current=(about.id == shown).then_some("page")
                    >
                        {tell(&Phrase::Version { version: about.version })}
                    </a>
                </th>
                <td><StateBadge state=row.state /></td>
                <td><bdi>{row.created.name}</bdi>" "<Moment at=row.created.at /></td>
                <td><bdi>{approvals.join(", ")}</bdi></td>
                <td class="number">{text::number(language(), row.hosts)}</td>
                <td><bdi>{row.notes}</bdi></td>
            </tr>
        }
    });
    view! {
        <section class="card" id="versions">
            <h2>{trust(Trust::Versions)}</h2>
            <div class="table-region" role="region" aria-label=trust(Trust::Versions) tabindex="0">
                <table>
                    <thead>
                        <tr>{columns.map(|word| view! { <th scope="col">{word}</th> })}</tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
