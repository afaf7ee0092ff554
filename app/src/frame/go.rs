//! The shortcuts that lead to another page.

use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::browser;
use crate::keyboard::{self, Key};

/// The first datacenter in the tree.
const FIRST: &str = "#tree a[href^='/datacenters/']";

/// Binds them for as long as the frame stands.
pub(super) fn bind() {
    for (key, address) in [
        (Key::Overview, "/"),
        (Key::Security, "/security"),
        (Key::Alarms, "/alarms"),
        (Key::Configurations, "/configurations"),
        (Key::Policies, "/policies"),
    ] {
        let navigate = use_navigate();
        keyboard::bind(key, move || {
            navigate(address, NavigateOptions::default());
            true
        });
    }
    keyboard::bind(Key::Datacenters, || {
        browser::show_popover("#tree");
        browser::focus(FIRST);
        browser::matches(FIRST)
    });
}
