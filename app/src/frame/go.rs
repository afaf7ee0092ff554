//! The shortcut that leads to the datacenters; those that lead to a page are its link's.

use crate::browser;
use crate::keyboard::{self, Key};

/// The first datacenter in the tree.
const FIRST: &str = "#tree a[href^='/datacenters/']";

/// Binds it for as long as the frame stands.
pub(super) fn bind() {
    keyboard::bind(Key::Datacenters, || {
        browser::show_popover("#tree");
        browser::focus(FIRST);
        browser::matches(FIRST)
    });
}
