//! The list of first steps, for as long as one of them is not done.

use leptos::prelude::*;
use trustboard_model::role::Role;
use trustboard_model::view::FirstSteps;

use super::api::read_first_steps;
use crate::component::{Sign, SignMark, admin, answered};
use crate::frame::{SessionHandle, follow};
use crate::text::AdminWord;

/// The steps in their order.
pub(super) const STEPS: [AdminWord; 5] = [
    AdminWord::StepAdministrator,
    AdminWord::StepDatacenter,
    AdminWord::StepCluster,
    AdminWord::StepHost,
    AdminWord::StepGreen,
];

/// How many steps are done: the next one is the one to do.
pub(super) const fn done(steps: &FirstSteps) -> usize {
    match steps {
        FirstSteps { green: true, .. } => 5,
        FirstSteps { host: true, .. } => 4,
        FirstSteps { cluster: Some(_), .. } => 3,
        FirstSteps { datacenter: Some(_), .. } => 2,
        FirstSteps { .. } => 1,
    }
}

/// The card on the overview: what is done, and the way to the next step. Nothing once all is done,
/// and for whoever could not do it.
#[component]
pub(crate) fn Checklist() -> impl IntoView {
    let session = SessionHandle::use_here();
    if !session.may_everywhere(Role::Administrator) {
        return ().into_any();
    }
    let steps = Resource::new(|| (), |()| read_first_steps());
    follow(move || steps.refetch());
    let shown = RwSignal::new(None::<FirstSteps>);
    let show = move |fresh: Option<FirstSteps>| {
        if shown.with_untracked(|shown| *shown != fresh) {
            shown.set(fresh);
        }
    };
    Effect::new(move |_| {
        if let Some(Ok(fresh)) = steps.get() {
            show(Some(fresh));
        }
    });
    answered(async move {
        // A reading that failed shows no list: the page itself says what it could not read.
        show(steps.await.ok());
        move || shown.get().filter(|steps| !steps.are_done()).map(|steps| view! { <Card steps /> })
    })
    .into_any()
}

#[component]
fn Card(steps: FirstSteps) -> impl IntoView {
    view! {
        <section class="card first-steps" id="first-steps">
            <h2>{admin(AdminWord::StartTitle)}</h2>
            <StepList done=done(&steps) />
            <div class="buttons">
                <a class="button primary" href="/start">{admin(AdminWord::StartNext)}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The steps with their marks.
#[component]
pub(super) fn StepList(done: usize) -> impl IntoView {
    let steps = STEPS.into_iter().enumerate().map(|(index, step)| {
        let is_done = index < done;
        let (sign, state) = if is_done {
            (Sign::Good, AdminWord::StepDone)
        } else {
            (Sign::None, AdminWord::StepOpen)
        };
        let current = (index == done).then_some("step");
        view! {
            <li class:done=is_done aria-current=current>
                <SignMark sign />
                <span>{admin(step)}</span>
                <span class="hidden">{admin(state)}</span>
            </li>
        }
    });
    view! { <ol class="steps">{steps.collect_view()}</ol> }
}

#[cfg(test)]
mod tests {
    use trustboard_model::id::{ClusterId, DatacenterId};
    use trustboard_model::view::Named;

    use super::*;

    #[test]
    fn each_step_follows_the_one_before() {
        let mut steps = FirstSteps::default();
        assert_eq!(done(&steps), 1);
        let name = "a".to_owned();
        let id = DatacenterId::from_random([1; 16]);
        steps.datacenter = Some(Named { id, name: name.clone() });
        assert_eq!(done(&steps), 2);
        steps.cluster = Some(Named { id: ClusterId::from_random([1; 16]), name });
        steps.token = true;
        assert_eq!(done(&steps), 3);
        steps.host = true;
        assert_eq!((done(&steps), steps.are_done()), (4, false));
        steps.green = true;
        assert_eq!((done(&steps), steps.are_done()), (STEPS.len(), true));
    }
}
