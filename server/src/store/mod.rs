//! Storage. All SQL lives below this module; what leaves it are domain types.

mod error;
pub(crate) mod evidence;
pub(crate) mod record;
pub(crate) mod secret;
mod sqlite;

pub use error::StoreError;
pub use sqlite::Store;
pub(crate) use sqlite::{
    BulkItem, BulkRecord, ClusterRecord, ConfigurationRecord, HostScope, ItemState,
    NewConfiguration, NewEnrolment, NewHost, Read, Standing, Tx, Verified, Wanted, Within, Write,
};
