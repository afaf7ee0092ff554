//! Where somebody points or has the focus, rows keep their places: what they say changes, the order
//! waits until somebody wants it.

use std::cell::RefCell;

use trustboard_dom::page;
use web_sys::{Document, Element};

use crate::{exchange, words};

/// Where somebody works in the table.
const BUSY: &str = "#hosts:hover, #hosts:focus-within";

thread_local! {
    /// The page whose order waits.
    static WAITS: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether somebody works in the table.
pub fn is_busy() -> bool {
    page::matches(BUSY)
}

/// Nothing waits any more.
pub fn settle() {
    WAITS.take();
    offer(0);
}

/// Shows what waits.
pub fn take() {
    if let Some(html) = WAITS.take() {
        offer(0);
        exchange::show_waiting(&html);
    }
}

/// Puts the rows of the new page in the order of those that are shown, and offers the other order.
pub fn keep_places(new: &Document, html: &str) {
    let shown = page::find_all("#hosts tbody tr[data-host]");
    let Ok(Some(body)) = new.query_selector("#hosts tbody") else { return settle() };
    let rows = body.query_selector_all("tr[data-host]").map(|rows| page::elements(&rows));
    let rows = rows.unwrap_or_default();
    let (before, now): (Vec<_>, Vec<_>) = (hosts(&shown), hosts(&rows));
    let count = moved(&before, &now);
    if count == 0 || before.is_empty() {
        return settle();
    }
    WAITS.replace(Some(html.to_owned()));
    offer(count);
    let mut kept = Vec::new();
    for (row, host) in shown.iter().zip(&before) {
        let place = now.iter().position(|known| known == host);
        let row = match place.and_then(|place| rows.get(place)) {
            Some(row) => row.clone(),
            None => match row.clone_node_with_deep(true) {
                Ok(copy) => wasm_bindgen::JsCast::unchecked_into(copy),
                Err(_) => continue,
            },
        };
        let detail = row.next_element_sibling().filter(|next| !next.has_attribute("data-host"));
        kept.push(row);
        kept.extend(detail);
    }
    body.set_inner_html("");
    for row in kept {
        let _ = body.append_child(&row);
    }
}

fn hosts(rows: &[Element]) -> Vec<String> {
    rows.iter().filter_map(|row| row.get_attribute("data-host")).collect()
}

/// How many rows would come, go or move.
fn moved(before: &[String], now: &[String]) -> u32 {
    let elsewhere = now.iter().enumerate().filter(|(place, host)| before.get(*place) != Some(host));
    let gone = before.iter().filter(|host| !now.contains(host));
    u32::try_from(elsewhere.count() + gone.count()).unwrap_or(u32::MAX)
}

/// The button that brings the order in; none if nothing waits.
fn offer(count: u32) {
    let (Some(place), Some(page)) = (page::find("p.waiting"), page::page()) else { return };
    place.set_text_content(None);
    if count == 0 {
        return;
    }
    let made =
        page.create_element("button").and_then(|button| Ok((button, page.create_element("kbd")?)));
    let Ok((button, key)) = made else { return };
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-key", "R");
    button.set_text_content(Some(&format!("{} ", words::counted("waiting", count))));
    let _ = key.set_attribute("aria-hidden", "true");
    key.set_text_content(Some("R"));
    let _ = button.append_child(&key);
    let _ = place.append_child(&button);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_would_come_go_or_move() {
        let list = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        assert_eq!(moved(&list("a b c"), &list("a b c")), 0);
        assert_eq!(moved(&list("a b c"), &list("a c b")), 2);
        assert_eq!(moved(&list("a b c"), &list("a b")), 1);
        assert_eq!(moved(&list("a b"), &list("a b c")), 1);
    }
}
