//! The doors of the server, one by one: what they let in, and what they say to the rest.

#![expect(clippy::unwrap_used, reason = "a test's surroundings are made or the test fails")]

#[path = "../support/mod.rs"]
mod support;

mod advisories;
mod agent_enrol;
mod agent_session;
mod arrangement;
mod audit;
mod bulk;
mod causes;
mod clock;
mod compressed;
mod configurations;
mod cross_site;
mod database_away;
mod enrolment;
mod first_run;
mod history;
mod language;
mod live;
mod makers;
mod matrix;
mod metrics;
mod pages;
mod policies;
mod refusals;
mod replicas;
mod roles;
mod sign_in;
mod table;
