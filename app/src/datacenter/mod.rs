//! What the pages of one datacenter share.

mod scope;
mod tabs;

pub(crate) use scope::scope_of;
pub(crate) use tabs::{DatacenterTabs, Tab};
