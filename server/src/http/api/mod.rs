//! The API for programs, version 1: JSON under `/api/v1`. Signs in and refuses like the pages.

mod act;
mod alarms;
mod arrange;
mod audit;
mod audit_trail;
mod bulk;
mod cause;
mod change_configuration;
mod compliance;
mod configuration;
mod configuration_impact;
mod configurations;
mod create_cluster;
mod create_datacenter;
mod create_token;
mod datacenter;
mod enrolment;
mod evidence;
mod exceptions;
mod export_host;
mod export_security;
mod grant_exception;
mod health;
mod host;
mod host_log;
mod import_configuration;
mod inventory;
mod job;
mod kept_evidence;
mod live;
mod makers;
mod moment;
mod policy;
mod profiles;
mod revoke_exception;
mod row;
mod security;
mod set_policy;
mod summary;
mod tally;
mod views;

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use serde::de::DeserializeOwned;
use trustboard_model::refusal::Refusal;

use super::Problem;

pub use act::act;
pub use alarms::{alarm_settings, alarms, events, export_alarms, set_alarm_settings};
pub use arrange::{arrange, arrange_impact};
pub use audit::audit;
pub use audit_trail::{audit_export, audit_trail, chain_check, verify_chain};
pub use bulk::{BULK_BYTES, bulk_job, bulk_preview, cancel_bulk, start_bulk};
pub use cause::cause;
pub use change_configuration::change_configuration;
pub use compliance::compliance;
pub use configuration::configuration;
pub use configuration_impact::configuration_impact;
pub use configurations::configurations;
pub use create_cluster::create_cluster;
pub use create_datacenter::create_datacenter;
pub use create_token::create_token;
pub use datacenter::{datacenter_settings, host_list, removed_host};
pub use enrolment::{enrolment, revoke_token};
pub use evidence::evidence;
pub use exceptions::exceptions;
pub use export_host::export_host;
pub use export_security::{export_datacenter_security, export_security};
pub use grant_exception::{exception_impact, grant_exception};
pub use health::health;
pub use host::host;
pub use host_log::host_log;
pub use import_configuration::{Form as ImportForm, IMPORT_BYTES, import_configuration};
pub use inventory::inventory;
pub use job::job;
pub use kept_evidence::kept_evidence;
pub use live::{MOST_STREAMS, live};
pub(in crate::http) use makers::fingerprint_of;
pub use makers::{MAKERS_BYTES, decide_on_maker, import_makers, makers, makers_import};
pub use moment::{moment, timeline};
pub use policy::policy;
pub use profiles::profiles;
pub use revoke_exception::revoke_exception;
pub use row::row;
pub use security::{datacenter_security, security};
pub use set_policy::{policy_impact, set_policy};
pub use summary::{datacenter_summary, summary};
pub use views::{change_table, views};

/// Bytes of a request's body: the longest text is a reason of 1000 characters.
pub const BODY_BYTES: usize = 32 * 1024;

/// An id in a path. What is no id names nothing, so it is answered like an unknown one.
fn id<Id: FromStr>(text: &str, what: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| Problem(Refusal::not_found(what)))
}

/// A JSON body, refused in our own words.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => {
                let problem = match (&rejection, rejection.status()) {
                    (_, StatusCode::PAYLOAD_TOO_LARGE) => {
                        format!("longer than {BODY_BYTES} bytes")
                    }
                    (JsonRejection::MissingJsonContentType(_), _) => {
                        "expected content-type: application/json".to_owned()
                    }
                    (JsonRejection::JsonDataError(error), _) => {
                        error.body_text().chars().take(300).collect()
                    }
                    _ => "not JSON".to_owned(),
                };
                Err(Problem(Refusal::invalid("body", problem)))
            }
        }
    }
}
