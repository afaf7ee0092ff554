//! What the hosts of each cluster are judged by, kept in memory: read anew only when it changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use trustboard_attest::{Makers, Standards};
use trustboard_model::id::ClusterId;

use crate::command;
use crate::state::AppState;
use crate::store::StoreError;

/// Standards by cluster.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<HashMap<ClusterId, Numbered>>);

/// Standards with the number that the cluster's record gives them.
#[derive(Debug, Clone)]
pub(crate) struct Numbered {
    /// Counts up with every change.
    pub number: u64,
    /// The standards.
    pub standards: Arc<Standards>,
}

impl Shelf {
    fn find(&self, cluster: ClusterId, number: u64, makers: &Arc<Makers>) -> Option<Numbered> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = shelf.get(&cluster)?;
        let same = found.number == number && Arc::ptr_eq(&found.standards.makers, makers);
        same.then(|| found.clone())
    }

    fn put(&self, cluster: ClusterId, numbered: &Numbered) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.insert(cluster, numbered.clone());
    }
}

impl AppState {
    /// To be called when other makers' certificates may be in force: if they are, the stored
    /// evidence of every host is judged again.
    pub async fn note_makers(&self) {
        match command::note_makers(&self.ctx, self.makers().digest()).await {
            Ok(0) => {}
            Ok(hosts) => {
                tracing::info!(hosts, "the makers' certificates changed; hosts are judged again");
                self.jobs.wake_judge();
            }
            Err(error) => {
                tracing::error!(%error, "the makers' certificates in force could not be noted");
            }
        }
    }

    /// What the hosts of a cluster are judged by, whose record says that its number is `number`.
    /// If it has changed since, the newer ones, with their own number. Nothing if there is no such
    /// cluster any more.
    pub(crate) async fn standards(
        &self,
        cluster: ClusterId,
        number: u64,
    ) -> Result<Option<Numbered>, StoreError> {
        let makers = self.makers();
        if let Some(found) = self.shelf.find(cluster, number, &makers) {
            return Ok(Some(found));
        }
        let mut read = self.ctx.read().await?;
        let Some(record) = read.cluster(cluster).await? else { return Ok(None) };
        let approved = read.approved(cluster).await?;
        let standards = Standards { policy: record.policy, makers, approved };
        let numbered = Numbered { number: record.standards, standards: Arc::new(standards) };
        self.shelf.put(cluster, &numbered);
        Ok(Some(numbered))
    }
}
