//! The saved views: links, and forms that save, delete and put one first.

use leptos::prelude::*;
use trustboard_model::view::{SavedView, SecurityFilter, SecurityPage, ViewRef};

use crate::component::{table_phrase, table_word};
use crate::frame::SessionHandle;
use crate::security::state;
use crate::text::{TablePhrase, TableWord};

/// The menu.
#[component]
pub(super) fn ViewsMenu(page: SecurityPage, path: String) -> impl IntoView {
    let (views, filter, back) = (&page.views, now(&page), state::address_of(&page));
    let current = views.iter().find(|view| filter.view == Some(ViewRef::Saved(view.id)));
    let changed = current.is_some_and(|view| !same(&view.filter, &filter));
    let name = current.map(|view| view.name.clone());
    let everything = SecurityFilter { view: Some(ViewRef::All), ..SecurityFilter::ALL };
    let everything = state::address(&path, &everything, None);
    let lines = views.iter().map(|view| line(view, &filter, &path, &back)).collect_view();
    let none = views.is_empty().then(|| {
        view! { <p class="dim">{table_word(TableWord::ViewsNone)}</p> }
    });
    view! {
        <details class="menu views-menu" name="menu">
            <summary class="button">
                {table_word(TableWord::Views)}
                {name.map(|name| view! {
                    ": " <b><bdi>{name}</bdi>{changed.then_some(" *")}</b>
                })}
            </summary>
            <div class="sheet">
                {none}
                <ul class="views">
                    {lines}
                    <li>
                        <a href=everything data-noscroll="">
                            {table_word(TableWord::ViewEverything)}
                        </a>
                    </li>
                </ul>
                {save_form(&filter, &back)}
            </div>
        </details>
    }
    .into_any()
}

/// What is shown, with its columns: what a view of it would hold.
fn now(page: &SecurityPage) -> SecurityFilter {
    SecurityFilter { columns: Some(page.columns.clone()), page: 1, ..page.filter.clone() }
}

/// Whether both show the same hosts in the same way.
fn same(view: &SecurityFilter, shown: &SecurityFilter) -> bool {
    (&view.query, view.sort, view.descending) == (&shown.query, shown.sort, shown.descending)
        && (view.columns.is_none() || view.columns == shown.columns)
}

fn line(view: &SavedView, shown: &SecurityFilter, path: &str, back: &str) -> AnyView {
    let current = shown.view == Some(ViewRef::Saved(view.id));
    let filter = SecurityFilter { view: Some(ViewRef::Saved(view.id)), ..view.filter.clone() };
    let href = state::address(path, &filter, None);
    let owner = (!view.mine).then(|| {
        let name = view.owner.as_str();
        view! { <small>{table_phrase(&TablePhrase::SharedBy { name })}</small> }
    });
    let first = view.first.then(|| {
        view! { <small>{table_word(TableWord::ViewIsFirst)}</small> }
    });
    let (change, word) = if view.first {
        ("unfirst", TableWord::ViewUnfirst)
    } else {
        ("first", TableWord::ViewFirst)
    };
    let acts = [Some((change, word)), view.mine.then_some(("delete", TableWord::ViewDelete))];
    let acts = acts.into_iter().flatten().map(|(change, word)| {
        let label = format!("{}: {}", table_word(word), view.name);
        view! {
            <button type="submit" class="quiet" name="change" value=change aria-label=label>
                {table_word(word)}
            </button>
        }
    });
    view! {
        <li>
            <a href=href data-noscroll="" aria-current=current.then_some("true")>
                <bdi>{view.name.clone()}</bdi>
                {owner}
                {first}
            </a>
            <form method="post" action="/api/ui/change-view">
                <input type="hidden" name="id" value=view.id.to_string() />
                <input type="hidden" name="back" value=back.to_owned() />
                {acts.collect_view()}
            </form>
        </li>
    }
    .into_any()
}

fn save_form(filter: &SecurityFilter, back: &str) -> AnyView {
    let kept = SecurityFilter { view: None, ..filter.clone() };
    let hidden = kept.parameters().into_iter().map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    let typed = SessionHandle::use_here().typed("save-view", "name");
    view! {
        <form method="post" action="/api/ui/save-view" class="stack save-view">
            <p><b>{table_word(TableWord::ViewSave)}</b></p>
            {hidden.collect_view()}
            <input type="hidden" name="back" value=back.to_owned() />
            <label>
                <span>{table_word(TableWord::ViewName)}</span>
                <input
                    type="text"
                    name="name"
                    required
                    maxlength=SavedView::MAX_NAME.to_string()
                    value=typed
                    autocomplete="off"
                />
            </label>
            <label class="check">
                <input type="checkbox" name="shared" value="on" />
                <span>{table_word(TableWord::ViewShared)}</span>
            </label>
            <label class="check">
                <input type="checkbox" name="first" value="on" />
                <span>{table_word(TableWord::ViewFirst)}</span>
            </label>
            <button type="submit">{table_word(TableWord::Save)}</button>
        </form>
    }
    .into_any()
}
