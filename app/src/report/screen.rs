//! The screen: when and by whom, counts, policies, every host, exceptions, alarms, the chain.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::host::Attestation;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{CompliancePage, Counts, ExceptionRow};

use super::api::read_report;
use super::host::{Alarms, HostsTable};
use crate::blank::{FailureView, Loading};
use crate::component::{Clock, Loaded, PaperFoot, answered, history, language, recount, say};
use crate::failure::Failure;
use crate::frame::Heading;
use crate::text::{self, HistoryPhrase, HistoryWord, Ui};

/// The report.
#[component]
pub(crate) fn ReportScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let datacenter = Memo::new(move |_| {
        let id = params.with(|params| params.get("datacenter").unwrap_or_default());
        id.parse::<DatacenterId>().map_err(|_| Failure::from(Refusal::not_found("datacenter")))
    });
    let part = Memo::new(move |_| {
        query.with(|query| query.get("part").and_then(|part| part.parse().ok()).unwrap_or(1))
    });
    let answer = Resource::new(
        move || (datacenter.get(), part.get()),
        |(datacenter, part)| async move { read_report(datacenter?, part).await },
    );
    let view = Loaded::of(answer);
    let clock = Clock::use_here();
    view! {
        <Loading loaded=view.arrived() />
        {answered(async move {
            view.arrive().await;
            // A report is of its moment: it does not change under the reader.
            move || view.get().map(|answer| match answer {
                Ok(page) => {
                    clock.hear(page.generated_at);
                    view! { <Report page /> }.into_any()
                }
                Err(why) => {
                    view! { <FailureView why retry=move || view.read_again() /> }.into_any()
                }
            })
        })}
    }
    .into_any()
}

#[component]
fn Report(page: CompliancePage) -> impl IntoView {
    let CompliancePage {
        datacenter,
        generated_at,
        generated_by,
        counts,
        policies,
        hosts,
        part,
        parts,
        exceptions,
        seq,
        head,
    } = page;
    let language = language();
    let here = format!("/datacenters/{}", datacenter.id);
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (datacenter.name.clone(), here.clone()),
    ];
    let title = format!("{}: {}", history(HistoryWord::ReportTitle), datacenter.name);
    let made = recount(&HistoryPhrase::GeneratedBy {
        at: text::moment(language, generated_at),
        name: generated_by,
    });
    let policies = policies.into_iter().map(|(cluster, policy)| {
        view! { <div><dt><bdi>{cluster.name}</bdi></dt><dd><bdi>{policy}</bdi></dd></div> }
    });
    let policies = policies.collect_view();
    let number = |number: u64| text::number(language, number);
    let parts_said = (parts > 1).then(|| {
        let said = recount(&HistoryPhrase::Part {
            part: number(part.into()),
            parts: number(parts.into()),
        });
        let next = (part < parts).then(|| {
            let href = format!("{here}/report?part={}", part + 1);
            view! { " "<a href=href>{history(HistoryWord::NextPart)}</a> }
        });
        view! { <p>{said}{next}</p> }
    });
    let last = recount(&HistoryPhrase::LastEvent { number: number(seq.0) });
    view! {
        <Heading title parents>""</Heading>
        <p><bdi>{made}</bdi></p>
        <p class="dim screen-only">{history(HistoryWord::ReportPrint)}</p>
        {parts_said}
        <article class="report">
            <section id="report-counts">
                <h2>{history(HistoryWord::ReportCounts)}</h2>
                <CountsView counts />
            </section>
            <section id="report-policies">
                <h2>{history(HistoryWord::ReportPolicies)}</h2>
                <dl class="facts wide">{policies}</dl>
            </section>
            <section id="report-alarms">
                <h2>{history(HistoryWord::ReportAlarms)}</h2>
                <Alarms hosts=hosts.clone() />
            </section>
            <section id="report-exceptions">
                <h2>{history(HistoryWord::ReportExceptions)}</h2>
                <Exceptions exceptions />
            </section>
            <section id="report-hosts">
                <h2>{history(HistoryWord::ReportHosts)}</h2>
                <HostsTable hosts />
            </section>
            <section id="report-chain">
                <h2>{history(HistoryWord::ReportChain)}</h2>
                <p>{last}</p>
                <p><code class="head">{head.to_string()}</code></p>
                <p class="dim">{history(HistoryWord::ReportChainHint)}</p>
            </section>
        </article>
        <PaperFoot />
    }
    .into_any()
}

#[component]
fn CountsView(counts: Counts) -> impl IntoView {
    let language = language();
    let Counts { hosts, passed, failed, unknown, not_applicable, stale, red } = counts;
    let word = |kind| text::attestation(language, kind);
    let lines = [
        (say(Ui::Hosts), hosts),
        (word(Attestation::Passed), passed),
        (word(Attestation::Failed), failed),
        (word(Attestation::Unknown), unknown),
        (word(Attestation::NotApplicable), not_applicable),
        (text::freshness(language, trustboard_model::host::Freshness::Stale), stale),
        (say(Ui::RedAlarms), red),
    ];
    let lines = lines.map(|(word, count)| {
        let number = text::number(language, count.into());
        view! { <div><dt>{word}</dt><dd class="number">{number}</dd></div> }
    });
    view! { <dl class="facts counted">{lines.collect_view()}</dl> }
}

#[component]
fn Exceptions(exceptions: Vec<ExceptionRow>) -> impl IntoView {
    if exceptions.is_empty() {
        return view! { <p class="dim">{history(HistoryWord::ReportExceptionsNone)}</p> }
            .into_any();
    }
    let language = language();
    let rows = exceptions.into_iter().map(|row| {
        let ExceptionRow { exception, host, .. } = row;
        let granted = recount(&HistoryPhrase::ByAt {
            name: exception.by,
            at: text::moment(language, exception.at),
        });
        view! {
            <tr>
                <th scope="row"><bdi>{host.name}</bdi></th>
                <td>{text::reason_title(language, exception.value.code)}</td>
                <td><bdi>{exception.reason}</bdi></td>
                <td><bdi>{granted}</bdi></td>
                <td>{text::moment(language, exception.expires_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heads = [
        say(Ui::Host),
        say(Ui::MessageColumn),
        history(HistoryWord::ReasonsThen),
        history(HistoryWord::Granted),
        history(HistoryWord::Ends),
    ];
    view! {
        <div class="table-region" role="region" aria-label=history(HistoryWord::ReportExceptions) tabindex="0">
            <table>
                <thead>
                    <tr>{heads.map(|word| view! { <th scope="col">{word}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
