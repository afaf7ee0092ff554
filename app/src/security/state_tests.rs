//! The table's rules.

use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::DatacenterId;
use trustboard_model::reason::ReasonCode;
use trustboard_model::view::{HostRow, Message, Scope, SecurityFilter, SortKey};

use super::state::*;

#[path = "../../tests/fleet/mod.rs"]
#[expect(dead_code, reason = "pages need more of it")]
pub(super) mod fleet;

fn three() -> Vec<HostRow> {
    vec![fleet::passed(1, "a"), fleet::passed(2, "b"), fleet::passed(3, "c")]
}

fn filter(query: &str) -> SecurityFilter {
    SecurityFilter::of(query.parse().unwrap())
}

fn names(rows: &[HostRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn rows_move_when_nobody_points_at_them() {
    let fresh = vec![fleet::passed(3, "c"), fleet::passed(1, "a"), fleet::passed(4, "d")];
    let merge = merge(&three(), fresh, false);
    assert_eq!((names(&merge.rows), merge.waiting), (vec!["c", "a", "d"], 0));
}

#[test]
fn rows_keep_their_places_under_the_pointer_and_say_how_many_wait() {
    let changed = HostRow { revision: 8, verifying: true, ..fleet::passed(3, "c") };
    let fresh = vec![changed, fleet::passed(1, "a"), fleet::passed(4, "d")];
    let merge = merge(&three(), fresh, true);
    assert_eq!(names(&merge.rows), ["a", "b", "c"]);
    assert!(merge.rows[2].verifying, "what a row says changes at once");
    // c and a moved, d came, b went.
    assert_eq!(merge.waiting, 4);
}

#[test]
fn the_same_order_never_waits() {
    let fresh = three().into_iter().map(|row| HostRow { revision: 9, ..row }).collect();
    let merge = merge(&three(), fresh, true);
    assert_eq!((merge.waiting, merge.rows[0].revision), (0, 9));
}

#[test]
fn a_first_page_never_waits() {
    assert_eq!(merge(&[], three(), true).waiting, 0);
}

#[test]
fn an_answer_that_was_overtaken_changes_nothing() {
    let shown = HostRow { revision: 8, ..fleet::passed(1, "a") };
    let older = HostRow { revision: 7, verifying: true, ..fleet::passed(1, "a") };
    assert_eq!(newer(&shown, older), None);
    let other = HostRow { revision: 9, ..fleet::passed(2, "b") };
    assert_eq!(newer(&shown, other), None);
    assert_eq!(newer(&shown, shown.clone()), None);
    let fresh = HostRow { revision: 9, verifying: true, ..fleet::passed(1, "a") };
    assert_eq!(newer(&shown, fresh.clone()), Some(fresh));
    // Within one revision a job may begin and the last verification move on.
    let same = HostRow { verifying: true, ..shown.clone() };
    assert!(newer(&shown, same).is_some());
}

#[test]
fn an_overtaken_page_does_not_bring_back_an_older_row() {
    let shown = vec![HostRow { revision: 9, ..fleet::passed(1, "a") }, fleet::passed(2, "b")];
    let late = vec![fleet::passed(2, "b"), fleet::passed(1, "a")];
    let merge = merge(&shown, late, true);
    assert_eq!(merge.rows[0].revision, 9);
}

#[test]
fn a_steady_verification_moves_the_time_only() {
    let shown = HostRow { freshness: Freshness::Stale, ..fleet::passed(1, "a") };
    let row = verified(&shown, fleet::NOW).unwrap();
    assert_eq!((row.last_verified, row.freshness), (Some(fleet::NOW), Freshness::Fresh));
    assert_eq!(row.revision, shown.revision);
    assert_eq!(verified(&shown, fleet::ago(9_999)), None, "an older one changes nothing");
    let message =
        Message::VerificationFailed { problem: "no answer".to_owned(), at: fleet::ago(60) };
    assert_eq!(verified(&HostRow { message, ..shown }, fleet::NOW), None);
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
fn what_is_typed_becomes_the_address_also_if_it_means_nothing() {
    let sorted = SecurityFilter { sort: SortKey::Name, page: 3, ..filter("old") };
    assert_eq!(
        asking("/x", &sorted, " Attestation:FAILED  web"),
        "/x?q=attestation:failed%20web&sort=name"
    );
    assert_eq!(asking("/x", &sorted, "attestation:green"), "/x?q=attestation%3Agreen");
    assert_eq!(asking("/x", &SecurityFilter::ALL, "  "), "/x");
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
