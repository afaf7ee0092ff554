//! Completion of the filter: what this page knows for it.

use trustboard_dom::complete;

use crate::words::{counted, fact};

struct Table;

impl complete::Knows for Table {
    fn datacenter(&self) -> String {
        fact("datacenter").unwrap_or_default()
    }

    fn count(&self, suggestions: u32) -> String {
        counted("suggestions", suggestions)
    }
}

/// Listens to the field and its list.
pub fn listen() {
    complete::listen(Table);
    complete::announce();
}
