//! What a configuration measured, register by register and event by event. Of a draft a reviewer
//! chooses the registers, and says which events differ from host to host.

use leptos::prelude::*;
use trustboard_model::configuration::{Reference, ReferenceEvent, ReferencePcr};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::view::ConfigurationRow;

use super::ClusterChoice;
use super::import::NotesInput;
use crate::component::{DigestText, SaidText, language, say, tell, trust};
use crate::frame::SessionHandle;
use crate::text::{self, Phrase, Trust, Ui};

/// Registers with more events are folded at first.
const OPEN_EVENTS: usize = 24;

/// The events; of a draft within the form that changes it.
#[component]
pub(super) fn Events(
    reference: Reference,
    /// The registers that it may speak of.
    offered: Vec<PcrIndex>,
    row: ConfigurationRow,
    editable: bool,
) -> impl IntoView {
    let bank = reference.bank.name();
    let others = offered.into_iter().filter(|pcr| !reference.pcrs.contains_key(pcr)).collect();
    let registers = reference.pcrs.into_iter().map(|(pcr, expected)| {
        view! { <Register pcr expected editable /> }
    });
    let registers = registers.collect_view();
    let content = if editable {
        view! { <DraftForm row others>{registers}</DraftForm> }.into_any()
    } else {
        registers.into_any()
    };
    view! {
        <section class="card" id="events">
            <h2>{trust(Trust::Measured)}</h2>
            <p class="dim">{trust(Trust::MeasuredHint)}" "{tell(&Phrase::InBank { bank })}</p>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn DraftForm(row: ConfigurationRow, others: Vec<PcrIndex>, children: Children) -> impl IntoView {
    let typed = SessionHandle::use_here().typed("edit", "notes");
    let notes = typed.unwrap_or(row.notes);
    let clusters = row.clusters.into_iter().map(|cluster| cluster.id).collect();
    let others = others.into_iter().map(|pcr| {
        view! {
            <label class="check" title=text::pcr_purpose(language(), pcr)>
                <input type="checkbox" name="pcrs[]" value=pcr.to_string() />
                {format!("PCR {pcr}")}
            </label>
        }
    });
    let others: Vec<_> = others.collect();
    view! {
        <form method="post" action="/api/ui/edit-configuration" class="stack" autocomplete="off">
            <input type="hidden" name="id" value=row.configuration.id.to_string() />
            <input type="hidden" name="revision" value=row.revision.to_string() />
            <div class="registers">{children()}</div>
            {(!others.is_empty()).then(|| view! {
                <fieldset class="boxes">
                    <legend>{trust(Trust::OtherRegisters)}</legend>
                    {others}
                </fieldset>
            })}
            <ClusterChoice chosen=clusters />
            <label>
                <span>{trust(Trust::Notes)}</span>
                <NotesInput notes />
            </label>
            <div class="buttons">
                <button type="submit">{trust(Trust::SaveDraft)}</button>
            </div>
        </form>
    }
}

#[component]
fn Register(pcr: PcrIndex, expected: ReferencePcr, editable: bool) -> impl IntoView {
    let count = u32::try_from(expected.events.len()).unwrap_or(u32::MAX);
    let open = (1..=OPEN_EVENTS).contains(&expected.events.len());
    let heading = view! {
        <b>{format!("PCR {pcr}")}</b>
        " "
        {text::pcr_purpose(language(), pcr)}
        " "
        <span class="dim">{tell(&Phrase::EventsExtended { count })}</span>
    };
    let columns = [trust(Trust::EventColumn), trust(Trust::TopicColumn), trust(Trust::WordsColumn)];
    let digest = [trust(Trust::DigestColumn), trust(Trust::VariesColumn)];
    let rows = expected.events.into_iter().map(|event| view! { <EventRow event editable /> });
    view! {
        <details class="group" data-register=pcr.to_string() open=open>
            <summary>{heading}</summary>
            {editable.then(|| view! {
                <label class="check">
                    <input type="checkbox" name="pcrs[]" value=pcr.to_string() checked />
                    {trust(Trust::RegisterCounts)}
                </label>
            })}
            <p class="dim">{trust(Trust::RegisterValue)}" "<DigestText hex=expected.value.to_string() /></p>
            {(count > 0).then(|| view! {
                <div class="table-region" role="region" aria-label=format!("PCR {pcr}") tabindex="0">
                    <table class="measured">
                        <thead>
                            <tr>
                                {columns.map(|word| view! { <th scope="col">{word}</th> })}
                                {digest.map(|word| view! { <th scope="col">{word}</th> })}
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            })}
        </details>
    }
    .into_any()
}

#[component]
fn EventRow(event: ReferenceEvent, editable: bool) -> impl IntoView {
    let number = event.number;
    let varies = match (editable, event.varies) {
        (true, varies) => view! {
            <input
                type="checkbox"
                name="varies[]"
                value=number.to_string()
                checked=varies
                aria-label=tell(&Phrase::EventVaries { event: number })
            />
        }
        .into_any(),
        (false, true) => view! { <span class="token">{trust(Trust::Varies)}</span> }.into_any(),
        (false, false) => view! { <span class="dim">{say(Ui::No)}</span> }.into_any(),
    };
    view! {
        <tr data-event-number=number.to_string()>
            <th scope="row" class="number">{number.to_string()}</th>
            <td>{text::topic(language(), event.topic)}</td>
            <td><SaidText said=event.said /></td>
            <td><DigestText hex=event.digest.to_string() /></td>
            <td>{varies}</td>
        </tr>
    }
    .into_any()
}
