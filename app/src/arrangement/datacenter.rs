//! The datacenter's own forms: another name, and its end.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::role::Role;
use trustboard_model::view::Named;

use super::new::MAX_NAME;
use crate::component::admin;
use crate::frame::SessionHandle;
use crate::text::AdminWord;

/// Rename and delete.
#[component]
pub(super) fn ThisDatacenter(datacenter: Named<DatacenterId>, empty: bool) -> impl IntoView {
    let session = SessionHandle::use_here();
    let typed = session.typed("rename-datacenter", "name");
    let open = typed.is_some();
    let id = datacenter.id.to_string();
    let may_delete = session.may_everywhere(Role::Administrator);
    let delete = may_delete.then(|| {
        if empty {
            view! {
                <form method="post" action="/api/ui/delete-datacenter" class="stack">
                    <p>{admin(AdminWord::DeleteDatacenterHint)}</p>
                    <input type="hidden" name="id" value=id.clone() />
                    <div class="buttons">
                        <button type="submit" class="danger">{admin(AdminWord::DeleteDatacenter)}</button>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! { <p>{admin(AdminWord::DatacenterNotEmpty)}</p> }.into_any()
        }
    });
    view! {
        <section class="card" id="this-datacenter">
            <h2>{admin(AdminWord::ThisDatacenter)}</h2>
            <div class="folds">
                <details class="fold" open=open name="datacenter">
                    <summary>{format!("{}…", admin(AdminWord::Rename))}</summary>
                    <form method="post" action="/api/ui/rename-datacenter" class="row-form">
                        <input type="hidden" name="id" value=id.clone() />
                        <input type="hidden" name="seen" value=datacenter.name.clone() />
                        <label>
                            <span>{admin(AdminWord::NewName)}</span>
                            <input
                                type="text"
                                name="name"
                                value=typed.unwrap_or(datacenter.name)
                                required
                                maxlength=MAX_NAME
                                autocomplete="off"
                            />
                        </label>
                        <button type="submit" class="primary">{admin(AdminWord::Rename)}</button>
                    </form>
                </details>
                {delete.map(|delete| view! {
                    <details class="fold" name="datacenter">
                        <summary>{format!("{}…", admin(AdminWord::Delete))}</summary>
                        {delete}
                    </details>
                })}
            </div>
        </section>
    }
    .into_any()
}
