//! `GET /api/v1/profiles`: the built-in policies.

use std::collections::BTreeMap;

use axum::Json;
use trustboard_model::policy::{Policy, Profile};

use crate::auth::operator::SignedIn;

/// The built-in policies by their codes.
pub async fn profiles(SignedIn(_): SignedIn) -> Json<BTreeMap<&'static str, Policy>> {
    Json(Profile::ALL.into_iter().map(|profile| (profile.code(), profile.policy())).collect())
}
