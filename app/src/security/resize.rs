//! The handle at the end of a column's head: drags with pointer or finger, moves with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use trustboard_model::view::{Column, Columns};

use super::columns_menu::choose;
use super::table::Table;
use crate::browser;
use crate::component::{language, table_phrase};
use crate::text::{self, TablePhrase};

/// What an arrow key adds, in CSS pixels.
const STEP: i32 = 16;

/// The handle. Without scripts columns have the widths that the style gives them.
#[component]
pub(super) fn Handle(table: Table, column: Column) -> impl IntoView {
    let page = table.page();
    let word = text::column(language(), column);
    let head = format!("#head-{}", column.code());
    let chosen = move || {
        page.with(|page| page.columns.shown().iter().find(|shown| shown.column == column)?.width)
    };
    let measured = {
        let head = head.clone();
        move || browser::width_of(&head).unwrap_or(*Columns::WIDTHS.start())
    };
    // Where a drag began, and how wide the column was then.
    let drag = StoredValue::new(None::<(i32, u16)>);
    let sized = move |width: i32| {
        let width = u16::try_from(width.max(0)).unwrap_or(u16::MAX);
        page.with_untracked(|page| page.columns.sized(column, Some(width)))
    };
    let down = {
        let measured = measured.clone();
        move |event: PointerEvent| {
            event.prevent_default();
            drag.set_value(Some((event.client_x(), measured())));
            browser::capture(&event);
        }
    };
    let dragged = move |event: PointerEvent| {
        if let Some((x, width)) = drag.get_value() {
            let columns = sized(i32::from(width) + event.client_x() - x);
            page.update(|page| page.columns = columns);
        }
    };
    let up = move |_: PointerEvent| {
        if drag.get_value().is_some() {
            drag.set_value(None);
            choose(table, Some(page.with_untracked(|page| page.columns.clone())), None);
        }
    };
    let key = {
        let measured = measured.clone();
        move |event: KeyboardEvent| {
            let width = i32::from(untrack(chosen).unwrap_or_else(&measured));
            let columns = match event.key().as_str() {
                "ArrowLeft" => sized(width - STEP),
                "ArrowRight" => sized(width + STEP),
                "Home" => page.with_untracked(|page| page.columns.sized(column, None)),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            choose(table, Some(columns), None);
        }
    };
    let back = move |_| {
        choose(table, Some(page.with_untracked(|page| page.columns.sized(column, None))), None);
    };
    // What the style gives is not known before the page is drawn.
    let now =
        move || chosen().map_or_else(|| Columns::WIDTHS.start().to_string(), |w| w.to_string());
    view! {
        <span
            class="resize"
            role="separator"
            aria-orientation="vertical"
            aria-label=table_phrase(&TablePhrase::WidthOf { column: word })
            aria-valuemin=Columns::WIDTHS.start().to_string()
            aria-valuemax=Columns::WIDTHS.end().to_string()
            aria-valuenow=now
            tabindex="0"
            on:pointerdown=down
            on:pointermove=dragged
            on:pointerup=up
            on:pointercancel=up
            on:dblclick=back
            on:keydown=key
        ></span>
    }
    .into_any()
}
