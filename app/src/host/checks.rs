//! Every check of the latest appraisal, by group, with its outcome.

use leptos::prelude::*;
use trustboard_model::appraisal::Report;
use trustboard_model::check::{CheckResult, Group, Outcome, Strictness};
use trustboard_model::id::ClusterId;

use super::exception::ExceptedView;
use crate::component::{Sign, SignMark, language, say, tell, trust};
use crate::text::{self, Phrase, Trust, Ui};

/// The groups in the order in which they are made.
pub(crate) const GROUPS: [Group; 12] = [
    Group::Platform,
    Group::Freshness,
    Group::Identity,
    Group::Key,
    Group::EkCertificate,
    Group::Quote,
    Group::Log,
    Group::Replay,
    Group::Boot,
    Group::SecureBoot,
    Group::Configuration,
    Group::OsLogs,
];

/// The checks. A group with a failure is open.
#[component]
pub(super) fn Checks(report: Option<Report>, cluster: ClusterId) -> impl IntoView {
    view! {
        <section class="card" id="checks">
            <h2>{say(Ui::AllChecks)}</h2>
            {match report {
                None => view! { <p class="dim">{say(Ui::NoReport)}</p> }.into_any(),
                Some(report) => {
                    let by = tell(&Phrase::ByPolicy { policy: &report.policy, verifier: &report.verifier });
                    let groups = GROUPS.map(|group| {
                        let checks = report.checks.iter().filter(|result| result.check.group() == group);
                        view! { <GroupView group checks=checks.cloned().collect() /> }
                    });
                    let policy = format!("/clusters/{cluster}/policy");
                    view! {
                        <p class="dim">{by}" · "<a href=policy>{trust(Trust::Policy)}</a></p>
                        {groups.collect_view()}
                    }
                    .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

#[component]
fn GroupView(group: Group, checks: Vec<CheckResult>) -> impl IntoView {
    let made = checks
        .iter()
        .filter(|result| matches!(result.outcome, Outcome::Passed(_) | Outcome::Failed(_)));
    let made = u32::try_from(made.count()).unwrap_or(u32::MAX);
    let passed = checks.iter().filter(|result| matches!(result.outcome, Outcome::Passed(_)));
    let passed = u32::try_from(passed.count()).unwrap_or(u32::MAX);
    let worst = checks.iter().map(sign).max_by_key(|sign| weight(*sign)).unwrap_or(Sign::None);
    let open = matches!(worst, Sign::Bad | Sign::Warning);
    view! {
        <details class="group" open=open>
            <summary>
                <SignMark sign=worst />
                <b>{text::group(language(), group)}</b>
                <span class="dim">{tell(&Phrase::ChecksPassed { passed, all: made })}</span>
            </summary>
            <ul class="checks">
                {checks.into_iter().map(|result| view! { <CheckView result /> }).collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn CheckView(result: CheckResult) -> impl IntoView {
    let language = language();
    let said = text::check(language, result.check);
    let note = |note: &str| text::fact(language, note).into_owned();
    let detail = match &result.outcome {
        Outcome::Passed(seen) => seen.as_deref().map(note),
        Outcome::Failed(reason) => Some(text::reason(language, reason).sentence),
        Outcome::NotEvaluated(why) | Outcome::NotApplicable(why) => Some(note(why)),
    };
    let strictness = (result.strictness != Strictness::Fail).then(
        || view! { <span class="token">{text::strictness(language, result.strictness)}</span> },
    );
    view! {
        <li data-check=result.check.code() data-outcome=outcome_code(&result.outcome)>
            <SignMark sign=sign(&result) />
            <div>
                <b>{said.title}</b>
                " "
                <span class=format!("outcome-word {}", sign(&result).tone())>
                    {text::outcome(language, &result.outcome)}
                </span>
                " "
                {strictness}
                <p class="dim">{said.meaning}</p>
                {result.exception.clone().map(|excepted| view! { <ExceptedView excepted /> })}
            </div>
            <bdi class="seen">{detail}</bdi>
        </li>
    }
    .into_any()
}

const fn outcome_code(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed(_) => "passed",
        Outcome::Failed(_) => "failed",
        Outcome::NotEvaluated(_) => "not-evaluated",
        Outcome::NotApplicable(_) => "not-applicable",
    }
}

/// What was not evaluated did not pass: it has no tick.
const fn sign(result: &CheckResult) -> Sign {
    match (&result.outcome, result.strictness) {
        (Outcome::Passed(_), _) => Sign::Good,
        (Outcome::Failed(_), _) if result.exception.is_some() => Sign::Warning,
        (Outcome::Failed(_), Strictness::Fail) => Sign::Bad,
        (Outcome::Failed(_), Strictness::Warn) => Sign::Warning,
        (Outcome::Failed(_), Strictness::Ignore) | (Outcome::NotEvaluated(_), _) => Sign::Unknown,
        (Outcome::NotApplicable(_), _) => Sign::None,
    }
}

const fn weight(sign: Sign) -> u8 {
    match sign {
        Sign::Bad => 4,
        Sign::Warning => 3,
        Sign::Unknown => 2,
        Sign::Good => 1,
        Sign::None => 0,
    }
}
