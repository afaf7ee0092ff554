//! `GET /api/v1/security?…` and `GET /api/v1/datacenters/{id}/security?…`: the query is that of the
//! page.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use trustboard_app::backend::Backend as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{InvalidFilter, Scope, SecurityFilter, SecurityPage, ViewRef};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// The query of a request, decoded.
pub type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// Monitor > Security of all that the operator sees.
pub async fn security(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    query: Pairs,
) -> Result<Json<SecurityPage>, Problem> {
    Ok(Json(state.security(&viewer, Scope::Everything, filter(query)?).await?))
}

/// Monitor > Security of one datacenter.
pub async fn datacenter_security(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    query: Pairs,
) -> Result<Json<SecurityPage>, Problem> {
    let scope = Scope::Datacenter(id(&datacenter, "datacenter")?);
    Ok(Json(state.security(&viewer, scope, filter(query)?).await?))
}

/// The filter that a request asks for.
pub(super) fn filter(query: Pairs) -> Result<SecurityFilter, Problem> {
    let Query(pairs) = query.map_err(|_| Refusal::invalid("query", "cannot be read"))?;
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    let invalid = |error: InvalidFilter| {
        let (parameter, problem) = error.parts();
        Problem(Refusal::invalid(parameter, problem))
    };
    let filter = SecurityFilter::parse(pairs).map_err(invalid)?;
    // What an operator wants to see first is no business of programs.
    let view = filter.view.or(Some(ViewRef::All));
    Ok(SecurityFilter { view, ..filter })
}
