//! Server functions of the Alarms page.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::view::{AlarmFilter, AlarmsPage, Scope};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{AlarmsHandle, ask_of};

/// One page of red alarms.
#[server(prefix = "/api/ui", endpoint = "alarms", input = PostText, output = PostText)]
pub async fn read_alarms(
    /// Where.
    scope: Scope,
    /// Which.
    filter: AlarmFilter,
) -> Result<AlarmsPage, Failure> {
    ask_of(
        |AlarmsHandle(backend), viewer| async move { backend.alarms(&viewer, scope, filter).await },
    )
    .await
}

/// Whether a passing appraisal resets the alarms of a datacenter.
#[server(prefix = "/api/ui", endpoint = "automatic-reset", input = PostText, output = PostText)]
pub async fn read_automatic_reset(
    /// The datacenter.
    datacenter: DatacenterId,
) -> Result<bool, Failure> {
    ask_of(|AlarmsHandle(backend), viewer| async move {
        backend.automatic_reset(&viewer, datacenter).await
    })
    .await
}

/// Decides that. A plain form comes back to its page.
#[server(prefix = "/api/ui", endpoint = "set-automatic-reset", output = PostText)]
pub async fn set_automatic_reset(
    /// The datacenter.
    datacenter: DatacenterId,
    /// Whether.
    on: bool,
) -> Result<bool, Failure> {
    use crate::change::{self, Change, Changed};

    let answer = ask_of(|AlarmsHandle(backend), viewer| async move {
        backend.set_automatic_reset(&viewer, datacenter, on).await
    })
    .await;
    let outcome = match &answer {
        Ok(_) => Ok(Changed::Setting),
        Err(failure) => Err(failure.clone()),
    };
    let form = "automatic-reset".to_owned();
    change::leave(&Change { form, typed: Vec::new(), outcome }, None);
    answer
}
