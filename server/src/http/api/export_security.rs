//! `GET /api/v1/security.csv?…`, `.jsonl` and the same of one datacenter: exactly the hosts that the
//! page with this address shows, over all of its pages, in its columns and order.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Uri};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use tokio::sync::{Semaphore, SemaphorePermit};
use trustboard_app::security::plain;
use trustboard_app::text::{self, Language};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Columns, HostRow, Scope, Viewer};

use super::security::{Pairs, filter};
use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::export::{Format, Pages, Row, download};
use crate::query::{self, AllRows};
use crate::state::AppState;
use crate::store::StoreError;

/// Exports at a time: each holds a reading connection for as long as its reader takes, and pages
/// need the others.
static AT_A_TIME: Semaphore = Semaphore::const_new(3);

/// Rows read at once: few enough to begin at once, enough to be quick.
const ROWS: usize = 500;

/// What all datacenters' table shows.
pub async fn export_security(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Problem> {
    export(&state, &viewer, Scope::Everything, &uri, &headers, query).await
}

/// What one datacenter's table shows.
pub async fn export_datacenter_security(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Problem> {
    let scope = Scope::Datacenter(id(&datacenter, "datacenter")?);
    export(&state, &viewer, scope, &uri, &headers, query).await
}

async fn export(
    state: &AppState,
    viewer: &Viewer,
    scope: Scope,
    uri: &Uri,
    headers: &HeaderMap,
    query: Pairs,
) -> Result<Response, Problem> {
    let ending = uri.path().rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = Format::from_code(ending).ok_or_else(|| Refusal::not_found("endpoint"))?;
    let Ok(permit) = AT_A_TIME.try_acquire() else {
        return Err(Problem(Refusal::TooMany { retry_s: RETRY_S }));
    };
    let language = trustboard_app::language::of_headers(headers);
    let rows = query::all_rows(&state.ctx, viewer, scope, filter(query)?).await?;
    let place = rows.datacenter.as_ref().map_or("all", |datacenter| &datacenter.name);
    let today = state.ctx.clock.now().to_string();
    let today = today.split('T').next().unwrap_or_default();
    let name = format!("trustboard-{place}-{today}");
    let columns = rows.columns.clone();
    let heading = columns.shown().iter().map(|shown| text::column(language, shown.column));
    let heading = heading.map(str::to_owned).collect();
    let pages = Export { rows, columns: Arc::new(columns), language, _permit: permit };
    Ok(download(&name, format, heading, pages).into_response())
}

/// When to try again while others export, in seconds.
const RETRY_S: u32 = 10;

/// The rows on their way.
struct Export {
    rows: AllRows,
    columns: Arc<Columns>,
    language: Language,
    _permit: SemaphorePermit<'static>,
}

impl Pages for Export {
    type Row = ExportRow;

    async fn next(&mut self) -> Result<Vec<ExportRow>, StoreError> {
        let rows = self.rows.next(ROWS).await?.into_iter();
        let (columns, language) = (&self.columns, self.language);
        Ok(rows.map(|row| ExportRow { row, columns: Arc::clone(columns), language }).collect())
    }
}

/// A host in the columns of the page. In JSON by their codes, with the host's id.
struct ExportRow {
    row: HostRow,
    columns: Arc<Columns>,
    language: Language,
}

impl Row for ExportRow {
    fn cells(&self) -> Vec<String> {
        let columns = self.columns.shown().iter();
        columns.map(|shown| plain::cell(self.language, shown.column, &self.row)).collect()
    }
}

impl Serialize for ExportRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.row.id)?;
        for shown in self.columns.shown() {
            map.serialize_entry(shown.column.code(), &plain::value(shown.column, &self.row))?;
        }
        map.end()
    }
}
