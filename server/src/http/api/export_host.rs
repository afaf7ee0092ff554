//! `GET /api/v1/hosts/{id}/export?format=csv|json`: everything that is known of a host, as a file.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use trustboard_app::backend::Backend as _;
use trustboard_app::text::{self, Language};
use trustboard_model::check::Outcome;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmView, HostPage};

use super::evidence::file_name;
use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::export;
use crate::state::AppState;

/// In which form; CSV without.
#[derive(Debug, Deserialize)]
pub struct Which {
    format: Option<String>,
}

/// The file. JSON is what `GET /api/v1/hosts/{id}` answers; CSV has a line for each fact, check,
/// register, run of appraisals and event.
pub async fn export_host(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Response, Problem> {
    let bad = || Refusal::invalid("format", "expected csv or json");
    let Query(Which { format }) = which.map_err(|_| bad())?;
    let page = state.host(&viewer, id(&host, "host")?).await?;
    let (ending, media_type, body) = match format.as_deref() {
        None | Some("csv") => ("csv", "text/csv; charset=utf-8; header=present", csv(&page)),
        Some("json") => {
            // The model's types hold nothing that JSON cannot.
            let json = serde_json::to_string_pretty(&page).unwrap_or_default();
            ("json", "application/json", json)
        }
        Some(_) => return Err(bad().into()),
    };
    let name = file_name(&page.row.name, page.now, ending);
    let headers = [
        (CONTENT_TYPE, media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body).into_response())
}

/// Codes rather than words where there are codes: programs read it, in every language the same.
fn csv(page: &HostPage) -> String {
    let mut text = export::START.to_owned();
    text.push_str(&export::line(["kind", "name", "value", "detail", "at"]));
    let mut line = |kind: &str, name: &str, value: &str, detail: &str, at: Option<Timestamp>| {
        let at = at.map(|at| at.to_string()).unwrap_or_default();
        text.push_str(&export::line([kind, name, value, detail, &at]));
    };
    let row = &page.row;
    line("host", "name", &row.name, &row.id.to_string(), None);
    line("host", "cluster", &row.cluster.name, &row.cluster.id.to_string(), None);
    line("host", "datacenter", &row.datacenter.name, &row.datacenter.id.to_string(), None);
    line("host", "attestation", row.attestation.code(), "", row.last_verified);
    line("host", "since", "", "", row.since);
    line("host", "last-passed", "", "", row.last_passed);
    match &row.alarm {
        AlarmView::Green => line("host", "alarm", "green", "", None),
        AlarmView::Red { occurrence, raised_at, acknowledged, .. } => {
            line("host", "alarm", "red", &occurrence.to_string(), Some(*raised_at));
            if let Some(ack) = acknowledged {
                line("host", "acknowledged", &ack.by, &ack.comment, Some(ack.at));
            }
        }
    }
    let facts = &page.facts;
    for (name, value) in [
        ("hostname", Some(&facts.hostname)),
        ("os", facts.os_name.as_ref().or(facts.os_id.as_ref())),
        ("kernel", facts.kernel.as_ref()),
        ("agent", Some(&facts.agent_version)),
        ("machine-id", facts.machine_id.as_ref()),
        ("boot-id", facts.boot_id.as_ref()),
    ] {
        line("claim", name, value.map_or("", |value| value), "", None);
    }
    for (name, digest) in [("ek", page.identity.ek), ("ak", page.identity.ak)] {
        let digest = digest.map(|digest| digest.to_string()).unwrap_or_default();
        line("identity", name, &digest, "", page.identity.since);
    }
    if let Some(report) = &page.report {
        line("appraisal", "policy", &report.policy, &report.verifier, row.last_verified);
        for check in &report.checks {
            let (outcome, detail) = match &check.outcome {
                Outcome::Passed(seen) => ("passed", seen.clone().unwrap_or_default()),
                Outcome::Failed(reason) => ("failed", text::reason(Language::En, reason).sentence),
                Outcome::NotEvaluated(why) => ("not-evaluated", why.clone()),
                Outcome::NotApplicable(why) => ("not-applicable", why.clone()),
            };
            line("check", check.check.code(), outcome, &detail, None);
        }
        for pcr in &report.pcrs {
            let name = format!("{} {}", pcr.bank.name(), pcr.pcr);
            let replayed = pcr.replayed.as_ref().map(ToString::to_string).unwrap_or_default();
            line("pcr", &name, &pcr.quoted.to_string(), &replayed, None);
        }
    }
    for span in &page.spans {
        let codes: Vec<&str> = span.reasons.iter().map(|code| code.code()).collect();
        let detail = format!("{} until {}", span.count, span.last_seen);
        let value = [span.attestation.code(), &codes.join(" ")].join(" ");
        line("span", &span.id.to_string(), value.trim_end(), &detail, Some(span.first_seen));
    }
    for event in &page.events {
        let said = text::event(Language::En, &event.kind);
        let who = text::actor(Language::En, &event.actor);
        line("event", event.kind.code(), &who, &said, Some(event.at));
    }
    text
}
