//! `POST /api/v1/hosts/{id}/{action}`: what an operator does to a host.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use trustboard_app::backend::Backend as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{CommandDone, HostAction, HostCommand};

use super::{Body, Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// What an action is done with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    revision: u64,
    reason: Option<String>,
    comment: Option<String>,
    minutes: Option<u32>,
    until: Option<Timestamp>,
}

/// Does it, if the host is still as the operator saw it.
pub async fn act(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path((host, action)): Path<(String, String)>,
    Body(with): Body<With>,
) -> Result<Json<CommandDone>, Problem> {
    let host = id(&host, "host")?;
    let revision = with.revision;
    let action = parse(&action, with)?;
    Ok(Json(state.command(&viewer, HostCommand { host, revision, action }).await?))
}

/// The action with this code, and exactly what belongs to it.
fn parse(code: &str, with: With) -> Result<HostAction, Refusal> {
    let With { reason, comment, minutes, until, .. } = with;
    let missing = |field| move || Refusal::invalid(field, "is missing");
    let action = match code {
        "verify-now" => HostAction::VerifyNow,
        "verify-then-reset" => {
            HostAction::VerifyThenReset { reason: reason.clone().ok_or_else(missing("reason"))? }
        }
        "acknowledge" => HostAction::Acknowledge {
            comment: comment.clone().ok_or_else(missing("comment"))?,
            minutes,
            until,
        },
        "reset" => HostAction::Reset { reason: reason.clone().ok_or_else(missing("reason"))? },
        "confirm-reset" => HostAction::ConfirmReset,
        "decline-reset" => {
            HostAction::DeclineReset { reason: reason.clone().ok_or_else(missing("reason"))? }
        }
        "enter-maintenance" => {
            HostAction::EnterMaintenance { reason: reason.clone().ok_or_else(missing("reason"))? }
        }
        "leave-maintenance" => HostAction::LeaveMaintenance,
        "disconnect" => {
            HostAction::Disconnect { reason: reason.clone().ok_or_else(missing("reason"))? }
        }
        "connect" => HostAction::Connect,
        "accept-identity" => {
            HostAction::AcceptIdentity { reason: reason.clone().ok_or_else(missing("reason"))? }
        }
        _ => return Err(Refusal::not_found("action")),
    };
    let takes_comment = matches!(action, HostAction::Acknowledge { .. });
    let takes_reason = matches!(
        action,
        HostAction::VerifyThenReset { .. }
            | HostAction::Reset { .. }
            | HostAction::DeclineReset { .. }
            | HostAction::EnterMaintenance { .. }
            | HostAction::Disconnect { .. }
            | HostAction::AcceptIdentity { .. }
    );
    for (field, given, taken) in [
        ("reason", reason.is_some(), takes_reason),
        ("comment", comment.is_some(), takes_comment),
        ("minutes", minutes.is_some(), takes_comment),
        ("until", until.is_some(), takes_comment),
    ] {
        if given && !taken {
            return Err(Refusal::invalid(field, format!("does not belong to {code}")));
        }
    }
    Ok(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(json: &str) -> With {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_action_has_its_code_and_its_fields() {
        let reason = r#"{"revision":1,"reason":"r"}"#;
        let nothing = r#"{"revision":1}"#;
        let comment = r#"{"revision":1,"comment":"c","minutes":5}"#;
        for (code, body) in [
            ("verify-now", nothing),
            ("verify-then-reset", reason),
            ("acknowledge", comment),
            ("reset", reason),
            ("confirm-reset", nothing),
            ("decline-reset", reason),
            ("enter-maintenance", reason),
            ("leave-maintenance", nothing),
            ("disconnect", reason),
            ("connect", nothing),
            ("accept-identity", reason),
        ] {
            assert_eq!(parse(code, with(body)).unwrap().code(), code);
            if body != nothing {
                assert!(
                    matches!(parse(code, with(nothing)), Err(Refusal::Invalid { .. })),
                    "{code}"
                );
            }
        }
        assert!(matches!(parse("connect", with(reason)), Err(Refusal::Invalid { .. })));
        assert_eq!(parse("delete", with(nothing)), Err(Refusal::not_found("action")));
    }
}
