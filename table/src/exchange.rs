//! Brings a page that was read into the one that is shown.

use trustboard_dom::page;
use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, HtmlElement, HtmlFormElement, SupportedType};

use crate::request::Answer;
use crate::visit::Asked;
use crate::words::filled;
use crate::{bulk, choose, keys, morph, time, waiting, words};

/// What the reader chose for the look of all pages.
const DISPLAY: [&str; 3] = ["data-theme", "data-density", "data-shortcuts"];

/// Shows a page: one that was asked for as it is, one that was read again without moving rows from
/// under the pointer.
pub fn show(answer: &Answer, asked: Option<&Asked>) {
    let Some(new) = parse(&answer.html) else {
        if asked.is_some() {
            // Something else than a page of ours: the browser shows it.
            page::load_page(&answer.url);
        }
        return;
    };
    if asked.is_none() && waiting::is_busy() {
        waiting::keep_places(&new, &answer.html);
    } else {
        waiting::settle();
    }
    if let Some(asked) = asked {
        fold(asked);
        if is_wrong(&new) && page::matches("#hosts") {
            return show_wrong(&new);
        }
    }
    bring(&new, asked.is_none());
}

/// Shows what waited.
pub fn show_waiting(html: &str) {
    if let Some(new) = parse(html) {
        bring(&new, true);
    }
}

fn parse(html: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    let new = parser.parse_from_string(html, SupportedType::TextHtml).ok()?;
    new.query_selector("#facts, #content").ok()?.map(|_| new)
}

fn bring(new: &Document, again: bool) {
    let (Some(old), Some(body), Some(new_body)) = (page::page(), body(), new.body()) else {
        return;
    };
    let new_body: Element = new_body.into();
    old.set_title(&new.title());
    copy_display(&old, new);
    let before = Rows::here();
    let focus = Focus::here();
    keep_outcomes(&new_body, again);
    time::show_below(&new_body);
    choose::mark_below(&new_body);
    morph::children(&body, &new_body);
    time::hear();
    choose::show();
    keys::list();
    if again {
        before.tell_changes();
    }
    focus.back();
}

/// What became of a form is said by the page that it led to, once: it stays for as long as that is
/// only read again. What became of a job stays until it is closed.
fn keep_outcomes(new: &Element, again: bool) {
    for said in page::find_all("[data-stays]") {
        let name = said.get_attribute("data-stays").unwrap_or_default();
        if !again && name != bulk::ENDED {
            continue;
        }
        let place = new.query_selector(&format!("[data-stays='{name}']")).ok().flatten();
        let Some(place) = place.filter(|place| place.first_element_child().is_none()) else {
            continue;
        };
        let children = said.children();
        for index in 0..children.length() {
            let copy = children.item(index).and_then(|child| child.clone_node_with_deep(true).ok());
            if let Some(copy) = copy {
                let _ = place.append_child(&copy);
            }
        }
    }
}

fn body() -> Option<Element> {
    Some(page::page()?.body()?.into())
}

fn copy_display(old: &Document, new: &Document) {
    let (Some(old), Some(new)) = (old.document_element(), new.document_element()) else { return };
    for name in DISPLAY {
        if let Some(value) = new.get_attribute(name) {
            let _ = old.set_attribute(name, &value);
        }
    }
}

/// What was unfolded for what was asked for.
fn fold(asked: &Asked) {
    let form = asked.by.as_ref().and_then(|by| by.closest("form[method=post]").ok().flatten());
    match form {
        // The columns are chosen one after the other.
        Some(form) if form.closest(".columns-menu").ok().flatten().is_some() => {}
        Some(form) => {
            if let Some(fold) = form.closest("details").ok().flatten() {
                let _ = fold.remove_attribute("open");
            }
            // What was typed is said by the page that comes, if it was refused.
            if let Ok(Some(field)) = form.query_selector("input[type=text]") {
                let _ = field.remove_attribute("value");
            }
            if let Some(form) = form.dyn_ref::<HtmlFormElement>() {
                form.reset();
            }
        }
        None => {
            for fold in page::find_all("details.menu[open], details.chip-menu[open]") {
                let _ = fold.remove_attribute("open");
            }
            close_tree();
        }
    }
}

