//! What the pages of one datacenter share.

mod tabs;

pub(crate) use tabs::{DatacenterTabs, Tab};
