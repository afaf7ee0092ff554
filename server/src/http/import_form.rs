//! `POST /configurations/import`: the page's form with an event log. Leads on to the draft, or back
//! to the form with the reason.

use axum::extract::{Request, State};
use axum::response::Response;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use trustboard_app::change::{Change, Changed, set_cookie};
use trustboard_app::failure::Failure;
use trustboard_app::notice::page_of;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::ConfigurationDone;

use super::api::ImportForm;
use super::sign_in::see_other;
use crate::auth::operator::Operator;
use crate::state::AppState;

/// Makes a draft from the event log of the form.
pub async fn import_form(
    State(state): State<AppState>,
    operator: Result<Operator, super::Problem>,
    request: Request,
) -> Response {
    let back = page_of(request.headers()).unwrap_or_else(|| "/configurations".to_owned());
    let (mut typed, outcome) = match operator {
        Err(super::Problem(refusal)) => (Vec::new(), Err(refusal)),
        Ok(Operator(viewer)) => match ImportForm::read(request, &state).await {
            Err(refusal) => (Vec::new(), Err(refusal)),
            Ok(form) => {
                let done = form.import(&state, &viewer).await;
                (vec![("name".to_owned(), form.name), ("notes".to_owned(), form.notes)], done)
            }
        },
    };
    let to = match &outcome {
        Ok(done) => format!("/configurations/{}", done.configuration.id),
        Err(_) => back,
    };
    if outcome.is_ok() {
        typed.clear();
    }
    see_other(&to, headers(typed, outcome))
}

fn headers(typed: Vec<(String, String)>, outcome: Result<ConfigurationDone, Refusal>) -> HeaderMap {
    let outcome = outcome.map(Changed::Configuration).map_err(Failure::Refused);
    let change = Change { form: "import".to_owned(), typed, outcome };
    let mut headers = HeaderMap::new();
    let cookie = set_cookie(&change).and_then(|text| HeaderValue::from_str(&text).ok());
    if let Some(cookie) = cookie {
        headers.insert(SET_COOKIE, cookie);
    }
    headers
}
