//! What the hosts of each cluster are judged by, kept in memory: read anew only when it changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_attest::{Makers, Standards};
use trustboard_model::digest::Sha256;
use trustboard_model::id::ClusterId;
use trustboard_model::job::Because;

use crate::state::AppState;
use crate::store::StoreError;
use crate::store::kept::standards_digest;
use crate::{command, hash};

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
    /// Names them where they are kept.
    pub digest: Sha256,
}

impl Shelf {
    fn find(
        &self,
        cluster: ClusterId,
        number: u64,
        makers: &Arc<Makers>,
        revocations: Option<&Arc<OfficialRevocations>>,
    ) -> Option<Numbered> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = shelf.get(&cluster)?;
        let same = found.number == number
            && Arc::ptr_eq(&found.standards.makers, makers)
            && found.standards.revocations.as_ref().map(Arc::as_ptr)
                == revocations.map(Arc::as_ptr);
        same.then(|| found.clone())
    }

    fn put(&self, cluster: ClusterId, numbered: &Numbered) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.insert(cluster, numbered.clone());
    }
}

impl AppState {
    /// To be called when other makers' certificates or another list of revocations may be in force:
    /// if they are, the stored evidence of every host is judged again.
    pub async fn note_standards(&self, because: Because) {
        let makers = self.makers().digest();
        let digest = match self.revocations() {
            Some(revocations) => hash::sha256(&[makers.0, revocations.digest().0].concat()),
            None => makers,
        };
        match command::note_makers(&self.ctx, digest, because).await {
            Ok(0) => {}
            Ok(hosts) => {
                tracing::info!(hosts, ?because, "hosts are judged again");
                self.jobs.wake_judge();
            }
            Err(error) => {
                tracing::error!(%error, "what hosts are judged by could not be noted");
            }
        }
    }

    /// What the hosts of a cluster are judged by, if the standards of this number are in memory and
    /// in force.
    pub(crate) fn standards_in_memory(&self, cluster: ClusterId, number: u64) -> Option<Numbered> {
        let (makers, revocations) = (self.makers(), self.revocations());
        self.shelf.find(cluster, number, &makers, revocations.as_ref())
    }

    /// What the hosts of a cluster are judged by, whose record says that its number is `number`.
    /// If it has changed since, the newer ones, with their own number. Nothing if there is no such
    /// cluster any more.
    pub(crate) async fn standards(
        &self,
        cluster: ClusterId,
        number: u64,
    ) -> Result<Option<Numbered>, StoreError> {
        if let Some(found) = self.standards_in_memory(cluster, number) {
            return Ok(Some(found));
        }
        let (makers, revocations) = (self.makers(), self.revocations());
        let mut read = self.ctx.read().await?;
        let Some(record) = read.cluster(cluster).await? else { return Ok(None) };
        let approved = read.approved(cluster).await?;
        let standards = Standards { policy: record.policy, makers, revocations, approved };
        let digest = standards_digest(&standards);
        let standards = Arc::new(standards);
        let numbered = Numbered { number: record.standards, standards, digest };
        self.shelf.put(cluster, &numbered);
        Ok(Some(numbered))
    }
}
