//! What the host booted beside what was approved: the match, or every difference to the closest
//! configuration, and the ways to accept it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use trustboard_model::appraisal::Report;
use trustboard_model::comparison::Comparison;
use trustboard_model::host::Attestation;
use trustboard_model::id::HostId;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationAction, HostPage, Impact};

use crate::component::{
    Closest, ConfigurationLink, FirstDifferences, ImpactPreview, Loaded, Sign, SignMark, say, trust,
};
use crate::configuration::api;
use crate::configuration::{ClusterChoice, KeepOlder, NameAndNotes, ReasonInput};
use crate::failure::Failure;
use crate::frame::SessionHandle;
use crate::text::{Trust, Ui};

/// What is about to be accepted, as the address says: the revision that was seen, and whether the
/// older version stays approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Accepting {
    revision: u64,
    keep_older: bool,
}

impl Accepting {
    /// From the page's address.
    pub(super) fn use_here() -> Memo<Option<Self>> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let revision = query.get("accept")?.parse().ok()?;
                Some(Self { revision, keep_older: query.get("keep").is_some() })
            })
        })
    }

    fn address(self) -> String {
        let keep = if self.keep_older { "&keep=older" } else { "" };
        format!("?accept={}{keep}#accept", self.revision)
    }

    /// What accepting would do to every host.
    pub(super) async fn impact(
        accepting: Option<Self>,
        host: Result<HostId, Failure>,
    ) -> Result<Option<Impact>, Failure> {
        let Some(Self { revision, keep_older }) = accepting else { return Ok(None) };
        let (host, reason) = (host?, String::new());
        let action = ConfigurationAction::AcceptChange { host, revision, reason, keep_older };
        api::read_configuration_impact(action).await.map(Some)
    }
}

/// What the section shows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    comparison: Option<Comparison>,
    verified: bool,
    passed: bool,
}

impl Shown {
    fn of(page: &HostPage) -> Self {
        let report: Option<&Report> = page.report.as_ref();
        Self {
            comparison: report.and_then(|report| report.comparison.clone()),
            verified: report.is_some(),
            passed: page.row.attestation == Attestation::Passed,
        }
    }
}

/// The section. It is written anew only when the comparison changes, so that what is typed stays.
#[component]
pub(super) fn ApprovedConfiguration(
    page: RwSignal<HostPage>,
    accepting: Memo<Option<Accepting>>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let (host, datacenter) = page.with_untracked(|page| (page.row.id, page.row.datacenter.id));
    let shown = Memo::new(move |_| page.with(Shown::of));
    let revision = Memo::new(move |_| page.with(|page| page.row.revision));
    let session = SessionHandle::use_here();
    let may_prepare = session.may(Role::Operator, datacenter);
    let may_decide = session.may(Role::Approver, datacenter);
    view! {
        <section class="card" id="configuration">
            <h2>{trust(Trust::ApprovedConfiguration)}</h2>
            {move || {
                let Shown { comparison, verified, passed } = shown.get();
                let differs = matches!(comparison, Some(Comparison::Differs { .. }));
                let matched = matches!(comparison, Some(Comparison::Matched { .. }));
                let offer = move || {
                    let accepting = Accepting { revision: revision.get(), keep_older: false };
                    view! {
                        <a class="button primary" href=accepting.address()>
                            {format!("{}…", trust(Trust::AcceptChange))}
                        </a>
                    }
                };
                view! {
                    <ComparisonView comparison verified />
                    {(may_decide && differs).then(|| view! {
                        <p class="buttons">{offer}</p>
                        {move || accepting.get().map(|accepting| view! {
                            <AcceptPanel host accepting impact />
                        })}
                    })}
                    {(may_prepare && passed).then(|| view! { <CaptureForm host folded=matched /> })}
                }
            }}
        </section>
    }
    .into_any()
}

#[component]
fn ComparisonView(comparison: Option<Comparison>, verified: bool) -> impl IntoView {
    match comparison {
        None => {
            let why = if verified { Trust::NothingCompared } else { Trust::NotComparedYet };
            view! { <p class="dim" data-comparison="none">{trust(why)}</p> }.into_any()
        }
        Some(Comparison::Matched { configuration }) => view! {
            <p data-comparison="matched">
                <SignMark sign=Sign::Good />" "
                {trust(Trust::Matches)}" "
                <ConfigurationLink configuration />
            </p>
        }
        .into_any(),
        Some(Comparison::Differs { closest, count, differences, fingerprint: _ }) => view! {
            <p data-comparison="differs">
                <SignMark sign=Sign::Bad />" "
                {trust(Trust::MatchesNone)}" "
                <Closest configuration=closest count />
            </p>
            <FirstDifferences differences count />
        }
        .into_any(),
    }
}

/// The differences stand above; here is what accepting them would do, and why somebody does.
#[component]
fn AcceptPanel(
    host: HostId,
    accepting: Accepting,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let Accepting { revision, keep_older } = accepting;
    let preview = move || {
        impact.get().and_then(Result::transpose).map(|answer| view! { <ImpactPreview answer /> })
    };
    view! {
        <div class="review" id="accept" tabindex="-1">
            <h3>{trust(Trust::AcceptChange)}</h3>
            <p>{trust(Trust::AcceptChangeHint)}</p>
            {preview}
            <KeepOlder
                keep_older
                supersede=Accepting { revision, keep_older: false }.address()
                keep=Accepting { revision, keep_older: true }.address()
            />
            <form method="post" action="/api/ui/accept-change" class="stack">
                <input type="hidden" name="host" value=host.to_string() />
                <input type="hidden" name="revision" value=revision.to_string() />
                <input type="hidden" name="keep_older" value=keep_older.to_string() />
                <ReasonInput form="accept-change" />
                <div class="buttons">
                    <button type="submit" class="primary">{trust(Trust::AcceptChange)}</button>
                    <a class="button" href=format!("/hosts/{host}#configuration")>{say(Ui::Cancel)}</a>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// Makes a draft from what a verified host booted.
#[component]
fn CaptureForm(
    host: HostId,
    /// Whether the host matches one already, so that this is not what somebody comes for.
    folded: bool,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let typed = |field| session.typed("capture", field).unwrap_or_default();
    let refused = session.change().is_some_and(|change| change.form == "capture");
    let class = if folded { "button" } else { "button primary" };
    view! {
        <details class="fold" id="capture" open=refused>
            <summary class=class>{format!("{}…", trust(Trust::Capture))}</summary>
            <form method="post" action="/api/ui/capture" class="stack">
                <p class="dim">{trust(Trust::CaptureHint)}</p>
                <input type="hidden" name="host" value=host.to_string() />
                <NameAndNotes name=typed("name") notes=typed("notes") />
                <ClusterChoice chosen=Vec::new() />
                <p class="dim">{trust(Trust::OwnClusterHint)}</p>
                <div class="buttons">
                    <button type="submit" class="primary">{trust(Trust::Capture)}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
