//! What is known of a version beside its measurements, and what can be done with it.

use leptos::prelude::*;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::digest::Sha256;
use trustboard_model::view::{By, ConfigurationRow};

use super::list::SourceText;
use super::review::{Kind, Review};
use crate::component::{DigestText, Moment, Relative, language, say, trust};
use crate::frame::SessionHandle;
use crate::text::{self, Trust, Ui};

/// The facts and the buttons.
#[component]
pub(super) fn About(
    row: ConfigurationRow,
    log: Sha256,
    may_decide: bool,
    two_approvals: bool,
) -> impl IntoView {
    let state = row.state;
    let clusters = row.clusters.iter().map(|cluster| {
        let href = format!("/clusters/{}/policy", cluster.id);
        view! { <a href=href><bdi>{cluster.name.clone()}</bdi></a>" " }
    });
    let clusters = clusters.collect_view();
    let approvals = row.approvals.iter().cloned().map(by).collect_view();
    let none_yet = row.approvals.is_empty();
    let matched = match row.last_matched {
        Some(at) => view! { <Relative at /> }.into_any(),
        None => say(Ui::NeverShort).into_any(),
    };
    let fact = |word: &'static str, value: AnyView| {
        view! { <div><dt>{word}</dt><dd>{value}</dd></div> }
    };
    let source = view! { <SourceText source=row.source.clone() whole=true /> };
    view! {
        <section class="card" id="about">
            <div class="portlet-grid">
                <dl class="facts wide">
                    {fact(trust(Trust::Clusters), clusters.into_any())}
                    {fact(trust(Trust::SourceColumn), source.into_any())}
                    {fact(trust(Trust::CreatedBy), by(row.created.clone()).into_any())}
                    {fact(trust(Trust::Approvals), if none_yet {
                        view! { <span class="dim">{trust(Trust::NoApprovals)}</span> }.into_any()
                    } else {
                        approvals.into_any()
                    })}
                    {row.ended.clone().map(|ended| fact(trust(Trust::EndedBy), by(ended).into_any()))}
                    {fact(trust(Trust::HostsMatching), text::number(language(), row.hosts).into_any())}
                    {fact(trust(Trust::LastMatched), matched)}
                    {fact(trust(Trust::LogDigest), view! { <DigestText hex=log.to_string() /> }.into_any())}
                    {(!row.notes.is_empty()).then(|| {
                        fact(trust(Trust::Notes), view! { <bdi>{row.notes.clone()}</bdi> }.into_any())
                    })}
                </dl>
                {may_decide.then(|| view! { <Buttons row=row.clone() two_approvals /> })}
            </div>
            {(state == ConfigurationState::Draft).then(|| view! { <p class="dim">{trust(Trust::DraftHint)}</p> })}
        </section>
    }
    .into_any()
}

fn by(by: By) -> impl IntoView {
    view! { <p><bdi>{by.name}</bdi>" "<Moment at=by.at /></p> }
}

/// Links to the reviews that the state offers.
#[component]
fn Buttons(row: ConfigurationRow, two_approvals: bool) -> impl IntoView {
    let me = SessionHandle::use_here().viewer().map(|viewer| viewer.name).unwrap_or_default();
    let waits = row.state == ConfigurationState::AwaitingSecond;
    let mine = waits && row.approvals.iter().any(|approval| approval.name == me);
    let offered = [Kind::Approve { keep_older: false }, Kind::Retire]
        .into_iter()
        .filter(|kind| kind.is_offered(row.state))
        .filter(|kind| !(mine && matches!(kind, Kind::Approve { .. })));
    let buttons = offered.map(|kind| {
        let primary = matches!(kind, Kind::Approve { .. });
        let class = if primary { "button primary" } else { "button" };
        let word = format!("{}…", trust(kind.word(row.state)));
        view! { <a class=class href=Review { seen: row.revision, kind }.address()>{word}</a> }
    });
    view! {
        <div class="actions" role="group" aria-label=say(Ui::Actions)>
            {buttons.collect_view()}
            {(mine && two_approvals).then(|| view! { <p class="hint">{trust(Trust::SomebodyElse)}</p> })}
        </div>
    }
}
