//! The first steps, one at a time: a datacenter, a cluster, a host, and that it is green.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::view::{EnrolmentPage, FirstSteps, Named};

use super::api::read_first_steps;
use super::checklist::{StepList, done};
use crate::arrangement::{NewCluster, NewDatacenter};
use crate::component::{ChangeOutcome, Page, admin, say, tell_admin};
use crate::enrol::api::read_enrolment;
use crate::enrol::{Arrivals, NewTokenForm, TokenCommand};
use crate::failure::Failure;
use crate::frame::{Heading, follow};
use crate::text::{AdminPhrase, AdminWord, Ui};

/// Where the steps lead to.
pub(crate) const HERE: &str = "/start";

/// The screen.
#[component]
pub(crate) fn StartScreen() -> impl IntoView {
    let answer = Resource::new(
        || (),
        |()| async move {
            let steps = read_first_steps().await?;
            let page = match &steps.cluster {
                Some(cluster) => Some(read_enrolment(cluster.id).await?),
                None => None,
            };
            Ok::<_, Failure>((steps, page))
        },
    );
    let view = Page::of(answer, |(_, page)| page.as_ref().map(|page| page.now));
    follow(move || view.read_again());
    let shown = move || view.content().get();
    let steps = Memo::new(move |_| shown().map(|(steps, _)| steps));
    let page = Memo::new(move |_| shown().and_then(|(_, page)| page));
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=admin(AdminWord::StartTitle).to_owned() parents>""</Heading>
        <p class="dim">{admin(AdminWord::StartIntro)}</p>
        <ChangeOutcome />
        {view.view(move || {
            (move || steps.get().map(|steps| view! { <Steps steps page /> })).into_any()
        })}
    }
    .into_any()
}

/// The list, and the step that is to be done. Made anew only when a step is done: what somebody
/// types stays while hosts arrive.
#[component]
fn Steps(steps: FirstSteps, page: Memo<Option<EnrolmentPage>>) -> impl IntoView {
    let done = done(&steps);
    let FirstSteps { datacenter, cluster, .. } = steps;
    let step = match (done, datacenter, cluster) {
        (0 | 1, ..) | (_, None, _) => view! { <DatacenterStep /> }.into_any(),
        (2, Some(datacenter), _) | (_, Some(datacenter), None) => {
            view! { <ClusterStep datacenter /> }.into_any()
        }
        (_, Some(_), Some(cluster)) => view! { <HostStep cluster page done /> }.into_any(),
    };
    view! {
        <section class="card" id="steps">
            <StepList done />
        </section>
        {step}
    }
    .into_any()
}

#[component]
fn DatacenterStep() -> impl IntoView {
    view! {
        <section class="card" id="step-datacenter">
            <h2>{admin(AdminWord::StepDatacenter)}</h2>
            <p class="dim">{admin(AdminWord::StepDatacenterHint)}</p>
            <NewDatacenter then=HERE.to_owned() />
        </section>
    }
}

#[component]
fn ClusterStep(datacenter: Named<DatacenterId>) -> impl IntoView {
    let heading = tell_admin(&AdminPhrase::NewClusterIn { datacenter: &datacenter.name });
    view! {
        <section class="card" id="step-cluster">
            <h2><bdi>{heading}</bdi></h2>
            <p class="dim">{admin(AdminWord::StepClusterHint)}</p>
            <NewCluster datacenter=datacenter.id then=HERE.to_owned() />
        </section>
    }
}

#[component]
fn HostStep(
    cluster: Named<ClusterId>,
    page: Memo<Option<EnrolmentPage>>,
    done: usize,
) -> impl IntoView {
    let heading = tell_admin(&AdminPhrase::EnrolIn { cluster: &cluster.name });
    let arrivals = Memo::new(move |_| page.get().map(|page| page.arrivals).unwrap_or_default());
    let finished = done >= super::checklist::STEPS.len();
    view! {
        {finished.then(|| view! {
            <section class="card" id="step-finished">
                <h2>{admin(AdminWord::StartFinished)}</h2>
                <p>{admin(AdminWord::StartFinishedHint)}</p>
                <div class="buttons">
                    <a class="button primary" href="/">{say(Ui::AllDatacenters)}</a>
                </div>
            </section>
        })}
        <section class="card" id="step-host">
            <h2><bdi>{heading}</bdi></h2>
            <p class="dim">{admin(AdminWord::StepHostHint)}</p>
            <TokenCommand cluster=cluster.id />
            <NewTokenForm cluster=cluster.id then=HERE.to_owned() />
        </section>
        <section class="card" id="step-arrivals">
            <h2>{admin(AdminWord::ArrivalsTitle)}</h2>
            <Arrivals arrivals />
        </section>
    }
    .into_any()
}
