//! Sessions: whose, since when, from where; each can be ended.

use leptos::prelude::*;
use trustboard_model::view::SessionRow;

use super::api::read_sessions;
use super::outcome::Outcome;
use crate::component::{Clock, Loaded, Moment, Relative, access, say};
use crate::frame::{Heading, follow};
use crate::text::{AccessWord, Ui};

/// The page of all sessions.
#[component]
pub(crate) fn SessionsScreen() -> impl IntoView {
    let page = Loaded::of(Resource::new(|| (), |()| read_sessions()));
    follow(move || page.read_again());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=access(AccessWord::Sessions).to_owned() parents>""</Heading>
        <p class="dim">{access(AccessWord::SessionsIntro)}</p>
        <Outcome />
        {page.whole(|page| {
                Clock::use_here().hear(page.now);
                view! {
                    <section class="card">
                        <SessionTable sessions=page.sessions named=true />
                    </section>
                }
                .into_any()
            })}
    }
    .into_any()
}

/// A table of sessions.
#[component]
pub(super) fn SessionTable(
    sessions: Vec<SessionRow>,
    /// Whether they are of several operators.
    named: bool,
) -> impl IntoView {
    let columns = [
        AccessWord::Device,
        AccessWord::Address,
        AccessWord::Began,
        AccessWord::LastUsed,
        AccessWord::Ends,
        AccessWord::Actions,
    ];
    let rows = sessions.into_iter().map(|session| view! { <Row session named /> }).collect_view();
    view! {
        <div class="table-region" role="region" aria-label=access(AccessWord::Sessions) tabindex="0">
            <table class="sessions">
                <thead>
                    <tr>
                        {named.then(|| view! { <th scope="col">{access(AccessWord::Name)}</th> })}
                        {columns.map(|word| view! { <th scope="col">{access(word)}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(session: SessionRow, named: bool) -> impl IntoView {
    let SessionRow { id, operator, created_at, last_used_at, ends_at, device, address, current } =
        session;
    view! {
        <tr data-session=id.to_string() data-current=current.then_some("")>
            {named.then(|| view! { <th scope="row"><bdi>{operator.name}</bdi></th> })}
            <td class="device">
                <bdi title=device.clone()>{device.clone()}</bdi>
                {current.then(|| view! { " "<span class="token">{access(AccessWord::ThisSession)}</span> })}
            </td>
            <td><bdi>{address}</bdi></td>
            <td><Moment at=created_at /></td>
            <td><Relative at=last_used_at /></td>
            <td><Moment at=ends_at /></td>
            <td>
                <form method="post" action="/api/ui/end-session">
                    <input type="hidden" name="id" value=id.to_string() />
                    <button type="submit">{access(AccessWord::EndSession)}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}
