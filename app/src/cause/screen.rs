//! The screen: how many and where, what differs, accept, verify and reset.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::comparison::Comparison;
use trustboard_model::host_query::{Fingerprint, HostQuery, Test};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{CauseExample, CausePage, Scope, SecurityFilter};

use super::accept::{AcceptPanel, acceptable};
use super::api::{read_cause, read_cause_impact};
use super::reset::ResetPanel;
use super::{phrase, word};
use crate::component::{
    ChangeOutcome, Closest, FirstDifferences, Loaded, Page, Relative, Sign, SignMark, language,
    say, tell,
};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::routes::encoded;
use crate::security::{ReasonView, state};
use crate::text::{self, CausePhrase, CauseWord, Phrase, Ui};

/// The page of one cause.
#[component]
pub(crate) fn CauseScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let cause = Memo::new(move |_| {
        let text = params.with(|params| params.get("cause").unwrap_or_default());
        text.parse::<Fingerprint>().map_err(|_| Failure::from(Refusal::not_found("cause")))
    });
    // Other hosts still boot the older version: it stays, unless somebody decides otherwise.
    let keep_older = Memo::new(move |_| query.with(|query| query.get("older").is_none()));
    let answer =
        Resource::new(move || cause.get(), |cause| async move { read_cause(cause?).await });
    let impact = Resource::new(
        move || (cause.get(), keep_older.get()),
        |(cause, keep_older)| async move { read_cause_impact(cause?, keep_older).await },
    );
    let (view, impact) = (Page::of(answer, |page| page.now), Loaded::of(impact));
    follow(move || view.read_again());
    let page = view.content();
    // While hosts were being judged again there was nothing to accept; now there is.
    let session = SessionHandle::use_here();
    let offered = Memo::new(move |_| {
        let may = |example: &CauseExample| session.may(Role::Approver, example.datacenter);
        page.with(|page| page.as_ref().and_then(acceptable).is_some_and(may))
    });
    Effect::new(move |_| {
        if offered.get() && impact.get() == Some(Ok(None)) {
            impact.read_again();
        }
    });
    view.view(move || {
        view! {
            <Title page />
            <ChangeOutcome />
            <div class="host cause-page">
                <What page />
                <AcceptPanel page keep_older impact />
                <ResetPanel page />
            </div>
        }
        .into_any()
    })
}

#[component]
fn Title(page: Memo<Option<CausePage>>) -> impl IntoView {
    let title = Signal::derive(move || {
        let reason = page.with(|page| page.as_ref().and_then(|page| page.reason));
        let title = reason.map(|reason| text::reason_title(language(), reason));
        title.unwrap_or_else(|| word(CauseWord::Title)).to_owned()
    });
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! { <Heading title parents>""</Heading> }.into_any()
}

/// How many hosts, where, since when; and what differs on one of them as on all.
#[component]
fn What(page: Memo<Option<CausePage>>) -> impl IntoView {
    let example = Memo::new(move |_| {
        page.with(|page| page.as_ref().and_then(|page| Some((page.example.clone()?, page.failing))))
    });
    let counts = move || {
        let CausePage { cause, failing, judging, red, datacenters, since, .. } = page.get()?;
        if failing == 0 && red == 0 {
            return Some(
                view! {
                    <p class="quiet" data-dealt-with="">
                        <SignMark sign=Sign::Good />" "{word(CauseWord::AllDealtWith)}
                    </p>
                }
                .into_any(),
            );
        }
        let filter = |query| SecurityFilter { query: HostQuery::of(query), ..SecurityFilter::ALL };
        let hosts = filter(Test::Difference(cause.clone()));
        let hosts = state::address(&state::path_of(Scope::Everything), &hosts, None);
        let alarms = HostQuery::of(Test::CauseDifference(cause)).to_string();
        let alarms = format!("/alarms?q={}", encoded(&alarms));
        let places = datacenters.into_iter().map(|(place, hosts)| {
            let href = format!("/datacenters/{}", place.id);
            let count = text::number(language(), hosts.into());
            view! {
                <li><a href=href><bdi>{place.name}</bdi></a>" "<span class="dim">{count}</span></li>
            }
        });
        let sign = if failing == 0 { Sign::Good } else { Sign::Bad };
        Some(
            view! {
                <p data-failing=failing>
                    <SignMark sign />" "
                    <b>{phrase(&CausePhrase::Failing { count: failing })}</b>
                    {(judging > 0).then(|| {
                        let said = tell(&Phrase::Reappraised { count: judging.into() });
                        view! { " "<span class="verifying">{said}</span> }
                    })}
                </p>
                <ul class="where">
                    {places.collect_view()}
                    {since.map(|at| view! { <li><Relative at /></li> })}
                </ul>
                <p class="links">
                    {(failing > 0).then(|| view! { <a href=hosts>{word(CauseWord::ShowHosts)}</a>" " })}
                    {(red > 0).then(|| view! { <a href=alarms>{word(CauseWord::ShowAlarms)}</a> })}
                </p>
            }
            .into_any(),
        )
    };
    view! {
        <section class="card" id="what">
            {counts}
            {move || example.get().map(|(example, failing)| view! { <Example example failing /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Example(example: CauseExample, failing: u32) -> impl IntoView {
    let CauseExample { host, reason, comparison, .. } = example;
    let unapproved = reason.code.check() == trustboard_model::check::CheckId::ApprovedConfiguration;
    let detail = match comparison {
        Some(Comparison::Differs { closest, count, differences, .. }) if unapproved => view! {
            <p><Closest configuration=closest count /></p>
            <FirstDifferences differences count />
        }
        .into_any(),
        _ => view! { <ReasonView reason /> }.into_any(),
    };
    let heading = phrase(&CausePhrase::AsOn { host: &host.name, count: failing });
    view! {
        <h2><bdi>{heading}</bdi></h2>
        {detail}
        <p class="links"><a href=format!("/hosts/{}", host.id)>{word(CauseWord::OpenHost)}</a></p>
    }
    .into_any()
}
