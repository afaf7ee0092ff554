//! Traces for OpenTelemetry, if somebody wants them: what a request, a verification or a command
//! consisted of, and how long each part took. Sent in batches by OTLP over HTTP.
//!
//! ```text
//! request              route, method, number
//! └─ command           which one
//!    ├─ turn           until it is the one that writes
//!    └─ commit
//! verification         host, what wanted it
//! ├─ challenge         until the host has answered
//! ├─ appraisal
//! └─ command           for steady hosts commit: a share of one that many have
//! ```
//!
//! Without a collector to send them to no span of [`span`] is made: the log is not interested in
//! them, and nobody else is there.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, SpanLimits};
use tokio::runtime::Handle;
use tracing::{Dispatch, Span, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};
use trustboard_model::id::HostId;
use trustboard_model::job::Trigger;

use crate::config::Traced;

/// What spans of this module are called to filters.
pub(crate) const TARGET: &str = "trustboard_trace";

/// How long the collector may take for a batch.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the last batch may take when the server ends.
const FAREWELL: Duration = Duration::from_secs(3);

/// Notes of the log that a span takes with it: an appraisal that fails makes a few.
const MOST_EVENTS: u32 = 32;

/// Makes a span for traces only: the log does not show it.
macro_rules! span {
    (in $parent:expr, $name:literal $($rest:tt)*) => {
        tracing::info_span!(target: "trustboard_trace", parent: $parent, $name $($rest)*)
    };
    ($name:literal $($rest:tt)*) => {
        tracing::info_span!(target: "trustboard_trace", $name $($rest)*)
    };
}

pub(crate) use span;

/// What sends traces, until it ends.
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends them where `traced` says. Must be called within the runtime that sends them.
    pub fn start(traced: &Traced) -> anyhow::Result<Self> {
        let client = Client {
            inner: HyperClient::with_default_connector(PATIENCE, None),
            runtime: Handle::current(),
        };
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(&traced.endpoint)
            .with_timeout(PATIENCE)
            .build()?;
        // proc(5); without a name of the machine there is none.
        let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let resource = Resource::builder()
            .with_service_name("trustboard")
            .with_attributes([
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::new("host.name", machine.trim().to_owned()),
                KeyValue::new("process.pid", i64::from(std::process::id())),
            ])
            .build();
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_span_limits(SpanLimits {
                max_events_per_span: MOST_EVENTS,
                ..SpanLimits::default()
            })
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(traced.ratio))))
            .with_batch_exporter(exporter)
            .build();
        Ok(Self(provider))
    }

    /// Listens to the program.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("trustboard"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(
                Targets::new()
                    .with_target(TARGET, LevelFilter::INFO)
                    .with_target("trustboard_server", LevelFilter::INFO),
            )
    }

    /// Sends what waits. Blocks for a moment.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(FAREWELL) {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Who listens to the program: the log, and traces if somebody wants them.
///
/// Without traces there is no layer for them, not even an empty one. That would be interested in
/// everything, so that every span were made that the log does without.
pub fn listeners<L>(log: L, traces: Option<&Traces>) -> Dispatch
where
    L: Layer<Registry> + Send + Sync + 'static,
{
    let log = tracing_subscriber::registry().with(log);
    match traces {
        Some(traces) => Dispatch::new(log.with(traces.layer())),
        None => Dispatch::new(log),
    }
}

/// The way to the collector. Batches are sent from a thread of their own, and connections live in
/// the server's runtime.
#[derive(Debug)]
struct Client {
    inner: HyperClient,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.inner.clone();
        self.runtime.spawn(async move { client.send_bytes(request).await }).await?
    }
}

/// The span of a verification.
pub(crate) fn verification(host: HostId, trigger: &Trigger) -> Span {
    let trigger = match trigger {
        Trigger::Scheduled => "scheduled",
        Trigger::Boot => "boot",
        Trigger::Reconnect => "reconnect",
        Trigger::Operator { .. } => "operator",
        Trigger::Reappraised { .. } => "reappraised",
    };
    span!("verification", host.id = %host, trigger)
}

/// The span of a command, named by the file that begins its transaction, or the folder that it is.
#[track_caller]
pub(crate) fn command() -> Span {
    let file = Path::new(std::panic::Location::caller().file());
    let named = if file.ends_with("mod.rs") { file.parent().unwrap_or(file) } else { file };
    let command = named.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    span!("command", command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_collector_there_are_no_spans() {
        let log = tracing_subscriber::fmt::layer().with_writer(std::io::sink).with_filter(
            Targets::new().with_default(LevelFilter::INFO).with_target(TARGET, LevelFilter::OFF),
        );
        tracing::dispatcher::with_default(&listeners(log, None), || {
            assert!(span!("verification").is_disabled());
            assert!(!tracing::info_span!("request").is_disabled());
        });
    }
}