/// On a narrow screen the tree is a sheet over the page that was gone to.
fn close_tree() {
    let tree =
        page::find("#tree:popover-open").and_then(|tree| tree.dyn_into::<HtmlElement>().ok());
    if let Some(tree) = tree {
        // Fails only for one that closed meanwhile.
        let _ = tree.hide_popover();
    }
}

fn is_wrong(new: &Document) -> bool {
    new.query_selector("[data-blank=wrong-filter]").is_ok_and(|found| found.is_some())
}

/// A filter that means nothing is named at its field, and the table stays as it was.
fn show_wrong(new: &Document) {
    let Some(old) = page::find("form.filter") else { return };
    if let Some(form) = new.query_selector("form.filter").ok().flatten() {
        morph::sync(&old, &form);
    }
    if let Some(problem) = page::find("#query-problem p") {
        let said = problem.text_content().unwrap_or_default();
        problem.set_text_content(Some(&format!("{said} {}", words::word("query-before"))));
    }
}

/// Says what did not work; nothing: takes it back.
pub fn say(words: &str) {
    let Some(told) = page::find("#told") else { return };
    told.set_text_content(None);
    if words.is_empty() {
        return;
    }
    let line = page::page().and_then(|page| page.create_element("p").ok());
    if let Some(line) = line {
        line.set_class_name("outcome refused");
        line.set_text_content(Some(words));
        let _ = told.append_child(&line);
    }
}

/// What each row said before.
struct Rows(Vec<(String, Option<String>, String)>);

impl Rows {
    fn here() -> Self {
        let rows = page::find_all("tr[data-host]").into_iter();
        Self(
            rows.filter_map(|row| {
                let host = row.get_attribute("data-host")?;
                Some((host, row.get_attribute("data-revision"), attestation(&row)))
            })
            .collect(),
        )
    }

    /// Marks the rows that changed, and says it to screen readers.
    fn tell_changes(&self) {
        for row in page::find_all("tr[data-host]") {
            let host = row.get_attribute("data-host");
            let before = self.0.iter().find(|(known, ..)| host.as_ref() == Some(known));
            let Some((_, revision, was)) = before else { continue };
            if *revision == row.get_attribute("data-revision") {
                continue;
            }
            // Two names for one animation: the other one starts it again.
            let odd = row.get_attribute("data-flash").as_deref() == Some("odd");
            let _ = row.set_attribute("data-flash", if odd { "even" } else { "odd" });
            let is = attestation(&row);
            if is != *was {
                let name = row.query_selector(".row-name bdi").ok().flatten();
                let name = name.and_then(|name| name.text_content()).unwrap_or_default();
                let said = filled("changed", &[("host", &name), ("attestation", &is)]);
                if let Some(news) = page::find("#row-news") {
                    news.set_text_content(Some(&said));
                }
            }
        }
    }
}

fn attestation(row: &Element) -> String {
    row.get_attribute("data-attestation").unwrap_or_default()
}

/// What has the focus, so that it has it still if it was moved.
struct Focus(Option<String>);

impl Focus {
    fn here() -> Self {
        let Some(focused) = page::focused() else { return Self(None) };
        let id = focused.id();
        if !id.is_empty() {
            return Self(Some(format!("#{id}")));
        }
        let row = focused.closest("tr[data-host]").ok().flatten();
        let host = row.and_then(|row| row.get_attribute("data-host"));
        let within = if focused.matches("input").unwrap_or(false) { "input" } else { "a" };
        Self(host.map(|host| format!("tr[data-host='{host}'] {within}")))
    }

    fn back(self) {
        let lost = page::focused().is_none_or(|now| {
            now.dyn_ref::<HtmlElement>().is_some_and(|now| now.tag_name() == "BODY")
        });
        if let Some(selector) = self.0.filter(|_| lost) {
            page::focus(&selector);
        }
    }
}
