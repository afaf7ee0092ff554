//! Importing a configuration from an event log: a plain form with the file.

use leptos::prelude::*;

use super::ClusterChoice;
use crate::component::{say, trust};
use crate::frame::SessionHandle;
use crate::text::{Trust, Ui};

/// Where the form goes. The server answers with the way to the new draft.
const PATH: &str = "/configurations/import";

/// The form, folded.
#[component]
pub(super) fn Import() -> impl IntoView {
    let session = SessionHandle::use_here();
    let typed = |field| session.typed("import", field).unwrap_or_default();
    let refused = session.change().is_some_and(|change| change.form == "import");
    view! {
        <details class="card fold" id="import" open=refused>
            <summary><h2>{trust(Trust::Import)}</h2></summary>
            <form class="stack" method="post" action=PATH enctype="multipart/form-data">
                <p class="dim">{trust(Trust::ImportHint)}</p>
                <label>
                    <span>{trust(Trust::LogFile)}</span>
                    <input type="file" name="log" required />
                </label>
                <NameAndNotes name=typed("name") notes=typed("notes") />
                <ClusterChoice chosen=Vec::new() />
                <div class="buttons">
                    <button type="submit" class="primary">{trust(Trust::ImportButton)}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// The two fields of every new configuration.
#[component]
pub(crate) fn NameAndNotes(name: String, notes: String) -> impl IntoView {
    view! {
        <label>
            <span>{say(Ui::Name)}</span>
            <input
                type="text"
                name="name"
                value=name
                required
                maxlength="200"
                placeholder=trust(Trust::NameExample)
                autocomplete="off"
            />
        </label>
        <label>
            <span>{trust(Trust::Notes)}</span>
            <NotesInput notes />
        </label>
    }
}

/// The notes. A line, because Leptos writes what stands in a `textarea` unescaped.
#[component]
pub(super) fn NotesInput(notes: String) -> impl IntoView {
    view! { <input type="text" name="notes" value=notes maxlength="1000" autocomplete="off" /> }
}
