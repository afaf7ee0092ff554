//! Which part of the inventory an address names.

use leptos_router::params::ParamsMap;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Scope;

use crate::failure::Failure;

/// Everything, or the datacenter in the address; an id that is none names nothing.
pub(crate) fn scope_of(params: &ParamsMap) -> Result<Scope, Failure> {
    match params.get("datacenter") {
        None => Ok(Scope::Everything),
        Some(id) => id
            .parse()
            .map(Scope::Datacenter)
            .map_err(|_| Failure::from(Refusal::not_found("datacenter"))),
    }
}
