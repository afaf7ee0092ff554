//! The table's rules.

use trustboard_model::host::Attestation;
use trustboard_model::id::DatacenterId;
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{Scope, SecurityFilter, SortKey};

use super::state::*;

#[path = "../../tests/fleet/mod.rs"]
#[expect(dead_code, reason = "pages need more of it")]
pub(super) mod fleet;

fn filter(query: &str) -> SecurityFilter {
    SecurityFilter::of(query.parse().unwrap())
}

#[test]
fn a_column_sorts_one_way_then_the_other() {
    let narrow = SecurityFilter { page: 4, ..filter("reason:secure-boot") };
    let by_name = sorted_by(&narrow, SortKey::Name);
    assert_eq!((by_name.sort, by_name.descending, by_name.page), (SortKey::Name, false, 1));
    assert_eq!(by_name.query, narrow.query, "sorting keeps the filter");
    assert_eq!(aria_sort(&by_name, SortKey::Name), "ascending");
    assert_eq!(aria_sort(&by_name, SortKey::Alarm), "none");
    let back = sorted_by(&by_name, SortKey::Name);
    assert_eq!(aria_sort(&back, SortKey::Name), "descending");
}

#[test]
fn addresses_keep_filter_and_open_row() {
    let open = fleet::passed(1, "a").id;
    let narrow = filter("alarm:red");
    assert_eq!(address("/x", &SecurityFilter::ALL, None), "/x");
    assert_eq!(address("/x", &narrow, None), "/x?q=alarm:red");
    assert_eq!(address("/x", &SecurityFilter::ALL, Some(open)), format!("/x?open={open}"));
    assert_eq!(address("/x", &narrow, Some(open)), format!("/x?q=alarm:red&open={open}"));
}

#[test]
fn pages_and_rows_are_counted_from_one() {
    assert_eq!([pages(0, 50), pages(50, 50), pages(51, 50), pages(7, 0)], [1, 1, 2, 7]);
    assert_eq!(row_numbers(1, 50, 50), Some((1, 50)));
    assert_eq!(row_numbers(3, 50, 7), Some((101, 107)));
    assert_eq!(row_numbers(9, 50, 0), None);
}

#[test]
fn what_is_chosen_is_read_off_the_query() {
    assert_eq!(chosen_attestation(&filter("web attestation:failed")), Some(Attestation::Failed));
    assert_eq!(chosen_attestation(&filter("attestation:failed,unknown")), None);
    assert_eq!(chosen_attestation(&filter("-attestation:failed")), None);
    let reason = filter("reason:secure-boot.disabled");
    assert_eq!(chosen_reason(&reason), Some(ReasonCode::SecureBootDisabled));
    assert_eq!(chosen_reason(&filter("reason:secure-boot")), None, "a whole family is no cause");
}

#[test]
fn each_part_of_the_inventory_has_its_table() {
    let id = DatacenterId::from_random([1; 16]);
    assert_eq!(path_of(Scope::Everything), "/security");
    assert_eq!(path_of(Scope::Datacenter(id)), format!("/datacenters/{id}/security"));
    assert_eq!(Scope::Datacenter(id).datacenter(), Some(id));
}
