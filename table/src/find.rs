//! The quick search: a host, cluster or datacenter by its name.

use std::cell::Cell;

use js_sys::{Array, Reflect};
use trustboard_dom::find::{FIELD, close, open, press};
use trustboard_dom::{after, keys, page};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use crate::words::word;
use trustboard_dom::request::{ask, text_of};

/// How long the letters rest before they are looked for, in milliseconds.
const REST_MS: i32 = 120;

thread_local! {
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// Listens to the button, and to what is typed in the dialog.
pub fn listen() {
    keys::on("click", false, |event: Event| {
        if keys::around(&event, ".find-button").is_some() {
            open();
        } else if keys::around(&event, "#find button, #find li a").is_some() {
            close();
        }
    });
    keys::on("input", false, |event: Event| {
        let field = keys::around(&event, FIELD).and_then(|f| f.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            look(field.value());
        }
    });
    keys::on("keydown", false, |event: KeyboardEvent| {
        if keys::around(&event, "#find").is_some() && press(&event.key()) {
            event.prevent_default();
        }
    });
}

fn look(name: String) {
    let number = ASKED.get().wrapping_add(1);
    ASKED.set(number);
    if name.trim().is_empty() {
        return show(&[]);
    }
    after(REST_MS, move || {
        spawn_local(async move {
            // An answer to letters that were typed on meanwhile is none.
            if ASKED.get() != number {
                return;
            }
            let answer = ask("find", &[("name", JsValue::from_str(&name))]).await;
            if ASKED.get() == number {
                show(&lines(answer).unwrap_or_else(|| said("find-failed").into_iter().collect()));
            }
        });
    });
}

fn show(lines: &[Element]) {
    let Some(place) = page::find("#find [role=status]") else { return };
    place.set_text_content(None);
    for line in lines {
        let _ = place.append_child(line);
    }
}

fn said(name: &str) -> Option<Element> {
    let line = page::page()?.create_element("p").ok()?;
    line.set_text_content(Some(&word(name)));
    Some(line)
}

/// What was found, as the page shows it; nothing if that cannot be read.
fn lines(answer: Option<JsValue>) -> Option<Vec<Element>> {
    let answer = answer?;
    let get = |name: &str| Reflect::get(&answer, &JsValue::from_str(name)).ok();
    let found: Array = get("found")?.dyn_into().ok()?;
    if found.length() == 0 {
        return Some(said("find-nothing").into_iter().collect());
    }
    let list = page::page()?.create_element("ul").ok()?;
    for one in found.iter() {
        list.append_child(line(&one)?.as_ref()).ok()?;
    }
    let more = get("more")?.is_truthy().then(|| said("find-more")).flatten();
    Some([list].into_iter().chain(more).collect())
}

fn line(found: &JsValue) -> Option<Element> {
    let page = page::page()?;
    let element = |name: &str| page.create_element(name).ok();
    let (item, link, name, small, within) =
        (element("li")?, element("a")?, element("bdi")?, element("small")?, element("bdi")?);
    let id = Reflect::get(found, &"id".into()).ok()?;
    link.set_attribute("href", &address(&id)?).ok()?;
    name.set_text_content(Some(&text_of(found, "name")?));
    let around: Array = Reflect::get(found, &"within".into()).ok()?.dyn_into().ok()?;
    within.set_text_content(around.join(" › ").as_string().as_deref());
    small.append_child(&within).ok()?;
    link.append_child(&name).ok()?;
    link.append_child(&page.create_text_node(" ")).ok()?;
    link.append_child(&small).ok()?;
    item.append_child(&link).ok()?;
    Some(item)
}

fn address(id: &JsValue) -> Option<String> {
    if let Some(host) = text_of(id, "host") {
        return Some(format!("/hosts/{host}"));
    }
    if let Some(datacenter) = text_of(id, "datacenter") {
        return Some(format!("/datacenters/{datacenter}/security"));
    }
    let pair: Array = Reflect::get(id, &"cluster".into()).ok()?.dyn_into().ok()?;
    let (cluster, datacenter) = (pair.get(0).as_string()?, pair.get(1).as_string()?);
    Some(format!("/datacenters/{datacenter}/security?cluster={cluster}"))
}
