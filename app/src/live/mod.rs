//! The live stream: hints about what changed. The tables are the truth; after a gap the page
//! reads again. The pages of one browser share one stream for each thing they look at.

mod gather;
#[cfg(feature = "hydrate")]
mod hydrate;
mod news;
#[cfg(not(feature = "hydrate"))]
mod ssr;

use leptos::prelude::*;
use trustboard_model::event::EventSeq;
use trustboard_model::id::DatacenterId;
use trustboard_model::time::Timestamp;

pub(crate) use gather::gathered;
#[cfg(feature = "hydrate")]
pub(crate) use hydrate::listen;
pub(crate) use news::{News, NewsView};
#[cfg(not(feature = "hydrate"))]
pub(crate) use ssr::listen;

/// How the stream is doing.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the browser makes them"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Connection {
    /// No page listens, or the wasm has not loaded.
    #[default]
    Off,
    /// Not open yet.
    Connecting,
    /// Open.
    Live,
    /// It broke; the browser tries again.
    Lost {
        /// When it was noticed, by the page's clock.
        since: Timestamp,
    },
}

/// The connection's state, in the context of every page.
#[derive(Clone, Copy)]
pub(crate) struct LiveState(pub RwSignal<Connection>);

/// Where a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// The datacenter, or all of them.
    pub datacenter: Option<DatacenterId>,
    /// The last event that the page knows of; 0 if it knows of none.
    pub after: EventSeq,
}
