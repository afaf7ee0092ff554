//! Storage. All SQL lives below this module; what leaves it are domain types.

mod error;
pub(crate) mod evidence;
pub(crate) mod kept;
pub(crate) mod record;
pub(crate) mod secret;
mod sqlite;

pub use error::StoreError;
pub use sqlite::Store;
pub(crate) use sqlite::{
    COARSE_S, CauseRecord, ClusterRecord, ConfigurationRecord, FINE_S, HostScope, KeptJudging,
    KeptRow, NewConfiguration, NewEnrolment, NewHost, Read, Standing, StepChange, Tx, Wanted,
    Within, Write, beginning,
};
