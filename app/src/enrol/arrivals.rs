//! The hosts that enrolled last: who they are, how they are, and what to do about it.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::view::{Arrival, HostRow, Message};

use crate::component::{AttestationBadge, Relative, admin, language};
use crate::text::{self, AdminWord};

/// The list; who waits for the first one is told so.
#[component]
pub(crate) fn Arrivals(arrivals: Memo<Vec<Arrival>>) -> impl IntoView {
    let some = Memo::new(move |_| !arrivals.with(Vec::is_empty));
    view! {
        <div class="arrivals" role="log" aria-label=admin(AdminWord::ArrivalsTitle) aria-live="polite">
            {move || if some.get() {
                view! { <List arrivals /> }.into_any()
            } else {
                view! {
                    <p class="waiting" data-blank="empty">
                        <span class="pulse" aria-hidden="true"></span>
                        {admin(AdminWord::WaitingForHosts)}
                    </p>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}

#[component]
fn List(arrivals: Memo<Vec<Arrival>>) -> impl IntoView {
    let key = |arrival: &Arrival| (arrival.row.id, arrival.row.revision);
    view! {
        <ul>
            <For each=move || arrivals.get() key=key let:arrival>
                <Item arrival />
            </For>
        </ul>
    }
}

#[component]
fn Item(arrival: Arrival) -> impl IntoView {
    let Arrival { row, enrolled_at, tpm } = arrival;
    let href = format!("/hosts/{}", row.id);
    let language = language();
    let message = text::message(language, &row.message);
    // What to do first about the most telling reason; the host's page has the rest.
    let steps = match &row.message {
        Message::Reasons { reasons } => {
            let first = reasons.first().map(|first| text::reason(language, first).remedy);
            first.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let tpm = tpm.map_or_else(
        || view! { <span class="dim">{admin(AdminWord::NoTpm)}</span> }.into_any(),
        |tpm| view! { <bdi>{tpm}</bdi> }.into_any(),
    );
    let HostRow { attestation, freshness, .. } = row;
    // A host that failed says in its message why, and on its page what to do about it.
    let next = match attestation {
        Attestation::Failed => Some(AdminWord::ArrivalFailed),
        Attestation::NotApplicable => Some(AdminWord::ArrivalNoTpm),
        Attestation::Unknown => Some(AdminWord::ArrivalUnknown),
        Attestation::Passed => None,
    };
    let title = message;
    view! {
        <li data-arrival=row.id.to_string() data-attestation=attestation.code()>
            <div class="arrival">
                <a href=href.clone()><bdi>{row.name}</bdi></a>
                <AttestationBadge attestation freshness />
                {tpm}
                <Relative at=enrolled_at />
            </div>
            {title.map(|said| view! { <p class="message"><b>{said.title}</b>" "<bdi>{said.sentence}</bdi></p> })}
            {(!steps.is_empty()).then(|| view! {
                <ol class="remedy">
                    {steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
                </ol>
            })}
            {next.map(|next| view! {
                <p class="next">{admin(next)}" "<a href=href>{admin(AdminWord::ToTheHost)}</a></p>
            })}
        </li>
    }
    .into_any()
}
