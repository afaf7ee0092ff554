//! The handle at the end of a column's head. Without scripts columns have the widths that the style
//! gives them.

use leptos::prelude::*;
use trustboard_model::view::{Column, Columns};

use crate::component::{language, table_phrase};
use crate::text::{self, TablePhrase};

/// The handle.
#[component]
pub(super) fn Handle(
    column: Column,
    /// How wide the column was made, in CSS pixels.
    width: Option<u16>,
) -> impl IntoView {
    let word = text::column(language(), column);
    // What the style gives is not known before the page is drawn.
    let now = width.unwrap_or(*Columns::WIDTHS.start());
    view! {
        <span
            class="resize"
            role="separator"
            aria-orientation="vertical"
            aria-label=table_phrase(&TablePhrase::WidthOf { column: word })
            aria-valuemin=Columns::WIDTHS.start().to_string()
            aria-valuemax=Columns::WIDTHS.end().to_string()
            aria-valuenow=now.to_string()
            tabindex="0"
            data-column=column.code()
        ></span>
    }
    .into_any()
}
