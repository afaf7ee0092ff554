//! The identity on record, and the counters of the TPM that proved it.

use leptos::prelude::*;
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::digest::Sha256;
use trustboard_model::view::IdentityView;

use crate::component::{DigestText, Moment, language, say};
use crate::text::{self, MakerWord, Ui};

/// The identity.
#[component]
pub(super) fn Identity(
    identity: IdentityView,
    clock: Option<ClockInfo>,
    /// Whether the EK counts because an operator approved it.
    by_operator: bool,
) -> impl IntoView {
    let IdentityView { state, ek, ak, since, presented_ek } = identity;
    let key = |word: Ui, hash: Option<Sha256>| {
        hash.map(|hash| {
            view! { <div><dt>{say(word)}</dt><dd><DigestText hex=hash.to_string() /></dd></div> }
        })
    };
    let counters = clock.map(|ClockInfo { reset_count, restart_count, .. }| {
        view! {
            <h3 class="section">{say(Ui::Counters)}</h3>
            <dl class="facts">
                <div><dt>{say(Ui::ClockResets)}</dt><dd>{reset_count.to_string()}</dd></div>
                <div><dt>{say(Ui::ClockRestarts)}</dt><dd>{restart_count.to_string()}</dd></div>
            </dl>
        }
    });
    let since = since.map(|at| {
        view! { <div><dt>{say(Ui::IdentitySince)}</dt><dd><Moment at /></dd></div> }
    });
    view! {
        <section class="card" id="identity">
            <h2>{say(Ui::Identity)}</h2>
            <p><b>{text::identity(language(), state)}</b></p>
            {by_operator.then(|| view! {
                <p class="condition" data-by-operator="">
                    <b>{text::maker_word(language(), MakerWord::EkByOperator)}"."</b>
                    " "
                    {text::maker_word(language(), MakerWord::EkByOperatorHint)}
                </p>
            })}
            <dl class="facts wide">
                {key(Ui::IdentityEk, ek)}
                {key(Ui::IdentityAk, ak)}
                {key(Ui::IdentityPresentedEk, presented_ek)}
                {since}
            </dl>
            {counters}
        </section>
    }
}
