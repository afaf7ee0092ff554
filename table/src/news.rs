//! What other operators just did, in a quiet line for each: it asks for nothing and goes by
//! itself, since the table and the history say the same.

use std::cell::RefCell;

use trustboard_dom::{after, keys, page};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use crate::words::{counted, fact, filled, word};
use trustboard_dom::request::{ask, text_of};

/// How long deeds are gathered, in milliseconds: an action on many hosts is one line.
const GATHER_MS: i32 = 500;
/// How long a line stays, in milliseconds: long enough to read three of them.
const STAY_MS: i32 = 12_000;
/// Lines at a time.
const MOST: usize = 3;
/// Where they stand.
const LINES: &str = ".news p";

/// What was done, gathered for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Done {
    by: String,
    event: String,
    hosts: Vec<String>,
}

thread_local! {
    static GATHERED: RefCell<Vec<Done>> = const { RefCell::new(Vec::new()) };
}

/// Takes a hint of what the page shows. What the viewer did is no news to them.
pub fn hear(hint: &JsValue) {
    let [host, event, by] = ["host", "event", "by"].map(|name| text_of(hint, name));
    let (Some(host), Some(event), Some(by)) = (host, event, by) else { return };
    if fact("viewer-name").as_ref() == Some(&by) || word(&format!("deed-{event}")).is_empty() {
        return;
    }
    let first = GATHERED.with_borrow(Vec::is_empty);
    GATHERED.with_borrow_mut(|gathered| gather(gathered, by, event, host));
    if first {
        after(GATHER_MS, tell);
    }
}

fn gather(gathered: &mut Vec<Done>, by: String, event: String, host: String) {
    match gathered.iter_mut().find(|done| done.by == by && done.event == event) {
        Some(done) if done.hosts.contains(&host) => {}
        Some(done) => done.hosts.push(host),
        None => gathered.push(Done { by, event, hosts: vec![host] }),
    }
}

fn tell() {
    // Any line that is dismissed goes at once.
    thread_local!(static ONCE: () = keys::on("click", false, |event: Event| {
        if let Some(line) = keys::around(&event, ".news button").and_then(|b| b.parent_element()) {
            line.remove();
        }
    }));
    ONCE.with(|()| ());
    for Done { by, event, hosts } in GATHERED.take() {
        let deed =
            move |what: &str| filled(&format!("deed-{event}"), &[("who", &by), ("what", what)]);
        match hosts.as_slice() {
            [host] => {
                let host = host.clone();
                spawn_local(async move {
                    // What may not be seen is no news.
                    if let Some(name) = name_of(&host).await {
                        add(&deed(&name), Some(&host));
                    }
                });
            }
            hosts => {
                let count = u32::try_from(hosts.len()).unwrap_or(u32::MAX);
                add(&deed(&counted("hosts", count)), None);
            }
        }
    }
}

async fn name_of(host: &str) -> Option<String> {
    if let Some(name) = page::find(&format!("tr[data-host='{host}'] .row-name bdi")) {
        return name.text_content();
    }
    ask("host-name", &[("host", JsValue::from_str(host))]).await?.as_string()
}

fn add(text: &str, host: Option<&str>) -> Option<()> {
    let (page, place) = (page::page()?, page::find(".news")?);
    let element = |name: &str| page.create_element(name).ok();
    let (line, name, button) = (element("p")?, element("bdi")?, element("button")?);
    name.set_text_content(Some(text));
    if let Some(host) = host {
        let link = element("a")?;
        link.set_attribute("href", &format!("/hosts/{host}")).ok()?;
        link.append_child(&name).ok()?;
        line.append_child(&link).ok()?;
    } else {
        line.append_child(&name).ok()?;
    }
    button.set_attribute("type", "button").ok()?;
    button.set_class_name("quiet");
    button.set_attribute("aria-label", &word("dismiss")).ok()?;
    let sign = element("span")?;
    sign.set_attribute("aria-hidden", "true").ok()?;
    sign.set_text_content(Some("×"));
    button.append_child(&sign).ok()?;
    line.append_child(&button).ok()?;
    place.append_child(&line).ok()?;
    let lines = page::find_all(LINES);
    for surplus in lines.iter().take(lines.len().saturating_sub(MOST)) {
        surplus.remove();
    }
    after(STAY_MS, move || line.remove());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_on_many_hosts_is_one_line() {
        let mut gathered = Vec::new();
        let mut hear = |by: &str, event: &str, host: &str| {
            gather(&mut gathered, by.to_owned(), event.to_owned(), host.to_owned());
        };
        for host in ["1", "2", "2", "3"] {
            hear("anna", "alarm-acknowledged", host);
        }
        hear("ben", "alarm-acknowledged", "1");
        hear("anna", "alarm-reset", "1");
        let counts: Vec<_> = gathered.iter().map(|done| (&*done.by, done.hosts.len())).collect();
        assert_eq!(counts, [("anna", 3), ("ben", 1), ("anna", 1)]);
    }
}
