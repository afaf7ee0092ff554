//! What the tabs of a host read beside the host itself.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{EventLogPage, LogFilter, MomentPage, Timeline};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{HistoryHandle, ask_of};

/// The History tab: a stretch of the past, and the moment that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastView {
    /// The stretch.
    pub timeline: Timeline,
    /// The moment, if the address names one; a refusal if it means nothing.
    pub moment: Option<Result<MomentPage, Refusal>>,
}

/// What the address of the History tab asks for, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PastAsked {
    /// From when.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// So many days.
    pub days: Option<String>,
    /// The moment.
    pub at: Option<String>,
}

/// A stretch of a host's past. What cannot be read of the address is left alone; a moment that
/// means nothing is refused by itself.
#[server(prefix = "/api/ui", endpoint = "past", input = PostText, output = PostText)]
pub async fn read_past(
    /// The host.
    host: HostId,
    /// What of its past.
    asked: PastAsked,
) -> Result<PastView, Failure> {
    use trustboard_model::time::Timestamp;
    use trustboard_model::view::Stretch;

    let PastAsked { from, until, days, at } = asked;
    let time = |text: Option<String>| text.and_then(|text| text.parse::<Timestamp>().ok());
    let (from, until) = (time(from), time(until));
    // Backwards is no stretch.
    let from = from.filter(|from| until.is_none_or(|until| *from < until));
    let days = days.and_then(|text| text.parse().ok());
    ask_of(|HistoryHandle(backend), viewer| async move {
        let timeline = backend.timeline(&viewer, host, Stretch { from, until, days }).await?;
        let moment = match at {
            None => None,
            Some(text) => Some(match text.parse::<Timestamp>() {
                Ok(at) => backend.moment(&viewer, host, at).await,
                Err(error) => Err(Refusal::invalid("time", format!("{error}"))),
            }),
        };
        Ok(PastView { timeline, moment })
    })
    .await
}

/// A page of the event log that a host's latest appraisal replayed; nothing if none is kept.
#[server(prefix = "/api/ui", endpoint = "event-log", input = PostText, output = PostText)]
pub async fn read_event_log(
    /// The host.
    host: HostId,
    /// Which events.
    filter: LogFilter,
) -> Result<Option<EventLogPage>, Failure> {
    ask_of(|HistoryHandle(backend), viewer| async move {
        match backend.event_log(&viewer, host, filter).await {
            Ok(page) => Ok(Some(page)),
            Err(Refusal::NotFound { what }) if what == "event log" => Ok(None),
            Err(refusal) => Err(refusal),
        }
    })
    .await
}
