//! The first step: what accepting the difference would change, and why somebody does.

use leptos::prelude::*;
use trustboard_model::check::CheckId;
use trustboard_model::comparison::Comparison;
use trustboard_model::host_query::Fingerprint;
use trustboard_model::role::Role;
use trustboard_model::view::{CauseExample, CausePage, ConfigurationRow, Impact};

use super::{address, word};
use crate::blank::Loading;
use crate::component::{ImpactPreview, Loaded, answered, tell, trust};
use crate::configuration::{KeepOlder, ReasonInput, approval_address};
use crate::frame::SessionHandle;
use crate::text::{CauseWord, Phrase, Trust};

/// The host whose difference can be accepted: it booted what nobody approved, and is not just
/// being judged by what somebody has approved meanwhile.
pub(super) fn acceptable(page: &CausePage) -> Option<&CauseExample> {
    let example = page.example.as_ref()?;
    let differs = matches!(example.comparison, Some(Comparison::Differs { .. }));
    let unapproved = example.reason.code.check() == CheckId::ApprovedConfiguration;
    (differs && unapproved && page.judging == 0).then_some(example)
}

/// What the panel shows of a page. It is written anew only when this changes, so that what is
/// typed stays.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    cause: Fingerprint,
    example: CauseExample,
    awaiting: Vec<ConfigurationRow>,
}

/// The panel; nothing where there is nothing to accept.
#[component]
pub(super) fn AcceptPanel(
    page: Memo<Option<CausePage>>,
    /// Whether older versions stay approved.
    keep_older: Memo<bool>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        page.with(|page| {
            let page = page.as_ref()?;
            let (example, awaiting) = (acceptable(page)?.clone(), page.awaiting.clone());
            Some(Shown { cause: page.cause.clone(), example, awaiting })
        })
    });
    move || {
        let Shown { cause, example, awaiting } = shown.get()?;
        let may = SessionHandle::use_here().may(Role::Approver, example.datacenter);
        let folded = !awaiting.is_empty();
        let form = move || {
            let (cause, example) = (cause.clone(), example.clone());
            view! { <AcceptForm cause example keep_older impact /> }
        };
        Some(view! {
            <section class="card review" id="accept" tabindex="-1">
                <h2>{word(CauseWord::Accept)}</h2>
                <Awaiting awaiting />
                {if !may {
                    view! { <p class="hint">{word(CauseWord::NotYours)}</p> }.into_any()
                } else if folded {
                    let summary = format!("{}…", trust(Trust::AcceptChange));
                    view! {
                        <details class="fold">
                            <summary class="button">{summary}</summary>
                            {form()}
                        </details>
                    }
                    .into_any()
                } else {
                    form().into_any()
                }}
            </section>
        })
    }
}

/// Versions that another person has to approve, each with the way there.
#[component]
fn Awaiting(awaiting: Vec<ConfigurationRow>) -> impl IntoView {
    let lines = awaiting.into_iter().map(|row| {
        let about = &row.configuration;
        let name = tell(&Phrase::NameVersion { name: &about.name, version: about.version });
        let by: Vec<_> = row.approvals.iter().map(|by| by.name.clone()).collect();
        view! {
            <p class="condition" data-awaiting=about.id.to_string()>
                <b><bdi>{name}</bdi></b>" "{word(CauseWord::Waits)}" "
                <bdi>{by.join(", ")}</bdi>" "
                <a class="button" href=approval_address(&row)>{trust(Trust::ApproveSecond)}</a>
            </p>
        }
    });
    lines.collect_view()
}

#[component]
fn AcceptForm(
    cause: Fingerprint,
    example: CauseExample,
    keep_older: Memo<bool>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let here = address(&cause);
    let supersede = format!("{here}?older=superseded#accept");
    let keep = format!("{here}#accept");
    let preview = move || {
        impact.get().and_then(Result::transpose).map(|answer| view! { <ImpactPreview answer /> })
    };
    view! {
        <p>{trust(Trust::AcceptChangeHint)}</p>
        {example.two_approvals.then(|| view! { <p class="condition">{trust(Trust::SecondNeeded)}</p> })}
        // What it would change is seen before it is done, and takes a moment where hosts are many.
        <Loading loaded=impact.arrived() />
        {answered(async move {
            impact.arrive().await;
            preview
        })}
        {move || view! {
            <KeepOlder
                keep_older=keep_older.get()
                supersede=supersede.clone()
                keep=keep.clone()
            />
        }}
        <form method="post" action="/api/ui/accept-change" class="stack">
            <input type="hidden" name="host" value=example.host.id.to_string() />
            <input type="hidden" name="revision" value=example.revision.to_string() />
            <input type="hidden" name="keep_older" value=move || keep_older.get().to_string() />
            <input type="hidden" name="cause" value=cause.to_string() />
            <ReasonInput form="accept-change" />
            <div class="buttons">
                <button type="submit" class="primary">{trust(Trust::AcceptChange)}</button>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use trustboard_model::configuration::ConfigurationRef;
    use trustboard_model::digest::Sha256;
    use trustboard_model::event::EventSeq;
    use trustboard_model::id::{ConfigurationId, DatacenterId, HostId};
    use trustboard_model::reason::{Reason, ReasonCode};
    use trustboard_model::time::Timestamp;
    use trustboard_model::view::Named;

    use super::*;

    fn page(code: ReasonCode, judging: u32) -> CausePage {
        let id = ConfigurationId::from_random([3; 16]);
        let closest = ConfigurationRef { id, name: "Debian 12".to_owned(), version: 1 };
        let fingerprint = Sha256([7; 32]);
        let differences = Vec::new();
        let comparison = Comparison::Differs { closest, count: 1, differences, fingerprint };
        let host = Named { id: HostId::from_random([1; 16]), name: "db-1".to_owned() };
        CausePage {
            cause: Fingerprint::short(fingerprint),
            reason: Some(code),
            failing: 2,
            judging,
            red: 2,
            cleared: 0,
            datacenters: Vec::new(),
            since: None,
            example: Some(CauseExample {
                host,
                revision: 4,
                datacenter: DatacenterId::from_random([2; 16]),
                reason: Reason::new(code),
                comparison: Some(comparison),
                two_approvals: false,
            }),
            matched: None,
            awaiting: Vec::new(),
            now: Timestamp(0),
            seq: EventSeq(1),
        }
    }

    #[test]
    fn only_what_nobody_approved_is_accepted_and_only_once() {
        let unapproved = |code: &&ReasonCode| code.check() == CheckId::ApprovedConfiguration;
        let code = *ReasonCode::ALL.iter().find(unapproved).unwrap();
        assert!(acceptable(&page(code, 0)).is_some());
        assert!(acceptable(&page(code, 1)).is_none(), "it is being judged again");
        assert!(acceptable(&page(ReasonCode::SecureBootDisabled, 0)).is_none());
        let gone = CausePage { example: None, ..page(code, 0) };
        assert!(acceptable(&gone).is_none());
    }
}
