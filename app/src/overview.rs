//! All datacenters with their counts: what needs a person, at a glance.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::host_query::{AlarmIs, Test};
use trustboard_model::view::{Counts, DatacenterNode, Inventory, Mark, SecurityFilter};

use crate::blank::{Blank, BlankView, FailureView, Loading};
use crate::component::{ChangeOutcome, Sign, SignMark, TreeMark, answered, language, say};
use crate::failure::Failure;
use crate::frame::{Heading, InventoryHandle, follow};
use crate::security::state;
use crate::setup::Checklist;
use crate::text::{self, Ui};

/// The overview.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let Some(InventoryHandle(inventory)) = use_context() else { return ().into_any() };
    let shown = RwSignal::new(None::<Result<Inventory, Failure>>);
    let show = move |answer: Result<Inventory, Failure>| {
        if shown.with_untracked(|shown| shown.as_ref() != Some(&answer)) {
            shown.set(Some(answer));
        }
    };
    Effect::new(move |_| {
        if let Some(answer) = inventory.get() {
            show(answer);
        }
    });
    follow(|| ());
    view! {
        <Heading title=say(Ui::AllDatacenters).to_owned()>""</Heading>
        <ChangeOutcome />
        <Checklist />
            <Loading loaded=Signal::derive(move || shown.with(Option::is_some)) />
            {answered(async move {
                show(inventory.await);
                move || shown.get().map(|answer| match answer {
                    Ok(Inventory { datacenters }) if datacenters.is_empty() => {
                        view! { <BlankView blank=Blank::NoDatacenters /> }.into_any()
                    }
                    Ok(Inventory { datacenters }) => view! { <Datacenters datacenters /> }.into_any(),
                    Err(why) => view! { <FailureView why retry=move || inventory.refetch() /> }.into_any(),
                })
            })}
    }
    .into_any()
}

#[component]
fn Datacenters(datacenters: Vec<DatacenterNode>) -> impl IntoView {
    let rows = datacenters.into_iter().map(|node| view! { <Datacenter node /> }).collect_view();
    let head = |word: &'static str| view! { <th scope="col" class="number">{word}</th> };
    let language = language();
    view! {
        <div class="table-region" role="region" aria-label=say(Ui::AllDatacenters) tabindex="0">
            <table class="overview">
                <thead>
                    <tr>
                        <th scope="col">{say(Ui::Datacenter)}</th>
                        {head(say(Ui::Hosts))}
                        {KINDS.map(|kind| head(text::attestation(language, kind))).collect_view()}
                        {head(text::freshness(language, trustboard_model::host::Freshness::Stale))}
                        {head(say(Ui::RedAlarms))}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

const KINDS: [Attestation; 4] =
    [Attestation::Failed, Attestation::Unknown, Attestation::NotApplicable, Attestation::Passed];

#[component]
fn Datacenter(node: DatacenterNode) -> impl IntoView {
    let language = language();
    let path = format!("/datacenters/{}/security", node.id);
    let Counts { hosts, passed, failed, unknown, not_applicable, stale, red } = node.counts;
    let link = |count: u32, filter: SecurityFilter, sign: Option<Sign>| {
        let number = text::number(language, count.into());
        let href = state::address(&path, &filter, None);
        let sign = sign.filter(|_| count > 0).map(|sign| view! { <SignMark sign /> });
        let class = if count == 0 { "number none" } else { "number" };
        view! { <td class=class><a href=href>{sign}{number}</a></td> }
    };
    let counted = KINDS.map(|kind| {
        let count = match kind {
            Attestation::Failed => failed,
            Attestation::Unknown => unknown,
            Attestation::NotApplicable => not_applicable,
            Attestation::Passed => passed,
        };
        let filter = SecurityFilter::only(Test::Attestation(kind));
        link(count, filter, Some(Sign::of(kind)))
    });
    let red = link(red, SecurityFilter::only(Test::Alarm(AlarmIs::Red)), None);
    let all = link(hosts, SecurityFilter::ALL, None);
    view! {
        <tr>
            <th scope="row">
                <a href=path.clone()>
                    <TreeMark mark=Mark::of(&node.counts) />
                    <bdi>{node.name}</bdi>
                </a>
            </th>
            {all}
            {counted.collect_view()}
            <td class="number">{text::number(language, stale.into())}</td>
            {red}
        </tr>
    }
}
