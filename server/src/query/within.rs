//! What an operator sees of what they ask for.

use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Named, Scope, Viewer};

use crate::ctx::Halt;
use crate::store::{Read, Within};

/// A part of the inventory, as an operator sees it.
pub(crate) struct Part {
    /// For the database.
    pub within: Within,
    /// The datacenter, if it is one.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The datacenters that they see, by name, if it is everything.
    pub datacenters: Vec<Named<DatacenterId>>,
}

/// What `viewer` sees of `scope`. A datacenter that they do not see is not there.
pub(crate) async fn within(read: &mut Read, viewer: &Viewer, scope: Scope) -> Result<Part, Halt> {
    match scope {
        Scope::Datacenter(id) => {
            let named = read.datacenter(id).await?.filter(|_| viewer.sees(id));
            let named = named.ok_or_else(|| Refusal::not_found("datacenter"))?;
            let within = Within::Datacenter(id);
            Ok(Part { within, datacenter: Some(named), datacenters: Vec::new() })
        }
        Scope::Everything => {
            let all = read.datacenters().await?;
            let (seen, unseen): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|datacenter| viewer.sees(datacenter.id));
            let within = Within::AllBut(unseen.into_iter().map(|hidden| hidden.id).collect());
            Ok(Part { within, datacenter: None, datacenters: seen })
        }
    }
}
