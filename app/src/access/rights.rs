//! Fields for what somebody may do where.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::rights::{Rights, RoleIn};
use trustboard_model::role::Role;
use trustboard_model::view::Named;

use crate::component::{access, language};
use crate::text::{self, AccessWord};

/// A choice of a role, or none.
#[component]
pub(super) fn RoleSelect(name: String, label: String, chosen: Option<Role>) -> impl IntoView {
    view! {
        <label class="role">
            <span><bdi>{label}</bdi></span>
            <select name=name>
                <option value="" selected=chosen.is_none()>{access(AccessWord::NoRole)}</option>
                {Role::ALL
                    .map(|role| view! {
                        <option value=role.code() selected=chosen == Some(role)>
                            {text::role(language(), role)}
                        </option>
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// The role everywhere, and one for each datacenter.
#[component]
pub(super) fn RightsFields(rights: Rights, datacenters: Vec<Named<DatacenterId>>) -> impl IntoView {
    let single = datacenters.into_iter().map(|one| {
        let chosen = rights.datacenters.get(&one.id).copied();
        view! { <RoleSelect name=format!("roles[{}]", one.id) label=one.name chosen /> }
    });
    let single = single.collect::<Vec<_>>();
    let open = !rights.datacenters.is_empty();
    view! {
        <RoleSelect
            name="everywhere".to_owned()
            label=access(AccessWord::RoleEverywhere).to_owned()
            chosen=rights.everywhere
        />
        <dl class="meanings">
            {Role::ALL
                .map(|role| view! {
                    <div>
                        <dt>{text::role(language(), role)}</dt>
                        <dd>{text::role_meaning(language(), role)}</dd>
                    </div>
                })
                .collect_view()}
        </dl>
        {(!single.is_empty()).then(|| view! {
            <details class="fold" open=open>
                <summary>{access(AccessWord::RolesInDatacenters)}</summary>
                <div class="roles">{single}</div>
            </details>
        })}
    }
}

/// The rights in words: `Viewer, Approver (Berlin)`.
pub(super) fn in_words(rights: &Rights, datacenters: &[Named<DatacenterId>]) -> String {
    let single = datacenters.iter().filter_map(|one| {
        let role = *rights.datacenters.get(&one.id)?;
        Some(RoleIn { id: one.id, name: one.name.clone(), role })
    });
    text::roles(language(), rights.everywhere, &single.collect::<Vec<_>>())
}
