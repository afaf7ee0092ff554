//! Shortcuts: elements say by `data-key` which one is theirs; the sheet that `?` opens lists those
//! that something answers to.

use trustboard_dom::keys::{self, Shortcuts};
use trustboard_dom::{find, page, rows};
use web_sys::Event;

use crate::{choose, waiting};

/// Begins every shortcut of two keys.
const FIRST: &str = "g";
/// The first datacenter in the tree.
const DATACENTER: &str = "#tree a[href^='/datacenters/']";

/// Listens to keys, to the sheet that opens, and to the button of what waits.
pub fn listen() {
    // For as long as the page lives.
    std::mem::forget(keys::listen(Keys));
    keys::on("beforetoggle", true, |event: Event| {
        if keys::around(&event, "#keys").is_some() {
            list();
        }
    });
    keys::on("click", false, |event: Event| {
        if keys::around(&event, "p.waiting button").is_some() {
            waiting::take();
        }
    });
}

/// Lists the shortcuts that something answers to now.
pub fn list() {
    for line in page::find_all("#keys [data-strokes]") {
        let strokes = line.get_attribute("data-strokes").unwrap_or_default();
        let answered = match strokes.as_str() {
            "g h" => true,
            "g d" => page::matches(DATACENTER),
            "X" => page::matches("td.select"),
            _ => rows::answers(&strokes),
        };
        let _ = line.toggle_attribute_with_force("hidden", !answered);
    }
}

struct Keys;

impl Shortcuts for Keys {
    fn on(&self) -> bool {
        !page::matches("html[data-shortcuts=off]")
    }

    fn begins(&self, stroke: &str) -> bool {
        stroke == FIRST
    }

    fn press(&self, strokes: &str, again: bool) -> bool {
        match strokes {
            "j" | "k" => rows::press(strokes),
            _ if again => false,
            "g h" => find::open(),
            "g d" => {
                page::show_popover("#tree");
                page::focus(DATACENTER);
                page::matches(DATACENTER)
            }
            "X" => choose::to_focused(),
            _ => rows::press(strokes),
        }
    }

    fn find(&self) -> bool {
        find::open()
    }
}
