//! The inventory's arrangement: datacenters and clusters made, renamed, moved and deleted, and the
//! Configuration tab of a datacenter, on which that is done. Every form is a plain one.

pub mod api;
mod cluster;
mod datacenter;
mod new;
mod screen;

#[cfg(feature = "ssr")]
pub(crate) use api::own_page;
pub(crate) use new::{NewCluster, NewDatacenter, NewDatacenterScreen};
pub(crate) use screen::DatacenterConfigurationScreen;
