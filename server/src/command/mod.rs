//! Every write: one file each, one transaction each, with exactly the events that it makes.
//!
//! A command that finds its wish already fulfilled writes nothing. Hints for browsers are
//! published after the commit.

mod act_on_host;
mod adopt_identity;
mod begin_enrolment;
mod change_operator;
mod create_cluster;
mod create_datacenter;
mod create_operator;
mod create_sign_in_code;
mod create_token;
mod enrol_without_tpm;
mod finish_enrolment;
mod finish_job;
mod forget_presence;
mod keep_evidence;
mod note_mismatch;
mod record_appraisal;
mod record_hello;
mod record_step;
mod record_verification_failure;
mod requeue_jobs;
mod revoke_token;
mod set_presence;
mod sign_in;
mod sign_in_with_code;
mod sign_out;
mod start_job;
mod text;
mod touch_session;

pub use act_on_host::act_on_host;
pub use adopt_identity::adopt_identity;
pub use begin_enrolment::begin_enrolment;
pub use change_operator::change_operator;
pub use create_cluster::create_cluster;
pub use create_datacenter::create_datacenter;
pub use create_operator::create_operator;
pub use create_sign_in_code::create_sign_in_code;
pub use create_token::create_token;
pub use enrol_without_tpm::enrol_without_tpm;
pub use finish_enrolment::finish_enrolment;
pub use finish_job::finish_job;
pub use forget_presence::forget_presence;
pub use note_mismatch::note_mismatch;
pub use keep_evidence::Received;
pub use record_appraisal::{Basis, Judged, Recorded, Recording, record_appraisal};
pub use record_hello::record_hello;
pub use record_step::record_step;
pub use record_verification_failure::record_verification_failure;
pub use requeue_jobs::requeue_jobs;
pub use revoke_token::revoke_token;
pub use set_presence::set_presence;
pub use sign_in::{SignedIn, sign_in};
pub use sign_in_with_code::sign_in_with_code;
pub use sign_out::sign_out;
pub use start_job::start_job;
pub use touch_session::touch_session;
