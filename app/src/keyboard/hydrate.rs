//! The register in the browser, and the one listener that asks it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use trustboard_dom::keys::{self, Shortcuts};
use trustboard_dom::rows;

use super::Key;

struct Binding {
    number: u64,
    key: Key,
    run: Rc<dyn Fn() -> bool>,
}

thread_local! {
    static REGISTER: RefCell<Vec<Binding>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// Has the key do this until the current owner ends; see the module's description.
pub(crate) fn bind(key: Key, run: impl Fn() -> bool + 'static) {
    let number = NEXT.with(|next| next.replace(next.get() + 1));
    REGISTER.with_borrow_mut(|all| all.push(Binding { number, key, run: Rc::new(run) }));
    on_cleanup(move || {
        REGISTER.with_borrow_mut(|all| all.retain(|binding| binding.number != number));
    });
}

/// The keys that something answers to now.
pub(crate) fn present() -> Vec<Key> {
    let bound = |key| REGISTER.with_borrow(|all| all.iter().any(|binding| binding.key == key));
    Key::ALL.into_iter().filter(|key| bound(*key) || rows::answers(key.strokes())).collect()
}

/// Listens to keys, those of one letter only while `on`.
pub(crate) fn listen(on: impl Fn() -> bool + 'static) {
    let listening = StoredValue::new_local(keys::listen(Registered { on }));
    on_cleanup(move || listening.dispose());
}

struct Registered<F> {
    on: F,
}

impl<F: Fn() -> bool + 'static> Shortcuts for Registered<F> {
    fn on(&self) -> bool {
        (self.on)()
    }

    fn begins(&self, stroke: &str) -> bool {
        Key::begins(stroke)
    }

    fn press(&self, strokes: &str, again: bool) -> bool {
        Key::of(strokes).is_some_and(|key| (!again || key.repeats()) && did(key))
    }

    fn find(&self) -> bool {
        did(Key::Find)
    }
}

/// Does what the key is for, for a button that stands for it.
pub(crate) fn press(key: Key) {
    did(key);
}

/// Does what the key is for here; false if that is nothing.
fn did(key: Key) -> bool {
    // Cloned first: what runs may bind and unbind.
    let bound: Vec<_> = REGISTER.with_borrow(|all| {
        let bound = all.iter().rev().filter(|binding| binding.key == key);
        bound.map(|binding| Rc::clone(&binding.run)).collect()
    });
    bound.iter().any(|run| run()) || rows::press(key.strokes())
}
