//! The names of hosts that enrol at a time.

use std::collections::HashSet;

use trustboard_model::id::ClusterId;

use super::Enrolling;
use crate::command::text::numbered;
use crate::store::{StoreError, Write};

/// Gives hosts names that no other host of their clusters has, and those that are to wait: what they
/// would be called, one of the others is about to be, in whatever case of its letters.
pub(super) async fn named<'a>(
    write: &mut Write,
    all: Vec<Enrolling<'a>>,
) -> Result<(Vec<(Enrolling<'a>, String)>, Vec<Enrolling<'a>>), StoreError> {
    let (mut named, mut later) = (Vec::with_capacity(all.len()), Vec::new());
    let mut about_to_be = HashSet::new();
    let mut rest = all;
    let mut number = 1;
    while !rest.is_empty() {
        let wanted: Vec<(ClusterId, String)> = rest
            .iter()
            .map(|one| (one.scope.cluster, numbered(one.enrolment.facts.hostname.trim(), number)))
            .collect();
        let in_use = write.names_in_use(&wanted).await?;
        let mut next = Vec::new();
        for (one, (cluster, name)) in rest.into_iter().zip(wanted) {
            if in_use.contains(&(cluster, name.clone())) {
                next.push(one);
            } else if about_to_be.insert((cluster, name.to_lowercase())) {
                named.push((one, name));
            } else {
                later.push(one);
            }
        }
        rest = next;
        number += 1;
    }
    Ok((named, later))
}
