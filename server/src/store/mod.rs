//! Storage. All SQL lives below this module; what leaves it are domain types.

pub mod backup;
mod checkpoint;
mod database;
mod error;
pub(crate) mod evidence;
mod group;
pub(crate) mod kept;
mod lanes;
mod location;
mod postgres;
mod read_only;
pub(crate) mod record;
pub(crate) mod repeated;
pub(crate) mod secret;
mod sql;
mod sqlite;
mod tables;
mod tx;
mod writer;

pub use database::Store;
pub use error::StoreError;
pub(crate) use lanes::Lane;
pub use location::Location;
pub use postgres::{Changes, PostgresUrl};
pub use tables::GoneReplica;
pub(crate) use tables::{
    AlarmRow, AppraisalRow, BulkItem, BulkRecord, COARSE_S, CauseHosts, CauseRecord, ClusterRecord,
    ConfigurationRecord, EndedJob, EvidenceRow, FINE_S, Held, HostEvents, HostScope, InsertKey,
    ItemState, KeptJudging, KeptRow, ListedSession, Lives, NamesOf, NewConfiguration, NewEnrolment,
    NewHost, NewSession, NewTokenRow, Of, Pace, RenewedRow, Standing, StepChange, Verified, Wanted,
    Within, beginning,
};
pub(crate) use tx::{Announce, Read, Tx, Write};
