//! The dialog in which an action on many hosts is looked at before it starts, and the job that it
//! becomes. What is in the dialog is the page that asks, `/bulk`; starting leads to the job's page, as
//! it does without scripts.

use trustboard_dom::{keys, page};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomParser, Element, HtmlDialogElement, MouseEvent, SupportedType};

use crate::{exchange, request, words};

const DIALOG: &str = "dialog.bulk";
/// What is asked, on the page and in the dialog.
const FORM: &str = ".bulk-form";

/// What `data-stays` says of the notice of a job that has ended.
pub const ENDED: &str = "bulk-ended";
/// The link to a job that runs; the notice of one that has ended has such a link, too.
const RUNS: &str = ".bulk-indicator:not(.bulk-ended *)";

/// The job of the viewer that the page shows running: whoever reads the page again names it, so that
/// the server says what became of it.
pub fn watched() -> Option<String> {
    page::find(RUNS)?.get_attribute("href")?.rsplit('/').next().map(str::to_owned)
}

/// Listens to the buttons of the selection, to those in the dialog, and to that of the notice.
pub fn listen() {
    keys::on("click", false, |event: MouseEvent| {
        let with_key = event.ctrl_key() || event.meta_key() || event.shift_key();
        if event.default_prevented() || with_key {
            return;
        }
        if keys::around(&event, "dialog.bulk .bulk-head button").is_some() {
            if let Some(dialog) = dialog() {
                dialog.close();
            }
            return;
        }
        if keys::around(&event, ".bulk-ended button").is_some() {
            if let Some(notice) = page::find(".bulk-ended") {
                notice.set_text_content(None);
            }
            return;
        }
        let asks = keys::around(&event, "a[data-bulk], dialog.bulk a[data-kind]");
        if let Some(address) = asks.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            ask(address);
        }
    });
}

fn dialog() -> Option<HtmlDialogElement> {
    page::find(DIALOG)?.dyn_into().ok()
}

fn ask(address: String) {
    let Some(dialog) = dialog() else { return page::load_page(&address) };
    spawn_local(async move {
        let Some(answer) = request::read(&address, None).await else {
            return exchange::say(&words::word("not-reached"));
        };
        // Without the question this is another page: a sign-in, or a refusal.
        let Some(form) = form_in(&answer.html) else { return page::load_page(&answer.url) };
        crate::time::show_below(&form);
        if let Ok(Some(before)) = dialog.query_selector(FORM) {
            before.remove();
        }
        let _ = dialog.append_child(&form);
        if !dialog.open() {
            // Fails only for a dialog that is in no page.
            let _ = dialog.show_modal();
        }
    });
}

fn form_in(html: &str) -> Option<Element> {
    let parser = DomParser::new().ok()?;
    let page = parser.parse_from_string(html, SupportedType::TextHtml).ok()?;
    page.query_selector(FORM).ok()?
}
