//! The buttons of one host. A viewer gets none.

use leptos::prelude::*;
use trustboard_model::role::Role;
use trustboard_model::view::HostRow;

use super::form::ActionForm;
use super::kind::Kind;
use super::outcome::OutcomeView;
use crate::component::say;
use crate::frame::SessionHandle;
use crate::text::Ui;

/// The actions that the open row of the table offers; the host's page offers all.
const SHORT: [Kind; 3] = [Kind::Acknowledge, Kind::VerifyNow, Kind::Reset];

/// The actions that the host's state offers now. Each form stays as it is while the row changes,
/// so that nothing typed is lost.
#[component]
pub(crate) fn Actions(
    #[prop(into)] row: Signal<HostRow>,
    /// Only those for the table.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let (host, datacenter) = row.with_untracked(|row| (row.id, row.datacenter.id));
    let session = SessionHandle::use_here();
    let may_act = Memo::new(move |_| session.may(Role::Operator, datacenter));
    let notice = session.notice_about(host);
    view! {
        <div class="actions" role="group" aria-label=say(Ui::Actions) data-acts=host.to_string()>
            <div role="status" data-stays=format!("done-{host}")>
                {notice.filter(|notice| notice.outcome.is_ok()).map(|notice| view! {
                    <OutcomeView outcome=notice.outcome />
                })}
            </div>
            <Show when=move || may_act.get() fallback=|| view! { <p class="dim">{say(Ui::ViewerHint)}</p> }>
                {Kind::ALL
                    .into_iter()
                    // It stands in the reset's form.
                    .filter(|kind| *kind != Kind::VerifyThenReset)
                    .filter(|kind| !short || SHORT.contains(kind))
                    .map(|kind| {
                        let may = move || session.may(kind.needs(), datacenter);
                        let offered = Memo::new(move |_| may() && row.with(|row| kind.is_offered(row)));
                        view! {
                            <Show when=move || offered.get()>
                                <ActionForm kind row />
                            </Show>
                        }
                    })
                    .collect_view()}
            </Show>
        </div>
    }
    .into_any()
}
