//! Brings the page to what the server wrote now, and leaves alone what is the same: what has the
//! focus, what is unfolded, what was typed, where somebody scrolled to.

use std::collections::HashMap;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};

/// Attributes that name an element among its siblings.
const KEYS: [&str; 3] = ["id", "data-host", "data-row-of"];

/// Whatever is in such an element belongs to this program.
const KEPT: &str = "data-kept";

/// Makes `old` what `new` is. `new` is used up.
pub fn sync(old: &Element, new: &Element) {
    if old.has_attribute(KEPT) || old.is_equal_node(Some(new)) {
        return;
    }
    attributes(old, new);
    children(old, new);
}

/// Makes what is in `old` what is in `new`.
pub fn children(old: &Element, new: &Element) {
    let mut named = named(old);
    let fresh: Vec<Node> = nodes(new);
    let mut here = old.first_child();
    for node in fresh {
        let element = node.dyn_ref::<Element>();
        let key = element.and_then(key);
        let found = match &key {
            Some(key) => named.remove(key).map(Node::from),
            None => here.clone().filter(|here| is_alike(here, &node)),
        };
        let Some(found) = found else {
            // Fails for nodes that cannot be there, which the server does not write.
            let _ = old.insert_before(&node, here.as_ref());
            continue;
        };
        if key.is_some() {
            here = without_nameless(old, here, &found);
        }
        if here.as_ref() == Some(&found) {
            here = found.next_sibling();
        } else {
            let _ = old.insert_before(&found, here.as_ref());
        }
        match (found.dyn_ref::<Element>(), element) {
            (Some(found), Some(element)) => sync(found, element),
            _ if found.node_value() != node.node_value() => {
                found.set_node_value(node.node_value().as_deref());
            }
            _ => {}
        }
    }
    while let Some(surplus) = here {
        here = surplus.next_sibling();
        let _ = old.remove_child(&surplus);
    }
    for surplus in named.into_values() {
        surplus.remove();
    }
}

/// Takes out what has no name and stands between here and `found`, if nothing else does. Where a row
/// opens, its placeholder has gone: without this each row behind it would be moved in front of the
/// placeholder of the row before, and the browser would lay out all of them anew.
fn without_nameless(parent: &Element, here: Option<Node>, found: &Node) -> Option<Node> {
    let mut between = Vec::new();
    let mut next = here.clone();
    while let Some(node) = next {
        if node == *found {
            for nameless in &between {
                let _ = parent.remove_child(nameless);
            }
            return Some(node);
        }
        if node.dyn_ref::<Element>().is_some_and(|element| key(element).is_some()) {
            break;
        }
        next = node.next_sibling();
        between.push(node);
    }
    here
}

fn nodes(parent: &Element) -> Vec<Node> {
    let all = parent.child_nodes();
    (0..all.length()).filter_map(|place| all.item(place)).collect()
}

fn named(parent: &Element) -> HashMap<String, Element> {
    let children = nodes(parent).into_iter().filter_map(|node| node.dyn_into::<Element>().ok());
    children.filter_map(|child| Some((key(&child)?, child))).collect()
}

fn key(element: &Element) -> Option<String> {
    KEYS.iter().find_map(|name| Some(format!("{name}:{}", element.get_attribute(name)?)))
}

/// Whether a node without a name may become the other.
fn is_alike(old: &Node, new: &Node) -> bool {
    let unnamed = old.dyn_ref::<Element>().is_none_or(|old| key(old).is_none());
    unnamed && old.node_type() == new.node_type() && old.node_name() == new.node_name()
}

fn attributes(old: &Element, new: &Element) {
    let names = |element: &Element| element.get_attribute_names();
    for name in names(new) {
        let Some(name) = name.as_string() else { continue };
        let value = new.get_attribute(&name).unwrap_or_default();
        if old.get_attribute(&name).as_ref() != Some(&value) {
            // Cannot fail: the server wrote the name.
            let _ = old.set_attribute(&name, &value);
            if name == "value"
                && let Some(field) = old.dyn_ref::<HtmlInputElement>()
            {
                field.set_value(&value);
            }
        }
    }
    for name in names(old) {
        let Some(name) = name.as_string() else { continue };
        if !new.has_attribute(&name) && !is_own(old, &name) {
            let _ = old.remove_attribute(&name);
        }
    }
}

/// Whether the attribute is the browser's or this program's, and stays.
fn is_own(element: &Element, name: &str) -> bool {
    match name {
        // What somebody unfolded or typed.
        "open" | "value" => true,
        "role"
        | "aria-autocomplete"
        | "aria-controls"
        | "aria-expanded"
        | "aria-activedescendant" => element.id() == "words",
        _ => false,
    }
}
