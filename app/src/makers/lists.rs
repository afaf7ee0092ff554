//! The makers' revocation lists, and the latest imports.

use leptos::prelude::*;
use trustboard_model::view::{ImportSummary, MakerRevocationList};

use super::word;
use crate::component::{Moment, Sign, SignMark, language};
use crate::text::{self, MakerWord};

/// The revocation lists, if there are any.
#[component]
pub(super) fn Lists(lists: Vec<MakerRevocationList>) -> impl IntoView {
    if lists.is_empty() {
        return ().into_any();
    }
    let language = language();
    let columns = [
        (MakerWord::ListIssuer, false),
        (MakerWord::ListMade, false),
        (MakerWord::ListNext, false),
        (MakerWord::ListCount, true),
        (MakerWord::State, false),
    ];
    let head = columns.map(|(column, number)| {
        view! { <th scope="col" class=number.then_some("number")>{word(column)}</th> }
    });
    let rows = lists.into_iter().map(|list| {
        let (sign, state) = if list.verified {
            (Sign::Good, MakerWord::ListVerified)
        } else {
            (Sign::Warning, MakerWord::ListNotVerified)
        };
        view! {
            <tr>
                <th scope="row"><bdi>{list.issuer}</bdi></th>
                <td>{text::day(language, list.this_update)}</td>
                <td>{list.next_update.map(|next| text::day(language, next))}</td>
                <td class="number">{text::number(language, list.revoked)}</td>
                <td>
                    <span class="maker-state"><SignMark sign /><span>{word(state)}</span></span>
                </td>
            </tr>
        }
    });
    view! {
        <section class="card" id="lists">
            <h2>{word(MakerWord::Lists)}</h2>
            <div class="table-region" role="region" aria-label=word(MakerWord::Lists) tabindex="0">
                <table>
                    <thead><tr>{head}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The latest imports, each a link to its report.
#[component]
pub(super) fn Imports(imports: Vec<ImportSummary>) -> impl IntoView {
    if imports.is_empty() {
        return ().into_any();
    }
    let language = language();
    let rows = imports.into_iter().map(|import| {
        let href = format!("/makers?import={}#report", import.id);
        let counts = text::import_counts(language, &import.counts);
        view! {
            <li>
                <a href=href><bdi>{import.file}</bdi></a>
                " · "<bdi>{text::actor(language, &import.by)}</bdi>" · "<Moment at=import.at />
                <br />
                <small>{counts}</small>
            </li>
        }
    });
    view! {
        <section class="card" id="imports">
            <h2>{word(MakerWord::Imports)}</h2>
            <ul class="imports">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
