//! The hosts of the report, and their open alarms.

use leptos::prelude::*;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmView, ApprovedThen, ComplianceHost};

use crate::component::{Sign, SignMark, history, language, recount, say};
use crate::text::{self, HistoryPhrase, HistoryWord, Ui};

fn moment(at: Timestamp) -> String {
    text::moment(language(), at)
}

/// Every host of the part.
#[component]
pub(super) fn HostsTable(hosts: Vec<ComplianceHost>) -> impl IntoView {
    let rows = hosts.into_iter().map(|host| view! { <HostLine host /> }).collect_view();
    let heads = [
        say(Ui::Host),
        say(Ui::Cluster),
        say(Ui::Attestation),
        say(Ui::LastVerifiedColumn),
        say(Ui::Alarm),
        history(HistoryWord::Configuration),
        history(HistoryWord::ApprovedByThen),
    ];
    view! {
        <div class="table-region" role="region" aria-label=history(HistoryWord::ReportHosts) tabindex="0">
            <table class="report-hosts">
                <thead>
                    <tr>{heads.map(|word| view! { <th scope="col">{word}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn HostLine(host: ComplianceHost) -> impl IntoView {
    let ComplianceHost { row, configuration } = host;
    let language = language();
    let (name, approved) = match configuration {
        None => (String::new(), String::new()),
        Some(ApprovedThen { configuration, approvals }) => {
            let name = recount(&HistoryPhrase::NameVersion {
                name: configuration.name,
                version: configuration.version.to_string(),
            });
            let by = |by: &trustboard_model::view::By| {
                recount(&HistoryPhrase::ByAt { name: by.name.clone(), at: moment(by.at) })
            };
            (name, approvals.iter().map(by).collect::<Vec<_>>().join("; "))
        }
    };
    let verified = row.last_verified.map_or_else(|| say(Ui::NeverShort).to_owned(), moment);
    view! {
        <tr data-host=row.id.to_string()>
            <th scope="row"><a href=format!("/hosts/{}", row.id)><bdi>{row.name}</bdi></a></th>
            <td><bdi>{row.cluster.name}</bdi></td>
            <td>
                <SignMark sign=Sign::of(row.attestation) />" "
                {text::attestation(language, row.attestation)}
            </td>
            <td>{verified}</td>
            <td>{text::alarm_colour(language, &row.alarm)}</td>
            <td><bdi>{name}</bdi></td>
            <td><bdi>{approved}</bdi></td>
        </tr>
    }
    .into_any()
}

/// The hosts whose alarm is red, with who is on it.
#[component]
pub(super) fn Alarms(hosts: Vec<ComplianceHost>) -> impl IntoView {
    let language = language();
    let lines = hosts.into_iter().filter_map(|host| match host.row.alarm {
        AlarmView::Green => None,
        AlarmView::Red { occurrence, raised_at, condition, acknowledged, .. } => {
            let who = acknowledged.map(|ack| {
                let said = crate::component::tell(&text::Phrase::AcknowledgedBy {
                    name: &ack.by,
                    comment: &ack.comment,
                });
                view! { " · "<bdi>{said}</bdi> }
            });
            Some(view! {
                <li>
                    <b><bdi>{host.row.name}</bdi></b>
                    " · "
                    {crate::component::tell(&text::Phrase::Occurrence { number: occurrence })}
                    " · "
                    {moment(raised_at)}
                    " · "
                    {text::condition(language, condition)}
                    {who}
                </li>
            })
        }
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        view! { <p class="dim">{history(HistoryWord::ReportAlarmsNone)}</p> }.into_any()
    } else {
        view! { <ul class="plain">{lines}</ul> }.into_any()
    }
}
