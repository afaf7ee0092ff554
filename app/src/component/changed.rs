//! What became of the change that led to this page.

use leptos::prelude::*;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Arranged;

use super::{admin, language, say, tell, tell_admin};
use crate::change::Changed;
use crate::failure::Failure;
use crate::frame::SessionHandle;
use crate::text::{self, AdminPhrase, AdminWord, Phrase, Ui};

/// Done and what it did, or refused and why; nothing if no change led here.
#[component]
pub(crate) fn ChangeOutcome() -> impl IntoView {
    let change = SessionHandle::use_here().change();
    let shown = change.map(|change| match change.outcome {
        Ok(done) => view! { <p class="outcome done">{done_words(&done)}</p> }.into_any(),
        Err(failure) => refused(&failure),
    });
    view! { <div class="change" role="status" data-stays="change">{shown}</div> }.into_any()
}

#[expect(clippy::match_same_arms, reason = "one line a kind, in the order of the enum")]
fn done_words(done: &Changed) -> String {
    match done {
        Changed::Table | Changed::Access(_) | Changed::Setting => say(Ui::CommandDone).to_owned(),
        Changed::Configuration(done) => {
            let about = &done.configuration;
            let name = tell(&Phrase::NameVersion { name: &about.name, version: about.version });
            let state = match done.state {
                ConfigurationState::Draft => Phrase::NowDraft { name: &name },
                ConfigurationState::AwaitingSecond => Phrase::NowAwaiting { name: &name },
                ConfigurationState::Approved => Phrase::NowApproved { name: &name },
                ConfigurationState::Superseded | ConfigurationState::Retired => {
                    Phrase::NowRetired { name: &name }
                }
            };
            let state = tell(&state);
            match done.reappraised {
                0 => state,
                count => format!("{state} {}", tell(&Phrase::Reappraised { count })),
            }
        }
        Changed::Arranged { done } => arranged_words(done),
        Changed::Token(_) => say(Ui::CommandDone).to_owned(),
        Changed::TokenRevoked => admin(AdminWord::TokenRevokedNow).to_owned(),
        Changed::ChainCheckStarted => admin(AdminWord::ChainStarted).to_owned(),
        Changed::Hosts { hosts, without_evidence, not_looked_at, turn_red, turn_green } => {
            let mut said = vec![say(Ui::CommandDone).to_owned()];
            let parts = [
                (*hosts, Phrase::Reappraised { count: *hosts }),
                (*turn_red, Phrase::TurnedRed { count: *turn_red }),
                (*turn_green, Phrase::TurnedGreen { count: *turn_green }),
                (*without_evidence, Phrase::WithoutEvidence { count: *without_evidence }),
                (*not_looked_at, Phrase::NotLookedAt { count: *not_looked_at }),
            ];
            said.extend(parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, said)| tell(&said)));
            said.join(" ")
        }
    }
}

/// What was done to the inventory, and to which hosts it was not.
fn arranged_words(done: &Arranged) -> String {
    let mut said = Vec::new();
    if done.changed || done.left.is_empty() {
        said.push(say(Ui::CommandDone).to_owned());
    }
    if done.hosts > 0 {
        said.push(tell_admin(&AdminPhrase::HostsArranged { count: done.hosts }));
    }
    said.extend(done.left.iter().map(|left| {
        let why = text::refusal(language(), &left.why);
        tell_admin(&AdminPhrase::HostLeft { host: &left.host, why: &why })
    }));
    said.join(" ")
}

/// Why a change was refused, and what to do if the page is out of date.
pub(crate) fn refused(failure: &Failure) -> AnyView {
    let stale = matches!(failure, Failure::Refused(Refusal::Stale { .. }));
    view! {
        <p class="outcome refused" role="alert">
            {in_words(failure)}
            {stale.then(|| view! { " "{say(Ui::StaleHint)} })}
        </p>
    }
    .into_any()
}

/// Why something was not done.
pub(crate) fn in_words(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => text::refusal(language(), refusal),
        Failure::NotReached => say(Ui::NotConnected).to_owned(),
        Failure::Unreadable => say(Ui::LoadFailed).to_owned(),
    }
}
