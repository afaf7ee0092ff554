//! Nothing: there is no browser here.

use leptos::prelude::{provide_context, use_context};
use trustboard_model::time::Timestamp;

use crate::component::Kept;
use crate::display::Display;
use crate::text::Language;

/// The language that the shell found in the request.
pub(crate) fn language() -> Language {
    use_context().unwrap_or_default()
}

pub(crate) fn mark_hydrated() {}

pub(crate) fn elapsed_ms() -> i64 {
    0
}

pub(crate) fn zone_minutes(_at: Timestamp) -> i32 {
    0
}

pub(crate) fn matches(_selector: &str) -> bool {
    false
}

pub(crate) fn show_display(_display: Display) {}

/// Keeps every screen's signals until the page is written.
pub(crate) fn keep_owners() {
    provide_context(Kept::default());
}

pub(crate) fn focus(_selector: &str) {}

pub(crate) fn show_popover(_selector: &str) {}

pub(crate) fn show_dialog<T>(_dialog: &T, _open: bool) {}

pub(crate) fn load_page(_address: &str) {}

pub(crate) fn copy(_text: &str) -> bool {
    false
}

/// The dialog of the quick search.
pub(crate) mod find {
    pub(crate) fn open() -> bool {
        false
    }

    pub(crate) fn close() {}

    pub(crate) fn press(_key: &str) -> bool {
        false
    }
}
