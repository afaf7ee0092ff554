//! The exceptions of a cluster's hosts: what each covers, who granted it, why, until when.

use leptos::prelude::*;
use trustboard_model::view::ExceptionRow;

use crate::component::{Moment, Until, language, say, trust};
use crate::configuration::ReasonInput;
use crate::text::{self, Trust, Ui};

/// The table; those that end first stand first.
#[component]
pub(crate) fn Exceptions(exceptions: Vec<ExceptionRow>, may_act: bool) -> impl IntoView {
    let content = if exceptions.is_empty() {
        view! { <p class="dim">{trust(Trust::NoExceptions)}</p> }.into_any()
    } else {
        let columns = [
            say(Ui::Host),
            say(Ui::CheckColumn),
            trust(Trust::CoversColumn),
            trust(Trust::GrantedByColumn),
            trust(Trust::UntilColumn),
            trust(Trust::UsedColumn),
        ];
        let rows = exceptions.into_iter().map(|row| view! { <Row row may_act /> });
        view! {
            <div class="table-region" role="region" aria-label=trust(Trust::Exceptions) tabindex="0">
                <table class="exceptions">
                    <thead>
                        <tr>
                            {columns.map(|word| view! { <th scope="col">{word}</th> })}
                            {may_act.then(|| view! { <th scope="col">{say(Ui::Actions)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card" id="exceptions">
            <h2>{trust(Trust::Exceptions)}</h2>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn Row(row: ExceptionRow, may_act: bool) -> impl IntoView {
    let ExceptionRow { exception, host, used } = row;
    let language = language();
    let covers = [exception.value.place, exception.value.found].into_iter().flatten();
    let covers: Vec<_> = covers.map(|fact| text::fact(language, &fact).into_owned()).collect();
    let reason = exception.reason;
    view! {
        <tr data-exception=exception.id.to_string()>
            <th scope="row"><a href=format!("/hosts/{}", host.id)><bdi>{host.name}</bdi></a></th>
            <td>{text::check(language, exception.check).title}</td>
            <td>
                {text::reason_title(language, exception.value.code)}
                <small><bdi>{covers.join(" · ")}</bdi></small>
            </td>
            <td>
                <bdi>{exception.by}</bdi>" "<Moment at=exception.at />
                <small><bdi>{reason}</bdi></small>
            </td>
            <td><Until at=exception.expires_at /></td>
            <td>{say(if used { Ui::Yes } else { Ui::No })}</td>
            {may_act.then(|| view! {
                <td>
                    <details class="fold">
                        <summary>{format!("{}…", trust(Trust::Revoke))}</summary>
                        <form method="post" action="/api/ui/revoke-exception" class="stack">
                            <input type="hidden" name="id" value=exception.id.to_string() />
                            <ReasonInput form="revoke" />
                            <div class="buttons">
                                <button type="submit" class="danger">{trust(Trust::Revoke)}</button>
                            </div>
                        </form>
                    </details>
                </td>
            })}
        </tr>
    }
    .into_any()
}
