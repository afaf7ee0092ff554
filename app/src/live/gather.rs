//! Many hints, one reading.

use std::time::Duration;

use leptos::prelude::*;

/// What does `act` once, `after` it was first asked to, however often it is asked meanwhile. Must
/// be made where its page lives: with the page the wish is gone.
pub(crate) fn gathered(
    after: Duration,
    act: impl Fn() + Copy + Send + Sync + 'static,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let gathering = StoredValue::new(false);
    move || {
        if gathering.try_get_value() != Some(false) {
            return;
        }
        gathering.set_value(true);
        set_timeout(
            move || {
                if gathering.try_set_value(false).is_none() {
                    act();
                }
            },
            after,
        );
    }
}
