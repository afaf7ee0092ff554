//! What the table shows, as plain values: no signals, no browser, so that every rule has a test.

use trustboard_model::host::Attestation;
use trustboard_model::host_query::Test;
use trustboard_model::id::HostId;
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{Scope, SecurityFilter, SecurityPage, SortKey, ViewRef};

/// The filter that a press on a column's head asks for: that column, or the other way round.
pub fn sorted_by(filter: &SecurityFilter, key: SortKey) -> SecurityFilter {
    let descending = filter.sort == key && !filter.descending;
    SecurityFilter { sort: key, descending, page: 1, ..filter.clone() }
}

/// What `aria-sort` says of a column.
pub fn aria_sort(filter: &SecurityFilter, key: SortKey) -> &'static str {
    match (filter.sort == key, filter.descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    }
}

/// The path of the table over this part of the inventory.
pub fn path_of(scope: Scope) -> String {
    match scope {
        Scope::Everything => "/security".to_owned(),
        Scope::Datacenter(id) => format!("/datacenters/{id}/security"),
    }
}

/// The address of this page without an open row.
pub fn address_of(page: &SecurityPage) -> String {
    address(&path_of(page.scope()), &page.filter, None)
}

/// The address of everything: past the view that is shown first, if there is one.
pub fn everything(page: &SecurityPage) -> String {
    let view = page.views.iter().any(|view| view.first).then_some(ViewRef::All);
    address(&path_of(page.scope()), &SecurityFilter { view, ..SecurityFilter::ALL }, None)
}

/// The only value of Attestation that the filter lets through, if there is one.
pub fn chosen_attestation(filter: &SecurityFilter) -> Option<Attestation> {
    match filter.query.single("attestation") {
        Some(Test::Attestation(attestation)) => Some(*attestation),
        _ => None,
    }
}

/// The only reason that the filter lets through, if there is one.
pub fn chosen_reason(filter: &SecurityFilter) -> Option<ReasonCode> {
    match filter.query.single("reason") {
        Some(Test::Reason(code)) => ReasonCode::from_code(code),
        _ => None,
    }
}

/// The address of the table with this filter and, if one is open, this row open.
pub fn address(path: &str, filter: &SecurityFilter, open: Option<HostId>) -> String {
    let query = filter.to_query();
    match (query.is_empty(), open) {
        (true, None) => path.to_owned(),
        (true, Some(id)) => format!("{path}?open={id}"),
        (false, None) => format!("{path}?{query}"),
        (false, Some(id)) => format!("{path}?{query}&open={id}"),
    }
}

/// How many pages `total` rows make; one if there are none.
pub fn pages(total: u32, page_size: u32) -> u32 {
    total.div_ceil(page_size.max(1)).max(1)
}

/// The first and the last row on a page, from 1; nothing if the page is empty.
pub fn row_numbers(page: u32, page_size: u32, rows: usize) -> Option<(u32, u32)> {
    let rows = u32::try_from(rows).ok().filter(|rows| *rows > 0)?;
    let first = page.saturating_sub(1).saturating_mul(page_size).saturating_add(1);
    Some((first, first.saturating_add(rows - 1)))
}
