//! The list below the field of the filter (ARIA combobox with a list box). The server knows what
//! completes it; this shows it and puts it in.

use std::cell::{Cell, OnceCell, RefCell};

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::request::{ask, text_of};
use crate::{after, keys, page};

/// How long somebody has to pause before the server is asked, in milliseconds.
const PAUSE_MS: i32 = 60;
const FIELD: &str = "#words";
const LIST: &str = "#suggestions";

/// What a suggestion makes of the field.
#[derive(Clone)]
struct Suggestion {
    text: String,
    /// Where the caret is then, in UTF-16 units as the browser counts.
    caret: u32,
    /// Whether something is to follow at once.
    goes_on: bool,
}

/// What a program knows of the page that the field is on.
pub trait Knows: 'static {
    /// The datacenter whose hosts are asked for, by id; empty for those of all.
    fn datacenter(&self) -> String;
    /// How many suggestions there are, in words.
    fn count(&self, suggestions: u32) -> String;
}

thread_local! {
    static KNOWS: OnceCell<Box<dyn Knows>> = const { OnceCell::new() };
    static ASKED: Cell<u32> = const { Cell::new(0) };
    static OFFERED: RefCell<Vec<Suggestion>> = const { RefCell::new(Vec::new()) };
    static ACTIVE: Cell<Option<usize>> = const { Cell::new(None) };
    /// Whether an answer is awaited, and what was pressed meanwhile.
    static AWAITED: Cell<bool> = const { Cell::new(false) };
    static PRESSED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Listens to the field and to the list, wherever on the page they come to stand. Only the first
/// call counts.
pub fn listen(knows: impl Knows) {
    if KNOWS.with(|kept| kept.set(Box::new(knows)).is_err()) {
        return;
    }
    keys::on("input", false, |event: Event| {
        if keys::around(&event, FIELD).is_some() {
            look();
        }
    });
    keys::on("click", false, |event: Event| {
        if keys::around(&event, FIELD).is_some() {
            look();
        }
    });
    keys::on("focusout", false, |event: Event| {
        if keys::around(&event, FIELD).is_some() {
            close();
        }
    });
    // Before the field loses the focus.
    keys::on("mousedown", false, |event: MouseEvent| {
        let line = keys::around(&event, "#suggestions [role=option]");
        let index = line.and_then(|line| line.id().rsplit('-').next()?.parse().ok());
        if let Some(index) = index {
            event.prevent_default();
            take(index);
        }
    });
    keys::on("keydown", true, |event: KeyboardEvent| {
        if keys::around(&event, FIELD).is_some() && key(&event) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
}

fn field() -> Option<HtmlInputElement> {
    page::find(FIELD)?.dyn_into().ok()
}

/// Says of the field that it has a list: one that needs scripts is announced only where they run.
pub fn announce() {
    let Some(field) = field() else { return };
    for (name, value) in [
        ("role", "combobox"),
        ("aria-autocomplete", "list"),
        ("aria-controls", "suggestions"),
        ("aria-expanded", "false"),
    ] {
        let _ = field.set_attribute(name, value);
    }
    if let Some(help) = page::find("#query-help") {
        let _ = help.remove_attribute("hidden");
    }
}

/// Closes the list.
pub fn close() {
    ASKED.set(ASKED.get().wrapping_add(1));
    AWAITED.set(false);
    PRESSED.take();
    OFFERED.take();
    show(&[]);
}

fn look() {
    let number = ASKED.get().wrapping_add(1);
    ASKED.set(number);
    AWAITED.set(true);
    PRESSED.take();
    after(PAUSE_MS, move || {
        if ASKED.get() == number {
            spawn_local(ask_for(number));
        }
    });
}

async fn ask_for(number: u32) {
    let Some(field) = field() else { return };
    let text = field.value();
    let units = text.encode_utf16().count();
    let caret = field.selection_start().ok().flatten();
    let caret = caret.unwrap_or_else(|| u32::try_from(units).unwrap_or(u32::MAX));
    let arguments = [
        (
            "datacenter",
            KNOWS.with(|knows| knows.get().map(|k| k.datacenter())).unwrap_or_default().into(),
        ),
        ("text", text.into()),
        ("caret", caret.into()),
    ];
    let answer = ask("suggest", &arguments).await;
    if ASKED.get() != number {
        return;
    }
    AWAITED.set(false);
    // Without an answer the field works as before.
    if let Some(lines) = answer.and_then(|answer| answer.dyn_into::<Array>().ok()) {
        let lines: Vec<JsValue> = lines.iter().collect();
        OFFERED.replace(lines.iter().filter_map(read).collect());
        show(&lines);
    }
    for stroke in PRESSED.take() {
        press(&stroke);
    }
}

fn read(line: &JsValue) -> Option<Suggestion> {
    let caret = Reflect::get(line, &"caret".into()).ok()?.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a text"
    )]
    let caret = caret as u32;
    let text = text_of(line, "text")?;
    let goes_on = Reflect::get(line, &"goes_on".into()).ok()?.is_truthy();
    Some(Suggestion { text, caret, goes_on })
}

fn show(lines: &[JsValue]) -> Option<()> {
    ACTIVE.set(None);
    let (list, field) = (page::find(LIST)?, field()?);
    list.set_text_content(None);
    for (index, line) in lines.iter().enumerate() {
        list.append_child(option(index, line)?.as_ref()).ok()?;
    }
    let open = !lines.is_empty();
    list.toggle_attribute_with_force("hidden", !open).ok()?;
    field.set_attribute("aria-expanded", if open { "true" } else { "false" }).ok()?;
    field.remove_attribute("aria-activedescendant").ok()?;
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let said = KNOWS.with(|knows| knows.get().filter(|_| open).map(|knows| knows.count(count)));
    page::say(&page::find("#suggestions-said")?, &said.unwrap_or_default());
    Some(())
}

fn option(index: usize, line: &JsValue) -> Option<Element> {
    let page = page::page()?;
    let element = |name: &str| page.create_element(name).ok();
    let (item, label, meaning) = (element("li")?, element("bdi")?, element("small")?);
    item.set_id(&format!("suggestion-{index}"));
    item.set_attribute("role", "option").ok()?;
    item.set_attribute("aria-selected", "false").ok()?;
    label.set_text_content(text_of(line, "label").as_deref());
    meaning.set_text_content(text_of(line, "meaning").as_deref());
    item.append_child(&label).ok()?;
    item.append_child(&meaning).ok()?;
    Some(item)
}

/// The keys of the list; others are the field's own. Whoever types faster than the server answers
/// means the list that comes.
fn key(event: &KeyboardEvent) -> bool {
    let stroke = event.key();
    if event.shift_key() {
        return false;
    }
    let moves = stroke == "ArrowDown" || stroke == "ArrowUp";
    let takes = stroke == "Enter" || stroke == "Tab";
    if AWAITED.get() && (moves || (takes && PRESSED.with_borrow(|all| !all.is_empty()))) {
        PRESSED.with_borrow_mut(|all| all.push(stroke));
        return true;
    }
    press(&stroke)
}

fn press(stroke: &str) -> bool {
    let count = OFFERED.with_borrow(Vec::len);
    match (stroke, ACTIVE.get()) {
        ("ArrowDown", _) if count == 0 => look(),
        ("ArrowDown", at) => step(at.map_or(0, |at| (at + 1) % count)),
        ("ArrowUp", at) if count > 0 => step(at.unwrap_or(0).checked_sub(1).unwrap_or(count - 1)),
        ("Enter" | "Tab", Some(at)) if count > 0 => take(at),
        ("Escape", _) if count > 0 => close(),
        _ => return false,
    }
    true
}

fn step(to: usize) {
    ACTIVE.set(Some(to));
    for (index, line) in page::find_all("#suggestions [role=option]").iter().enumerate() {
        let _ = line.set_attribute("aria-selected", if index == to { "true" } else { "false" });
    }
    if let Some(field) = field() {
        let _ = field.set_attribute("aria-activedescendant", &format!("suggestion-{to}"));
    }
}

/// Puts a suggestion in.
fn take(index: usize) {
    let suggestion = OFFERED.with_borrow(|offered| offered.get(index).cloned());
    let (Some(suggestion), Some(field)) = (suggestion, field()) else { return };
    field.set_value(&suggestion.text);
    // Fails for fields without a caret only.
    let _ = field.set_selection_range(suggestion.caret, suggestion.caret);
    close();
    if suggestion.goes_on {
        look();
    }
}
