//! Forms for a new datacenter and a new cluster.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::policy::Profile;

use crate::component::{ChangeOutcome, admin, say, trust};
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{AdminWord, Trust, Ui};

/// The longest name, in characters, as the server has it.
pub(super) const MAX_NAME: &str = "64";

/// The page with the form for a new datacenter.
#[component]
pub(crate) fn NewDatacenterScreen() -> impl IntoView {
    follow(|| ());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=admin(AdminWord::NewDatacenterTitle).to_owned() parents>""</Heading>
        <ChangeOutcome />
        <section class="card" id="new-datacenter">
            <p class="dim">{admin(AdminWord::StepDatacenterHint)}</p>
            <NewDatacenter then=String::new() />
        </section>
    }
    .into_any()
}

/// The form for a new datacenter.
#[component]
pub(crate) fn NewDatacenter(
    /// The page to go on with.
    then: String,
) -> impl IntoView {
    let typed = SessionHandle::use_here().typed("create-datacenter", "name").unwrap_or_default();
    view! {
        <form method="post" action="/api/ui/create-datacenter" class="row-form" data-form="create-datacenter">
            <input type="hidden" name="then" value=then />
            <label>
                <span>{say(Ui::Name)}</span>
                <input type="text" name="name" value=typed required maxlength=MAX_NAME autocomplete="off" />
            </label>
            <button type="submit" class="primary">{admin(AdminWord::CreateDatacenter)}</button>
        </form>
    }
    .into_any()
}

/// The form for a new cluster: its name, and the policy that it begins with, in words.
#[component]
pub(crate) fn NewCluster(
    datacenter: DatacenterId,
    /// The page to go on with.
    then: String,
) -> impl IntoView {
    let session = SessionHandle::use_here();
    let typed = session.typed("create-cluster", "name").unwrap_or_default();
    let chosen = session.typed("create-cluster", "profile");
    let chosen = chosen.and_then(|code| Profile::from_code(&code)).unwrap_or(Profile::LinuxServer);
    let profiles = Profile::ALL.map(|profile| {
        let meaning = match profile {
            Profile::LinuxServer => Trust::LinuxServerMeaning,
            Profile::VsphereLike => Trust::VsphereMeaning,
        };
        view! {
            <label class="choice">
                <input type="radio" name="profile" value=profile.code() checked=profile == chosen required />
                <span>{trust(meaning)}</span>
            </label>
        }
    });
    view! {
        <form method="post" action="/api/ui/create-cluster" class="stack" data-form="create-cluster">
            <input type="hidden" name="datacenter" value=datacenter.to_string() />
            <input type="hidden" name="then" value=then />
            <label>
                <span>{say(Ui::Name)}</span>
                <input type="text" name="name" value=typed required maxlength=MAX_NAME autocomplete="off" />
            </label>
            <fieldset class="choices">
                <legend>{admin(AdminWord::ChoosePolicy)}</legend>
                {profiles}
                <p class="dim">{admin(AdminWord::ChoosePolicyHint)}</p>
            </fieldset>
            <div class="buttons">
                <button type="submit" class="primary">{admin(AdminWord::CreateCluster)}</button>
            </div>
        </form>
    }
    .into_any()
}
