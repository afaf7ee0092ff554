//! Before somebody approves or retires: what it would do to which hosts. What is looked at stands
//! in the address, so the preview works without scripts and can be sent to a colleague.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::id::ConfigurationId;
use trustboard_model::view::{ConfigurationAction, ConfigurationRow, HostAction, Impact};

use crate::component::{ImpactPreview, Loaded, say, trust};
use crate::frame::SessionHandle;
use crate::text::{Trust, Ui};

/// What is about to be done with the revision that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Review {
    /// The revision.
    pub seen: u64,
    /// What.
    pub kind: Kind,
}

/// What is about to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Approve; older versions stay approved if `keep_older`.
    Approve { keep_older: bool },
    /// Retire, or throw a draft away.
    Retire,
}

impl Review {
    /// From the address.
    pub(super) fn parse(query: &ParamsMap) -> Option<Self> {
        let kind = match query.get("review")?.as_str() {
            "approve" => Kind::Approve { keep_older: query.get("keep").is_some() },
            "retire" => Kind::Retire,
            _ => return None,
        };
        Some(Self { seen: query.get("seen")?.parse().ok()?, kind })
    }

    /// Its address on the page.
    pub(super) fn address(self) -> String {
        let (review, keep) = match self.kind {
            Kind::Approve { keep_older: false } => ("approve", ""),
            Kind::Approve { keep_older: true } => ("approve", "&keep=older"),
            Kind::Retire => ("retire", ""),
        };
        format!("?review={review}&seen={}{keep}#review", self.seen)
    }

    /// What it asks of the server, to see what it would do.
    pub(super) fn action(self, id: ConfigurationId) -> ConfigurationAction {
        let revision = self.seen;
        match self.kind {
            Kind::Approve { keep_older } => {
                ConfigurationAction::Approve { id, revision, keep_older }
            }
            Kind::Retire => ConfigurationAction::Retire { id, revision, reason: String::new() },
        }
    }
}

/// Where a version is approved, by way of its preview.
pub(crate) fn approval_address(row: &ConfigurationRow) -> String {
    let review = Review { seen: row.revision, kind: Kind::Approve { keep_older: true } };
    format!("/configurations/{}{}", row.configuration.id, review.address())
}

impl Kind {
    /// Whether the state allows it.
    pub(super) const fn is_offered(self, state: ConfigurationState) -> bool {
        match (self, state) {
            (_, ConfigurationState::Draft | ConfigurationState::AwaitingSecond)
            | (Self::Retire, ConfigurationState::Approved) => true,
            (_, ConfigurationState::Superseded | ConfigurationState::Retired)
            | (Self::Approve { .. }, ConfigurationState::Approved) => false,
        }
    }

    /// What its button says.
    pub(super) const fn word(self, state: ConfigurationState) -> Trust {
        match (self, state) {
            (Self::Approve { .. }, ConfigurationState::AwaitingSecond) => Trust::ApproveSecond,
            (Self::Approve { .. }, _) => Trust::Approve,
            (Self::Retire, ConfigurationState::Draft) => Trust::Discard,
            (Self::Retire, _) => Trust::Retire,
        }
    }
}

/// The preview and the form.
#[component]
pub(super) fn ReviewPanel(
    row: ConfigurationRow,
    review: Review,
    two_approvals: bool,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let id = row.configuration.id.to_string();
    let state = row.state;
    let Review { seen, kind } = review;
    let word = trust(kind.word(state));
    let seen_field = view! { <input type="hidden" name="revision" value=seen.to_string() /> };
    let cancel = format!("/configurations/{id}");
    let preview = move || {
        impact.get().and_then(Result::transpose).map(|answer| view! { <ImpactPreview answer /> })
    };
    let form = match kind {
        Kind::Approve { keep_older } => {
            let address =
                |keep_older| Review { seen, kind: Kind::Approve { keep_older } }.address();
            let first = two_approvals && state == ConfigurationState::Draft;
            view! {
                {first.then(|| view! { <p class="condition">{trust(Trust::SecondNeeded)}</p> })}
                <KeepOlder
                    keep_older
                    supersede=address(false)
                    keep=address(true)
                />
                <form method="post" action="/api/ui/approve-configuration" class="stack">
                    <input type="hidden" name="id" value=id />
                    {seen_field}
                    <input type="hidden" name="keep_older" value=keep_older.to_string() />
                    <div class="buttons">
                        <button type="submit" class="primary">{word}</button>
                        <a class="button" href=cancel>{say(Ui::Cancel)}</a>
                    </div>
                </form>
            }
            .into_any()
        }
        Kind::Retire => view! {
            <form method="post" action="/api/ui/retire-configuration" class="stack">
                <input type="hidden" name="id" value=id />
                {seen_field}
                <ReasonInput form="retire" />
                <div class="buttons">
                    <button type="submit" class="danger">{word}</button>
                    <a class="button" href=cancel>{say(Ui::Cancel)}</a>
                </div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="card review" id="review" tabindex="-1">
            <h2>{word}</h2>
            {preview}
            {form}
        </section>
    }
    .into_any()
}

/// What becomes of older versions: two links, because each has another impact.
#[component]
pub(crate) fn KeepOlder(
    keep_older: bool,
    #[prop(into)] supersede: String,
    #[prop(into)] keep: String,
) -> impl IntoView {
    let link = |href: String, word: Trust, current: bool| {
        view! { <a href=href aria-current=current.then_some("true")>{trust(word)}</a> }
    };
    view! {
        <p class="choice">
            <span>{trust(Trust::OlderVersions)}</span>
            {link(supersede, Trust::OlderSuperseded, !keep_older)}
            {link(keep, Trust::OlderKept, keep_older)}
        </p>
    }
}

/// The reason that a form asks for; what was typed into it comes back when it was refused.
#[component]
pub(crate) fn ReasonInput(form: &'static str) -> impl IntoView {
    let typed = SessionHandle::use_here().typed(form, "reason").unwrap_or_default();
    view! {
        <label>
            <span>{say(Ui::ReasonField)}</span>
            <input
                type="text"
                name="reason"
                value=typed
                required
                maxlength=HostAction::MAX_TEXT.to_string()
                autocomplete="off"
            />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_review_that_wrote_it() {
        for kind in
            [Kind::Approve { keep_older: false }, Kind::Approve { keep_older: true }, Kind::Retire]
        {
            let review = Review { seen: 7, kind };
            let mut query = ParamsMap::new();
            let address = review.address();
            let pairs = address.trim_start_matches('?').trim_end_matches("#review");
            for pair in pairs.split('&') {
                let (name, value) = pair.split_once('=').unwrap();
                query.insert(name.to_owned(), value.to_owned());
            }
            assert_eq!(Review::parse(&query), Some(review));
        }
        assert_eq!(Review::parse(&ParamsMap::new()), None);
    }

    #[test]
    fn what_ended_is_left_alone() {
        for state in [ConfigurationState::Superseded, ConfigurationState::Retired] {
            assert!(!Kind::Retire.is_offered(state));
            assert!(!Kind::Approve { keep_older: true }.is_offered(state));
        }
        assert!(Kind::Retire.is_offered(ConfigurationState::Approved));
        assert!(!Kind::Approve { keep_older: false }.is_offered(ConfigurationState::Approved));
    }
}
