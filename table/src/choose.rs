//! Boxes that select hosts, and the bar that acts on those that are selected.

use std::cell::RefCell;

use trustboard_dom::{keys, page, rows};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use crate::chosen::{Chosen, Matching, Row};
use crate::exchange;
use crate::form::encoded;
use crate::words::{counted, fact, filled, number, word};
use trustboard_dom::page::say;

/// A row's box.
const BOX: &str = "td.select input[name=host]";
/// The box in the head.
const PAGE_BOX: &str = "#hosts thead td.select input";

thread_local! {
    static CHOSEN: RefCell<Chosen> = RefCell::default();
}

/// Listens to boxes, and to the bar's buttons.
pub fn listen() {
    keys::on("click", false, |event: MouseEvent| {
        if let Some(pressed) = keys::around(&event, BOX) {
            let on = pressed.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            choose(&pressed, on, event.shift_key());
        } else if keys::around(&event, ".selection .clear").is_some() {
            CHOSEN.take();
            show();
        } else if keys::around(&event, "[data-select-matching]").is_some() {
            CHOSEN.with_borrow_mut(|chosen| chosen.set_matching(matching()));
            show();
        }
    });
    keys::on("change", false, |event: Event| {
        let Some(head) = keys::around(&event, PAGE_BOX) else { return };
        let on = head.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
        change(|chosen, shown, most| chosen.set_all(shown, on, most));
    });
}

/// Unticks what the browser remembers of an earlier visit: nothing is selected yet.
pub fn settle() {
    if page::matches("#hosts td.select input:checked") {
        show();
    }
}

/// Selects from the row that was chosen last to the one that has the focus.
pub fn to_focused() -> bool {
    let row = rows::row().and_then(|host| page::find(&format!("tr[data-host='{host}'] {BOX}")));
    if let Some(pressed) = &row {
        choose(pressed, true, true);
    }
    row.is_some()
}

fn choose(pressed: &Element, on: bool, range: bool) {
    let Some(row) = row_of(pressed) else { return };
    change(|chosen, shown, most| {
        if range { chosen.set_to(&row, shown, most) } else { chosen.set(&row, on, shown, most) }
    });
}

fn change(change: impl FnOnce(&mut Chosen, &[Row], usize) -> bool) {
    let most = fact("most").and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
    let boxes = page::find_all(BOX);
    let shown = rows_of(&boxes);
    let fits = CHOSEN.with_borrow_mut(|chosen| change(chosen, &shown, most));
    exchange::say(&if fits { String::new() } else { word("selection-full") });
    show_at(&boxes, &shown);
}

fn row_of(pressed: &Element) -> Option<Row> {
    let value = pressed.get_attribute("value")?;
    let host = value.split_once('.')?.0.to_owned();
    Some(Row { host, value })
}

fn rows_of(boxes: &[Element]) -> Vec<Row> {
    boxes.iter().filter_map(row_of).collect()
}

/// Everything that the filter of the page lets through.
fn matching() -> Matching {
    Matching {
        datacenter: fact("datacenter"),
        query: fact("query").unwrap_or_default(),
        seen: fact("seq").unwrap_or_default(),
        count: total(),
    }
}

fn total() -> u32 {
    fact("total").and_then(|total| total.parse().ok()).unwrap_or_default()
}

/// Forgets the selection: it was made on another table.
pub fn forget() {
    CHOSEN.take();
}

/// Marks the chosen rows of a page that is about to be shown.
pub fn mark_below(root: &Element) {
    CHOSEN.with_borrow(|chosen| {
        let Ok(rows) = root.query_selector_all("tr[data-host]") else { return };
        for row in page::elements(&rows) {
            mark(&row, chosen);
        }
    });
}

fn mark(row: &Element, chosen: &Chosen) {
    let host = row.get_attribute("data-host").unwrap_or_default();
    let on = chosen.has(&host);
    if on != row.has_attribute("data-chosen") {
        let _ = if on {
            row.set_attribute("data-chosen", "true")
        } else {
            row.remove_attribute("data-chosen")
        };
    }
}

/// Shows the selection in rows, boxes and bar.
pub fn show() {
    let boxes = page::find_all(BOX);
    let shown = rows_of(&boxes);
    show_at(&boxes, &shown);
}

fn show_at(boxes: &[Element], shown: &[Row]) {
    CHOSEN.with_borrow_mut(|chosen| {
        chosen.see(shown);
        for row in page::find_all("tr[data-host]") {
            mark(&row, chosen);
        }
        let mut on = 0;
        for (pressed, row) in boxes.iter().zip(shown) {
            let has = chosen.has(&row.host);
            on += usize::from(has);
            if let Some(field) = pressed.dyn_ref::<HtmlInputElement>() {
                field.set_checked(has);
            }
        }
        let head = page::find(PAGE_BOX).and_then(|head| head.dyn_into::<HtmlInputElement>().ok());
        if let Some(head) = head {
            head.set_checked(on == shown.len() && on > 0);
            head.set_indeterminate(on > 0 && on < shown.len());
        }
        show_bar(chosen, shown);
    });
}

fn show_bar(chosen: &Chosen, shown: &[Row]) {
    let Some(bar) = page::find("section.selection") else { return };
    let words = said(chosen, shown);
    let hide = |element: &Element, hidden: bool| {
        let _ = element.toggle_attribute_with_force("hidden", hidden);
    };
    hide(&bar, chosen.is_empty());
    if let Some(status) = page::find(".selection-said") {
        say(&status, &words);
    }
    if chosen.is_empty() {
        return;
    }
    if let Some(count) = page::find("section.selection > b") {
        say(&count, &words);
    }
    if let Some(more) = page::find("[data-select-matching]") {
        let total = total();
        let offered = usize::try_from(total).is_ok_and(|total| total > shown.len());
        hide(&more, !offered || chosen.is_matching());
        say(&more, &counted("select-matching", total));
    }
    let pairs = chosen.pairs();
    let pairs: Vec<_> =
        pairs.iter().map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
    let pairs = pairs.concat();
    for button in page::find_all("section.selection [data-bulk]") {
        let action = button.get_attribute("data-bulk").unwrap_or_default();
        let _ = button.set_attribute("href", &format!("/bulk?action={action}{pairs}"));
    }
}

fn said(chosen: &Chosen, shown: &[Row]) -> String {
    let count = chosen.count();
    if count == 0 {
        return String::new();
    }
    if chosen.is_matching() {
        return counted("matching-selected", count);
    }
    match chosen.elsewhere(shown) {
        0 => counted("selected", count),
        elsewhere => {
            let thousands = word("thousands");
            let number = |value: u32| number(value.into(), &thousands);
            let (count, elsewhere) = (number(count), number(elsewhere));
            filled("selected-elsewhere", &[("count", &count), ("elsewhere", &elsewhere)])
        }
    }
}
