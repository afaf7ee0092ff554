//! The form that brings a file.

use leptos::prelude::*;

use super::word;
use crate::text::MakerWord;

/// A plain form with the file, folded unless there is nothing yet.
#[component]
pub(super) fn Import(open: bool, may_import: bool) -> impl IntoView {
    if !may_import {
        return view! { <p class="dim">{word(MakerWord::ApproversOnly)}</p> }.into_any();
    }
    view! {
        <details class="card fold" id="import" open=open>
            <summary><h2>{word(MakerWord::Import)}</h2></summary>
            <form class="stack" method="post" action="/makers/import" enctype="multipart/form-data">
                <p class="dim">{word(MakerWord::ImportHint)}</p>
                <label>
                    <span>{word(MakerWord::File)}</span>
                    <input type="file" name="file" required />
                </label>
                <label class="tick">
                    <input type="checkbox" name="trust" value="published" checked />
                    <span>{word(MakerWord::TrustPublished)}</span>
                </label>
                <p class="dim">{word(MakerWord::TrustPublishedHint)}</p>
                <div class="buttons">
                    <button type="submit" class="primary">{word(MakerWord::ImportNow)}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
