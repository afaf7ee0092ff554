//! IMA's measurement list: which files the running kernel measured into PCR 10.
//!
//! The format is the kernel's (`security/integrity/ima/ima_fs.c`, `ima_template_lib.c`), read as
//! little-endian machines write it. A list proves nothing by itself; a replay that reaches the
//! quoted PCR 10 proves every entry up to there, and what follows is newer than the quote.

mod aggregate;
mod list;
mod replay;
mod template;

pub use aggregate::{BootAggregate, PcrValues, check_boot_aggregate};
pub use list::{ImaEntry, ImaError, ImaList};
pub use replay::{ImaBank, ImaPartRead, ImaReplay};
pub use template::{FileDigest, Template};
