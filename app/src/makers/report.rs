//! What became of each certificate of an import.

use leptos::prelude::*;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportLine, ImportOutcome, ImportReport};

use super::table::short_subject;
use super::word;
use crate::component::{DigestText, Moment, Sign, SignMark, language};
use crate::text::{self, MakerWord};

/// The report, or that it is not kept any more.
#[component]
pub(super) fn Report(report: Result<ImportReport, Refusal>) -> impl IntoView {
    let Ok(ImportReport { summary, lines }) = report else {
        return view! {
            <section class="card" id="report"><p>{word(MakerWord::NoSuchImport)}</p></section>
        }
        .into_any();
    };
    let language = language();
    let columns =
        [MakerWord::Place, MakerWord::Certificate, MakerWord::Fingerprint, MakerWord::Outcome];
    let head = columns.map(|column| view! { <th scope="col">{word(column)}</th> });
    view! {
        <section class="card" id="report">
            <h2>{word(MakerWord::Report)}</h2>
            <p>
                <b><bdi>{summary.file}</bdi></b>
                " · "<bdi>{text::actor(language, &summary.by)}</bdi>" · "<Moment at=summary.at />
            </p>
            <p data-counts="">{text::import_counts(language, &summary.counts)}</p>
            <div class="table-region tall" role="region" aria-label=word(MakerWord::Report) tabindex="0">
                <table>
                    <thead><tr>{head}</tr></thead>
                    <tbody>
                        {lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: ImportLine) -> impl IntoView {
    let language = language();
    let ImportLine { place, number, facts, notes, repairs, outcome } = line;
    let sign = match &outcome {
        ImportOutcome::Trusted { .. } | ImportOutcome::Follows | ImportOutcome::List { .. } => {
            Sign::Good
        }
        ImportOutcome::Awaiting => Sign::Warning,
        ImportOutcome::Known { .. } | ImportOutcome::Repeated => Sign::None,
        ImportOutcome::Refused { .. } => Sign::Bad,
    };
    let more: Vec<String> = repairs
        .iter()
        .map(|repair| text::maker_repair(language, repair))
        .chain(notes.iter().map(|note| text::maker_note(language, *note).to_owned()))
        .collect();
    let (subject, fingerprint) = match facts {
        None => (().into_any(), ().into_any()),
        Some(facts) => {
            let hex = facts.fingerprint.to_string();
            let name = short_subject(&facts.subject);
            let taken = !matches!(outcome, ImportOutcome::Refused { .. });
            let subject = if taken {
                let href = format!("/makers?certificate={hex}#certificate");
                view! { <a href=href><bdi>{name}</bdi></a> }.into_any()
            } else {
                view! { <bdi>{name}</bdi> }.into_any()
            };
            (subject, view! { <DigestText hex /> }.into_any())
        }
    };
    view! {
        <tr>
            <td><bdi>{text::import_place(language, &place, number)}</bdi></td>
            <td>{subject}</td>
            <td>{fingerprint}</td>
            <td>
                <span class="maker-state">
                    <SignMark sign />
                    <span><bdi>{text::import_outcome(language, &outcome)}</bdi></span>
                </span>
                {(!more.is_empty()).then(|| view! { <small>{more.join("; ")}</small> })}
            </td>
        </tr>
    }
    .into_any()
}
