//! `/api/v1/alarms` and `/api/v1/events`: what an operator works on, for programs.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use trustboard_app::backend::Alarms as _;
use trustboard_app::text::{self, Language};
use trustboard_model::alarm::Condition;
use trustboard_model::event::EventSeq;
use trustboard_model::host_query::HostQuery;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    AlarmFilter, AlarmRow, AlarmView, AlarmsPage, EventFilter, EventGroup, EventsPage, Scope,
    Viewer,
};

use super::security::Pairs;
use super::{Body, Problem, id};
use crate::auth::operator::SignedIn;
use crate::export::{Format, Pages, Row, download};
use crate::query;
use crate::state::AppState;
use crate::store::StoreError;

/// Rows that an export reads at a time.
const EXPORT_ROWS: u32 = 500;

/// `GET /alarms?q=…&datacenter=…&page=…`.
pub async fn alarms(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    query: Pairs,
) -> Result<Json<AlarmsPage>, Problem> {
    let asked = Asked::of(query, &["q", "datacenter", "page"])?;
    let filter = asked.alarms()?;
    Ok(Json(state.alarms(&viewer, asked.scope()?, filter).await?))
}

/// `GET /alarms/export?format=csv&q=…&datacenter=…`: every red alarm that the filter shows.
pub async fn export_alarms(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: http::HeaderMap,
    query: Pairs,
) -> Result<Response, Problem> {
    let asked = Asked::of(query, &["q", "datacenter", "format"])?;
    let format = asked.value("format").unwrap_or("csv");
    let format = Format::from_code(format)
        .ok_or_else(|| Refusal::invalid("format", "expected csv or jsonl"))?;
    let (scope, filter) = (asked.scope()?, asked.alarms()?);
    // What cannot be seen is refused before the first byte.
    query::alarms(&state.ctx, &viewer, scope, filter.clone(), 1).await?;
    let language = trustboard_app::language::of_headers(&headers);
    let pages = Export { state, viewer, scope, filter, language, ended: false };
    Ok(download("alarms", format, heading(language), pages).into_response())
}

/// `GET /events?kind=…&host=…&actor=…&before=…&datacenter=…`.
pub async fn events(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    query: Pairs,
) -> Result<Json<EventsPage>, Problem> {
    let asked = Asked::of(query, &["kind", "host", "actor", "before", "datacenter"])?;
    let group = asked.value("kind").map(|code| {
        EventGroup::from_code(code).ok_or_else(|| {
            let codes: Vec<_> = EventGroup::ALL.iter().map(|group| group.code()).collect();
            Refusal::invalid("kind", format!("expected one of {}", codes.join(", ")))
        })
    });
    let before = asked.value("before").map(|text| {
        let number = text.parse().map(EventSeq);
        number.map_err(|_| Refusal::invalid("before", "expected the number of an event"))
    });
    let filter = EventFilter {
        group: group.transpose()?,
        host: asked.value("host").unwrap_or_default().to_owned(),
        actor: asked.value("actor").unwrap_or_default().to_owned(),
        before: before.transpose()?,
    };
    Ok(Json(state.events(&viewer, asked.scope()?, filter).await?))
}

/// The setting of a datacenter.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomaticReset {
    automatic_reset: bool,
}

/// `GET /datacenters/{id}/alarm-settings`.
pub async fn alarm_settings(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
) -> Result<Json<AutomaticReset>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    let automatic_reset = state.automatic_reset(&viewer, datacenter).await?;
    Ok(Json(AutomaticReset { automatic_reset }))
}

/// `PUT /datacenters/{id}/alarm-settings`.
pub async fn set_alarm_settings(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    Body(wish): Body<AutomaticReset>,
) -> Result<Json<AutomaticReset>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    state.set_automatic_reset(&viewer, datacenter, wish.automatic_reset).await?;
    Ok(Json(wish))
}

/// The query of a request.
struct Asked(Vec<(String, String)>);

impl Asked {
    /// Only with parameters that are known: a typing error must not ask for everything.
    fn of(query: Pairs, known: &[&str]) -> Result<Self, Problem> {
        let axum::extract::Query(pairs) =
            query.map_err(|_| Refusal::invalid("query", "cannot be read"))?;
        if let Some((unknown, _)) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            let problem = format!("expected one of {}", known.join(", "));
            let name: String = unknown.chars().take(40).collect();
            return Err(Refusal::invalid(&name, problem).into());
        }
        Ok(Self(pairs))
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn scope(&self) -> Result<Scope, Problem> {
        let datacenter = self.value("datacenter");
        let place = datacenter.map(|text| id::<DatacenterId>(text, "datacenter")).transpose()?;
        Ok(place.map_or(Scope::Everything, Scope::Datacenter))
    }

    fn alarms(&self) -> Result<AlarmFilter, Problem> {
        let query: HostQuery = self
            .value("q")
            .unwrap_or_default()
            .parse()
            .map_err(|invalid| Refusal::invalid("q", invalid))?;
        let page = self.value("page").map_or(Ok(1), str::parse);
        let page = page.map_err(|_| Refusal::invalid("page", "expected a number"))?;
        Ok(AlarmFilter { query, page })
    }
}

/// The pages of an export. An alarm that is dealt with meanwhile may be missed or come twice: each
/// page is of its moment.
struct Export {
    state: AppState,
    viewer: Viewer,
    scope: Scope,
    filter: AlarmFilter,
    language: Language,
    ended: bool,
}

/// One alarm in a file.
#[derive(Serialize)]
pub(crate) struct Exported {
    #[serde(flatten)]
    row: AlarmRow,
    #[serde(skip)]
    language: Language,
}

impl Pages for Export {
    type Row = Exported;

    async fn next(&mut self) -> Result<Vec<Exported>, StoreError> {
        if self.ended {
            return Ok(Vec::new());
        }
        let (ctx, filter) = (&self.state.ctx, self.filter.clone());
        let page = query::alarm_rows(ctx, &self.viewer, self.scope, filter, EXPORT_ROWS).await?;
        self.ended = page.len() < EXPORT_ROWS as usize;
        self.filter.page += 1;
        let language = self.language;
        Ok(page.into_iter().map(|row| Exported { row, language }).collect())
    }
}

fn heading(language: Language) -> Vec<String> {
    text::alarm_columns(language).into_iter().map(str::to_owned).collect()
}

impl Row for Exported {
    fn cells(&self) -> Vec<String> {
        let (host, language) = (&self.row.host, self.language);
        let mut cells =
            vec![host.name.clone(), host.cluster.name.clone(), host.datacenter.name.clone()];
        let AlarmView::Red { occurrence, raised_at, condition, acknowledged, .. } = &host.alarm
        else {
            return cells;
        };
        let reasons: Vec<_> =
            self.row.reasons.iter().map(|code| text::reason_title(language, *code)).collect();
        let codes: Vec<_> = self.row.reasons.iter().map(|code| code.code()).collect();
        let until = acknowledged.as_ref().and_then(|ack| ack.until);
        let at = match condition {
            Condition::Cleared { at } => at.to_string(),
            Condition::Holds | Condition::Unknown => String::new(),
        };
        cells.extend([
            reasons.join("; "),
            codes.join(" "),
            raised_at.to_string(),
            occurrence.to_string(),
            text::condition_now(language, *condition).to_owned(),
            at,
            acknowledged.as_ref().map(|ack| ack.by.clone()).unwrap_or_default(),
            acknowledged.as_ref().map(|ack| ack.comment.clone()).unwrap_or_default(),
            until.map(|until| until.to_string()).unwrap_or_default(),
        ]);
        cells
    }
}
