//! Endpoints, one a file.

pub mod agent;
pub mod api;
mod compressed;
mod first_run;
mod health;
mod import_form;
mod language;
mod layer;
mod makers;
mod metrics;
mod pace;
mod pages;
mod problem;
mod refusal_page;
mod secure;
mod sign_in;
mod sign_in_link;
mod sign_out;
mod static_files;

pub use compressed::{compressed, plain_for_others};
pub use first_run::{claim, first_run};
pub use health::{healthz, readyz};
pub use import_form::import_form;
pub use language::choose_language;
pub use layer::{request_ids, traced};
pub use makers::{decide_on_maker, import_makers};
pub use metrics::{local_metrics, metrics};
pub use pages::{pages, signed_in_only};
pub use problem::{Problem, in_their_language};
pub use secure::security_headers;
pub use sign_in::sign_in;
pub use sign_in_link::sign_in_link;
pub use sign_out::sign_out;
pub use static_files::static_file;
