//! One moment of a host's past: what it read, who says so, and the files that prove it.

use leptos::prelude::*;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::{Concluded, Covered, Gap, KeptEvidence, Moment as Known, MomentPage};

use super::timeline::gap_said;
use crate::component::{AttestationBadge, history, language, recount};
use crate::text::{self, HistoryPhrase, HistoryWord};

/// The form that asks for a moment. Works without scripts.
#[component]
pub(super) fn AskMoment(
    /// What was asked before, as it was written.
    asked: String,
) -> impl IntoView {
    // The field takes no zone and no fraction of a second.
    let value = asked.trim_end_matches('Z').split('.').next().unwrap_or_default().to_owned();
    view! {
        <section class="card" id="ask-moment">
            <h2>{history(HistoryWord::OpenMoment)}</h2>
            <p class="dim">{history(HistoryWord::OpenMomentHint)}</p>
            <form method="get" action="#moment" class="moment-form">
                <label>
                    {history(HistoryWord::MomentField)}" "
                    <input type="datetime-local" name="at" step="1" required="" value=value />
                </label>
                <button type="submit">{history(HistoryWord::OpenMoment)}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The moment that was asked for.
#[component]
pub(super) fn MomentCard(answer: Result<MomentPage, Refusal>) -> impl IntoView {
    match answer {
        Err(refusal) => {
            let said = match refusal {
                Refusal::Invalid { .. } => history(HistoryWord::MomentInvalid).to_owned(),
                other => text::refusal(language(), &other),
            };
            view! {
                <section class="card" id="moment" tabindex="-1">
                    <h2>{history(HistoryWord::Moment)}</h2>
                    <p class="outcome refused" role="alert">{said}</p>
                </section>
            }
            .into_any()
        }
        Ok(page) => view! { <Opened page /> }.into_any(),
    }
}

#[component]
fn Opened(page: MomentPage) -> impl IntoView {
    let MomentPage { host, at, now, moment, policy, before, after, retention, .. } = page;
    let language = language();
    let title = recount(&HistoryPhrase::MomentTitle { at: text::moment(language, at) });
    let plain = |word| view! { <p>{history(word)}</p> }.into_any();
    let known = match moment {
        Known::NotEnrolled => plain(HistoryWord::NotEnrolled),
        Known::NotKept => plain(HistoryWord::NotKept),
        Known::NotVerified { first } => view! {
            <p>{history(HistoryWord::NotVerifiedYet)}</p>
            {first.map(|first| {
                let at = text::moment(language, first);
                view! { <p>{recount(&HistoryPhrase::FirstVerified { at })}</p> }
            })}
        }
        .into_any(),
        Known::Concluded(concluded) => {
            let policy = recount(&HistoryPhrase::NameVersion {
                name: policy.name.unwrap_or_default(),
                version: policy.version.to_string(),
            });
            view! { <ConcludedView concluded=*concluded policy /> }.into_any()
        }
    };
    let boot = match Concluded::same_boot(before.as_ref(), after.as_ref()) {
        Some(true) => Some(HistoryWord::SameBoot),
        Some(false) => Some(HistoryWord::OtherBoot),
        None => None,
    };
    let gone = (before.is_none() && at < retention.evidence_from(now)).then(|| {
        let at = text::moment(language, retention.evidence_until(at));
        view! { <p class="condition">{recount(&HistoryPhrase::EvidenceGone { at })}</p> }
    });
    let number = |days: u32| text::number(language, days.into());
    let kept = recount(&HistoryPhrase::KeptFor {
        conclusions: number(retention.conclusions_days),
        evidence: number(retention.evidence_days),
    });
    view! {
        <section class="card moment-card" id="moment" tabindex="-1">
            <h2>{title}</h2>
            {known}
            <dl class="facts wide">
                <Evidence word=HistoryWord::EvidenceBefore host=host.id evidence=before />
                <Evidence word=HistoryWord::EvidenceAfter host=host.id evidence=after />
            </dl>
            {boot.map(|word| view! { <p>{history(word)}</p> })}
            {gone}
            <p class="dim">{history(HistoryWord::CheckHint)}</p>
            <p class="dim">{kept}</p>
        </section>
    }
    .into_any()
}

/// What was concluded, by what, and what the configuration rested on.
#[component]
fn ConcludedView(concluded: Concluded, policy: String) -> impl IntoView {
    let Concluded { span, report, covered, configuration } = concluded;
    let language = language();
    let moment = |at| text::moment(language, at);
    let times = recount(&HistoryPhrase::VerifiedTimes {
        count: text::number(language, span.count),
        start: moment(span.first_seen),
        until: moment(span.last_seen),
    });
    let (freshness, covered) = match covered {
        Covered::Verified => (Freshness::Fresh, history(HistoryWord::VerifiedRegularly).to_owned()),
        Covered::Gap { from, until } => (Freshness::Stale, gap_said(Gap { from, until })),
        Covered::NotRecorded { since } => {
            let start = moment(since);
            (Freshness::Fresh, recount(&HistoryPhrase::GapsSince { start }))
        }
    };
    let reasons: Vec<String> = match report.map(|report| report.verdict) {
        Some(Verdict::Untrusted(reasons)) => reasons
            .all()
            .iter()
            .map(|reason| {
                let said = text::reason(language, reason);
                format!("{}. {}", said.title, said.sentence)
            })
            .collect(),
        Some(Verdict::Unknown(cause)) => {
            let said = text::cause(language, &cause);
            vec![format!("{}. {}", said.title, said.sentence)]
        }
        Some(Verdict::Trusted) | None => {
            span.reasons.iter().map(|code| text::reason_title(language, *code).to_owned()).collect()
        }
    };
    let why = (!reasons.is_empty()).then(|| {
        let items = reasons.into_iter().map(|said| view! { <li><bdi>{said}</bdi></li> });
        view! {
            <div>
                <dt>{history(HistoryWord::ReasonsThen)}</dt>
                <dd><ul class="plain">{items.collect_view()}</ul></dd>
            </div>
        }
    });
    let configuration = configuration.map(|then| {
        let approvals = then.approvals.iter().map(|by| {
            let at = moment(by.at);
            let said = recount(&HistoryPhrase::ByAt { name: by.name.clone(), at });
            view! { <li><bdi>{said}</bdi></li> }
        });
        let approvals = approvals.collect_view();
        let name = recount(&HistoryPhrase::NameVersion {
            name: then.configuration.name.clone(),
            version: then.configuration.version.to_string(),
        });
        let href = format!("/configurations/{}", then.configuration.id);
        view! {
            <div>
                <dt>{history(HistoryWord::ConfigurationThen)}</dt>
                <dd><a href=href><bdi>{name}</bdi></a></dd>
            </div>
            <div>
                <dt>{history(HistoryWord::ApprovedByThen)}</dt>
                <dd><ul class="plain">{approvals}</ul></dd>
            </div>
        }
    });
    let passed = (span.attestation == Attestation::Passed).to_string();
    view! {
        <p class="verdict" data-passed=passed>
            <AttestationBadge attestation=span.attestation freshness />
        </p>
        <p>{covered}</p>
        <p class="dim">{times}</p>
        <dl class="facts wide">
            <div><dt>{history(HistoryWord::PolicyThen)}</dt><dd><bdi>{policy}</bdi></dd></div>
            {configuration}
            {why}
        </dl>
    }
    .into_any()
}

#[component]
fn Evidence(word: HistoryWord, host: HostId, evidence: Option<KeptEvidence>) -> impl IntoView {
    let language = language();
    let said = match evidence {
        None => view! { <span class="dim">{history(HistoryWord::EvidenceNone)}</span> }.into_any(),
        Some(evidence) => {
            let KeptEvidence { appraisal, which, received_at, attestation, resets, .. } = evidence;
            let href = format!("/api/v1/hosts/{host}/evidence/{appraisal}/{}", which.code());
            let resets =
                resets.map(|count| recount(&HistoryPhrase::Resets { count: count.to_string() }));
            view! {
                {text::moment(language, received_at)}
                " · "
                {text::attestation(language, attestation)}
                {resets.map(|resets| view! { " · "<span class="dim">{resets}</span> })}
                " · "
                <a href=href download="" rel="external" data-evidence=which.code()>
                    {history(HistoryWord::DownloadEvidence)}
                </a>
            }
            .into_any()
        }
    };
    view! { <div><dt>{history(word)}</dt><dd>{said}</dd></div> }
}
