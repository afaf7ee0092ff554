//! Nothing: nobody presses keys here.

use super::Key;

pub(crate) fn bind(_key: Key, _run: impl Fn() -> bool + 'static) {}

pub(crate) fn listen(_on: impl Fn() -> bool + 'static) {}

pub(crate) fn press(_key: Key) {}

pub(crate) fn present() -> Vec<Key> {
    Vec::new()
}
