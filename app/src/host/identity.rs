//! The identity on record, and the counters of the TPM that proved it.

use leptos::prelude::*;
use trustboard_model::appraisal::{ClockInfo, Report};
use trustboard_model::digest::Sha256;
use trustboard_model::view::IdentityView;

use crate::component::{DigestText, Moment, language, say};
use crate::text::{self, Ui};

/// The identity.
#[component]
pub(super) fn Identity(
    identity: Memo<IdentityView>,
    report: Memo<Option<Report>>,
) -> impl IntoView {
    let clock = Memo::new(move |_| report.with(|report| report.as_ref().and_then(|r| r.clock)));
    let key = |word: Ui, hash: Option<Sha256>| {
        hash.map(|hash| {
            view! { <div><dt>{say(word)}</dt><dd><DigestText hex=hash.to_string() /></dd></div> }
        })
    };
    view! {
        <section class="card" id="identity">
            <h2>{say(Ui::Identity)}</h2>
            {move || {
                let IdentityView { state, ek, ak, since, presented_ek } = identity.get();
                view! {
                    <p><b>{text::identity(language(), state)}</b></p>
                    <dl class="facts wide">
                        {key(Ui::IdentityEk, ek)}
                        {key(Ui::IdentityAk, ak)}
                        {key(Ui::IdentityPresentedEk, presented_ek)}
                        {since.map(|at| view! {
                            <div><dt>{say(Ui::IdentitySince)}</dt><dd><Moment at /></dd></div>
                        })}
                    </dl>
                }
            }}
            {move || clock.get().map(|clock| {
                let ClockInfo { reset_count, restart_count, .. } = clock;
                view! {
                    <h3 class="section">{say(Ui::Counters)}</h3>
                    <dl class="facts">
                        <div><dt>{say(Ui::ClockResets)}</dt><dd>{reset_count}</dd></div>
                        <div><dt>{say(Ui::ClockRestarts)}</dt><dd>{restart_count}</dd></div>
                    </dl>
                }
            })}
        </section>
    }
    .into_any()
}
