//! Links to other states of the page, and going back to earlier ones.

use trustboard_dom::{find, keys};
use web_sys::{Event, MouseEvent};

use crate::visit::{Asked, go, is_table, path_of};

/// Listens to links. Those that lead elsewhere are the browser's.
pub fn listen() {
    keys::on("click", false, |event: MouseEvent| {
        if follow(&event) {
            event.prevent_default();
        }
    });
    if let Some(window) = web_sys::window() {
        let back = wasm_bindgen::closure::Closure::<dyn Fn(Event)>::new(|_| {
            if let Some(here) = here() {
                go(Asked { goes_on: false, ..Asked::at(here) });
            }
        });
        let back = back.into_js_value();
        let back = wasm_bindgen::JsCast::unchecked_ref(&back);
        let _ = window.add_event_listener_with_callback("popstate", back);
    }
}

/// The address of the page.
pub fn here() -> Option<String> {
    web_sys::window()?.location().href().ok()
}

fn follow(event: &MouseEvent) -> bool {
    let with_key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || with_key {
        return false;
    }
    let Some(link) = keys::around(event, "a[href]") else { return false };
    let own = ["download", "target", "data-bulk"].iter().any(|name| link.has_attribute(name));
    let Some(address) = link.get_attribute("href").filter(|_| !own) else { return false };
    if !is_table(path_of(&address)) {
        return false;
    }
    if link.has_attribute("aria-expanded") {
        // At once, whatever the server takes to say what is inside.
        let open = link.get_attribute("aria-expanded").as_deref() != Some("true");
        let _ = link.set_attribute("aria-expanded", if open { "true" } else { "false" });
    }
    find::close();
    let to_top = !link.has_attribute("data-noscroll");
    go(Asked { by: Some(link), to_top, ..Asked::at(address) });
    true
}
