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
    BulkItem, BulkRecord, COARSE_S, CauseHosts, CauseRecord, ClusterRecord, ConfigurationRecord,
    FINE_S, HostScope, InsertKey, ItemState, KeptJudging, KeptRow, ListedSession, Lives, NamesOf,
    NewConfiguration, NewEnrolment, NewHost, NewSession, NewTokenRow, Read, Standing, StepChange,
    Tx, Verified, Wanted, Within, Write, beginning,
};
