//! The handle at the end of a column's head: drags with pointer or finger, moves with the arrow
//! keys. The width shows at once; the server remembers it.

use std::cell::RefCell;

use trustboard_dom::{keys, page};
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};

use crate::form::post;
use crate::words::fact;

/// What an arrow key adds, in CSS pixels.
const STEP: i32 = 16;
const HANDLE: &str = ".resize";

struct Drag {
    column: String,
    /// Where it began.
    x: i32,
    /// How wide the column was then.
    width: i32,
}

thread_local! {
    static DRAG: RefCell<Option<Drag>> = const { RefCell::new(None) };
    /// The columns as they are chosen here: the page says them once it has come back.
    static COLUMNS: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Listens to the handles.
pub fn listen() {
    keys::on("pointerdown", false, |event: PointerEvent| {
        let Some(handle) = keys::around(&event, HANDLE) else { return };
        event.prevent_default();
        let Some(column) = handle.get_attribute("data-column") else { return };
        let width = measured(&column);
        DRAG.replace(Some(Drag { column, x: event.client_x(), width }));
        // Fails if it was let go already.
        let _ = handle.set_pointer_capture(event.pointer_id());
    });
    keys::on("pointermove", false, |event: PointerEvent| {
        DRAG.with_borrow(|drag| {
            if let Some(drag) = drag {
                size(&drag.column, Some(drag.width + event.client_x() - drag.x));
            }
        });
    });
    for end in ["pointerup", "pointercancel"] {
        keys::on(end, false, |_: PointerEvent| {
            if DRAG.take().is_some() {
                remember();
            }
        });
    }
    keys::on("dblclick", false, |event: MouseEvent| {
        let column =
            keys::around(&event, HANDLE).and_then(|handle| handle.get_attribute("data-column"));
        if let Some(column) = column {
            size(&column, None);
            remember();
        }
    });
    keys::on("keydown", true, |event: KeyboardEvent| {
        let Some(handle) = keys::around(&event, HANDLE) else { return };
        let Some(column) = handle.get_attribute("data-column") else { return };
        let width = chosen(&column).unwrap_or_else(|| measured(&column));
        match event.key().as_str() {
            "ArrowLeft" => size(&column, Some(width - STEP)),
            "ArrowRight" => size(&column, Some(width + STEP)),
            "Home" => size(&column, None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        remember();
    });
}

/// How wide the head is now, in CSS pixels.
fn measured(column: &str) -> i32 {
    let head = page::find(&format!("#head-{column}"));
    let width = head.map_or(0.0, |head| head.get_bounding_client_rect().width());
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let width = width.round() as i32;
    width
}

/// The columns: as they were chosen here since the page came, else as it says.
fn columns() -> String {
    let said = fact("columns").unwrap_or_default();
    COLUMNS.with_borrow(|own| match own {
        Some((since, own)) if *since == said => own.clone(),
        _ => said.clone(),
    })
}

fn chosen(column: &str) -> Option<i32> {
    columns().split(',').find_map(|one| {
        let (code, width) = one.split_once('.')?;
        (code == column).then(|| width.parse().ok()).flatten()
    })
}

/// Shows a width, and notes it; nothing: as wide as the style says.
fn size(column: &str, width: Option<i32>) {
    let handle = page::find(&format!(".resize[data-column='{column}']"));
    let width = width
        .map(|width| width.clamp(limit(handle.as_ref(), "min"), limit(handle.as_ref(), "max")));
    let text = sized(&columns(), column, width);
    COLUMNS.replace(Some((fact("columns").unwrap_or_default(), text)));
    if let Some(handle) = &handle
        && let Some(width) = width
    {
        let _ = handle.set_attribute("aria-valuenow", &width.to_string());
    }
    if let Some(col) = page::find(&format!("#hosts col.{column}")) {
        let _ = match width {
            Some(width) => col.set_attribute("width", &width.to_string()),
            None => col.remove_attribute("width"),
        };
    }
}

fn limit(handle: Option<&Element>, which: &str) -> i32 {
    let text = handle.and_then(|handle| handle.get_attribute(&format!("aria-value{which}")));
    text.and_then(|text| text.parse().ok()).unwrap_or(if which == "min" { 0 } else { i32::MAX })
}

/// The columns with another width for one of them.
fn sized(columns: &str, column: &str, width: Option<i32>) -> String {
    let columns = columns.split(',').map(|one| {
        let code = one.split('.').next().unwrap_or_default();
        match width {
            _ if code != column => one.to_owned(),
            Some(width) => format!("{code}.{width}"),
            None => code.to_owned(),
        }
    });
    columns.collect::<Vec<_>>().join(",")
}

fn remember() {
    let (datacenter, back) = (fact("datacenter").unwrap_or_default(), fact("address"));
    let (columns, back) = (columns(), back.unwrap_or_default());
    let fields = [("datacenter", &*datacenter), ("columns", &*columns), ("back", &*back)];
    post("choose-columns", &fields);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_width_changes_and_the_others_stay() {
        assert_eq!(sized("name,tpm.90,alarm", "alarm", Some(200)), "name,tpm.90,alarm.200");
        assert_eq!(sized("name,tpm.90,alarm", "tpm", None), "name,tpm,alarm");
        assert_eq!(sized("name,tpm.90", "tpm", Some(64)), "name,tpm.64");
    }
}
