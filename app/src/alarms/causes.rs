//! Red alarms by what they were raised for: one line each, with what to do about all of them.

use leptos::prelude::*;
use trustboard_model::host_query::{Fingerprint, HostQuery, Test};
use trustboard_model::view::{AlarmCause, AlarmsPage};

use super::state::{address, matching};
use super::word;
use crate::bulk::BulkButtons;
use crate::cause;
use crate::component::{Relative, language, say, tell};
use crate::text::{self, AlarmWord, Phrase, Ui};

/// The ways to what differs, and to what can be done about it; each with how many it is about, if
/// there are others.
fn ways(red: u32, differences: Vec<(Fingerprint, u32)>) -> impl IntoView {
    let links = differences.into_iter().map(move |(fingerprint, hosts)| {
        let href = cause::address(&fingerprint);
        let count = (hosts < red).then(|| tell(&Phrase::Hosts { count: hosts }) + ": ");
        view! { <li>{count}<a data-decide="" href=href>{cause::open()}</a></li> }
    });
    view! { <ul class="plain ways">{links.collect_view()}</ul> }
}

/// The causes. Nothing, while there is only one kind of alarm.
#[component]
pub(super) fn Causes(
    page: RwSignal<AlarmsPage>,
    path: Signal<String>,
    may_act: Memo<bool>,
) -> impl IntoView {
    let causes = Memo::new(move |_| page.with(|page| page.causes.clone()));
    let line = move |cause: AlarmCause| {
        let test = Test::Cause(cause.reason.code().to_owned());
        let query = HostQuery::ALL.and(test.clone());
        let href = {
            let query = query.clone();
            move || address(&path.get(), &query, 1)
        };
        let current = move || page.with(|page| page.filter.query.single("cause") == Some(&test));
        let selection = Signal::derive(move || Some(page.with(|page| matching(page, &query))));
        let counts = cause.counts;
        view! {
            <tr data-cause=cause.reason.code()>
                <th scope="row">
                    <a href=href aria-current=move || current().then_some("true")>
                        {text::reason_title(language(), cause.reason)}
                    </a>
                    {ways(cause.counts.red, cause.differences)}
                </th>
                <td class="number" data-label=word(AlarmWord::RedAlarms)>{text::number(language(), counts.red.into())}</td>
                <td class="number" data-label=word(AlarmWord::Unacknowledged)>{text::number(language(), counts.unacknowledged().into())}</td>
                <td class="number" data-label=word(AlarmWord::Cleared)>{text::number(language(), counts.cleared.into())}</td>
                <td><Relative at=cause.since /></td>
                <td class="row-acts">
                    <Show when=move || may_act.get()>
                        <BulkButtons selection few=true />
                    </Show>
                </td>
            </tr>
        }
    };
    view! {
        <Show when=move || causes.with(|causes| !causes.is_empty())>
            <section class="alarm-causes">
                <h2 id="alarm-causes">{word(AlarmWord::CausesOfAlarms)}</h2>
                <div class="table-region" role="region" aria-labelledby="alarm-causes" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{word(AlarmWord::Reason)}</th>
                                <th scope="col" class="number">{word(AlarmWord::RedAlarms)}</th>
                                <th scope="col" class="number">{word(AlarmWord::Unacknowledged)}</th>
                                <th scope="col" class="number">{word(AlarmWord::Cleared)}</th>
                                <th scope="col">{word(AlarmWord::Age)}</th>
                                <th scope="col"><span class="hidden">{say(Ui::Actions)}</span></th>
                            </tr>
                        </thead>
                        <tbody>{move || causes.get().into_iter().map(line).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        </Show>
    }
    .into_any()
}
