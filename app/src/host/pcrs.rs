//! The PCR table: what the TPM quoted beside what the log explains.

use leptos::prelude::*;
use trustboard_model::appraisal::{PcrRow, PcrState};

use crate::component::{DigestText, Sign, SignMark, language, say, tell};
use crate::text::{self, Phrase, Ui};

/// The table.
#[component]
pub(super) fn Pcrs(rows: Vec<PcrRow>) -> impl IntoView {
    let table = if rows.is_empty() {
        view! { <p class="dim">{say(Ui::NoPcrs)}</p> }.into_any()
    } else {
        view! { <PcrTable rows /> }.into_any()
    };
    view! {
        <section class="card" id="pcrs">
            <h2>{say(Ui::PcrTable)}</h2>
            {table}
        </section>
    }
}

#[component]
fn PcrTable(rows: Vec<PcrRow>) -> impl IntoView {
    let columns = [
        Ui::PcrBank,
        Ui::PcrIndex,
        Ui::PcrPurpose,
        Ui::PcrQuoted,
        Ui::PcrReplayed,
        Ui::PcrEvents,
        Ui::PcrStateColumn,
    ];
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::PcrTable) tabindex="0">
            <table class="pcrs">
                <thead>
                    <tr>{columns.map(|word| view! { <th scope="col">{say(word)}</th> }).collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Pcr row /> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Pcr(row: PcrRow) -> impl IntoView {
    let language = language();
    let sign = match row.state {
        PcrState::Explained => Sign::Good,
        PcrState::Mismatch | PcrState::Unexplained => Sign::Bad,
        PcrState::Reset => Sign::None,
        PcrState::NotEvaluated => Sign::Unknown,
    };
    let same = row.replayed.as_ref() == Some(&row.quoted);
    let replayed = row.replayed.map(|digest| {
        if same {
            view! { <span class="dim">"="</span> }.into_any()
        } else {
            view! { <DigestText hex=digest.to_string() /> }.into_any()
        }
    });
    view! {
        <tr data-pcr=row.pcr.to_string() data-bank=row.bank.name() class=format!("pcr {}", sign.tone())>
            <td>{row.bank.name()}</td>
            <th scope="row">{row.pcr.to_string()}</th>
            <td>{text::pcr_purpose(language, row.pcr)}</td>
            <td><DigestText hex=row.quoted.to_string() /></td>
            <td>{replayed}</td>
            <td class="number">{(row.events > 0).then(|| tell(&Phrase::EventsExtended { count: row.events }))}</td>
            <td><SignMark sign />" "{text::pcr_state(language, row.state)}</td>
        </tr>
    }
    .into_any()
}
