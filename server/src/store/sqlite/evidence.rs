//! What evidence leaves behind: its newest message, and event logs that need not be sent again.

use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use super::appraisal::Standing;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::secret::sha256;

impl<Mode> Tx<Mode> {
    /// An event log.
    pub(crate) async fn event_log(
        &mut self,
        digest: Sha256,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = sqlx::query_scalar("SELECT bytes FROM event_logs WHERE digest = ?")
            .bind(&digest.0[..])
            .fetch_optional(self.connection())
            .await?;
        Ok(bytes)
    }
}

impl Write {
    /// Keeps the newest evidence of a host.
    pub(crate) async fn put_evidence(
        &mut self,
        host: HostId,
        cbor: &[u8],
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query(
            "INSERT OR REPLACE INTO evidence (host_id, received_at, cbor) VALUES (?, ?, ?)",
        )
        .bind(host.to_string())
        .bind(now.0)
        .bind(cbor)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps an event log as the one that the host need not send again. The log before is taken
    /// away if no other host relies on it, so that there are never more logs than hosts.
    pub(crate) async fn put_log(
        &mut self,
        host: HostId,
        standing: &Standing,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let digest = sha256(&[bytes]);
        if standing.known_log == Some(digest) {
            return Ok(());
        }
        sqlx::query("INSERT OR IGNORE INTO event_logs (digest, bytes) VALUES (?, ?)")
            .bind(&digest.0[..])
            .bind(bytes)
            .execute(self.connection())
            .await?;
        sqlx::query("UPDATE hosts SET known_log = ? WHERE id = ?")
            .bind(&digest.0[..])
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        if let Some(before) = standing.known_log {
            sqlx::query(
                "DELETE FROM event_logs WHERE digest = ?
                 AND NOT EXISTS (SELECT 1 FROM hosts WHERE known_log = ?)",
            )
            .bind(&before.0[..])
            .bind(&before.0[..])
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}
