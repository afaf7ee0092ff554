//! Server functions of the table: columns, views, completion. Plain forms post the first ones too.

use leptos::prelude::*;
use trustboard_model::id::ViewId;
use trustboard_model::view::TableDone;

use super::completion::Suggested;
use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{HostTablesHandle, ask_of};
#[cfg(feature = "ssr")]
use trustboard_model::host_query::HostQuery;
#[cfg(feature = "ssr")]
use trustboard_model::view::Scope;

/// Remembers columns.
#[server(prefix = "/api/ui", endpoint = "choose-columns", output = PostText)]
pub async fn choose_columns(
    /// The datacenter whose table it is; empty for the table of all.
    #[server(default)]
    datacenter: String,
    /// The columns, as an address has them; empty for the usual ones.
    #[server(default)]
    columns: String,
    /// Where a plain form leads back to.
    #[server(default)]
    back: String,
) -> Result<TableDone, Failure> {
    use trustboard_model::refusal::Refusal;
    use trustboard_model::view::TableAction;

    let parsed = match columns.trim() {
        "" => Ok(None),
        text => text.parse().map(Some),
    };
    let answer = ask_of(|HostTablesHandle(tables), viewer| async move {
        let columns = parsed.map_err(|error: trustboard_model::view::InvalidColumns| {
            Refusal::invalid("columns", error.to_string())
        })?;
        let scope = scope_of(&datacenter)?;
        tables.change_table(&viewer, TableAction::ChooseColumns { scope, columns }).await
    })
    .await;
    leave("columns", &answer, None, &back);
    answer
}

/// Saves a view, and shows it first if that is wanted.
#[server(prefix = "/api/ui", endpoint = "save-view", output = PostText)]
pub async fn save_view(
    /// Its name.
    name: String,
    /// The query, as an address has it; so have order and columns.
    #[server(default)]
    q: String,
    /// The order.
    #[server(default)]
    sort: String,
    /// The columns.
    #[server(default)]
    columns: String,
    /// `on` if everybody may use it.
    #[server(default)]
    shared: String,
    /// `on` if it is to be shown first.
    #[server(default)]
    first: String,
    /// The path of the table.
    #[server(default)]
    back: String,
) -> Result<TableDone, Failure> {
    use trustboard_model::refusal::Refusal;
    use trustboard_model::view::{InvalidFilter, SecurityFilter, TableAction, ViewRef};

    let pairs = [("q", q.as_str()), ("sort", sort.as_str()), ("columns", columns.as_str())];
    let parsed = SecurityFilter::parse(pairs);
    let typed = vec![("name".to_owned(), name.clone())];
    let saved = parsed.clone();
    let answer = ask_of(|HostTablesHandle(tables), viewer| async move {
        let filter = parsed.map_err(|error: InvalidFilter| {
            let (parameter, problem) = error.parts();
            Refusal::invalid(parameter, problem)
        })?;
        let save = TableAction::SaveView { name, filter, shared: shared == "on" };
        let done = tables.change_table(&viewer, save).await?;
        if first == "on" {
            tables.change_table(&viewer, TableAction::ShowFirst { id: done.view }).await?;
        }
        Ok(done)
    })
    .await;
    // The view itself is what it leads to.
    let to = match (&answer, saved) {
        (Ok(TableDone { view: Some(id) }), Ok(filter)) => {
            let filter = SecurityFilter { view: Some(ViewRef::Saved(*id)), ..filter };
            super::state::address(&path_only(&back), &filter, None)
        }
        _ => back,
    };
    leave("save-view", &answer, Some(typed), &to);
    answer
}

/// Deletes a view, shows it first, or no longer.
#[server(prefix = "/api/ui", endpoint = "change-view", output = PostText)]
pub async fn change_view(
    /// Which.
    id: ViewId,
    /// `delete`, `first` or `unfirst`.
    change: String,
    /// Where a plain form leads back to.
    #[server(default)]
    back: String,
) -> Result<TableDone, Failure> {
    use trustboard_model::refusal::Refusal;
    use trustboard_model::view::TableAction;

    let answer = ask_of(|HostTablesHandle(tables), viewer| async move {
        let action = match change.as_str() {
            "delete" => TableAction::DeleteView { id },
            "first" => TableAction::ShowFirst { id: Some(id) },
            "unfirst" => TableAction::ShowFirst { id: None },
            _ => return Err(Refusal::invalid("change", "expected delete, first or unfirst")),
        };
        tables.change_table(&viewer, action).await
    })
    .await;
    leave("change-view", &answer, None, &back);
    answer
}

/// What completes the filter that is being typed.
#[server(prefix = "/api/ui", endpoint = "suggest", input = PostText, output = PostText)]
pub async fn suggest(
    /// The datacenter whose table it is; empty for the table of all.
    datacenter: String,
    /// The whole text of the field.
    text: String,
    /// Where the caret is, in UTF-16 units.
    caret: u32,
) -> Result<Vec<Suggested>, Failure> {
    use super::completion::{self, Typed};

    let language = crate::language::of_request();
    // Longer texts are refused where they are asked.
    let text: String = text.chars().take(HostQuery::MAX_TEXT).collect();
    let typing = completion::typing(&text, completion::in_bytes(&text, caret));
    let names = match &typing.what {
        Typed::Value { field, value } if completion::has_names(field) => {
            let (field, value) = ((*field).to_owned(), value.clone());
            ask_of(|HostTablesHandle(tables), viewer| async move {
                let scope = scope_of(&datacenter)?;
                tables.complete(&viewer, scope, &field, &value).await
            })
            .await?
            .names
        }
        _ => {
            // Nobody who is not signed in is told which fields there are.
            ask_of(|HostTablesHandle(_), _| std::future::ready(Ok(()))).await?;
            Vec::new()
        }
    };
    let found = completion::suggestions(&typing.what, &names);
    Ok(found.iter().map(|one| Suggested::of(language, &text, &typing, one)).collect())
}

#[cfg(feature = "ssr")]
fn scope_of(datacenter: &str) -> Result<Scope, trustboard_model::refusal::Refusal> {
    match datacenter {
        "" => Ok(Scope::Everything),
        id => id
            .parse()
            .map(Scope::Datacenter)
            .map_err(|_| trustboard_model::refusal::Refusal::not_found("datacenter")),
    }
}

/// Leads a plain form on, with what became of it if that is worth a word.
#[cfg(feature = "ssr")]
fn leave(
    form: &str,
    answer: &Result<TableDone, Failure>,
    typed: Option<Vec<(String, String)>>,
    to: &str,
) {
    use crate::change::{Change, Changed, leave};

    let outcome = answer.clone().map(|_| Changed::Table);
    let typed = typed.filter(|_| answer.is_err()).unwrap_or_default();
    leave(&Change { form: form.to_owned(), typed, outcome }, local(to));
}

/// An address of this server's own tables; nothing for any other.
#[cfg(feature = "ssr")]
fn local(to: &str) -> Option<String> {
    let table = to.starts_with("/security") || to.starts_with("/datacenters/");
    let plain = !to.chars().any(|c| c.is_control() || c == '\\');
    (table && plain).then(|| to.to_owned())
}

#[cfg(feature = "ssr")]
fn path_only(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}
