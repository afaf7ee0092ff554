//! What administrators set for the whole server.

use trustboard_model::view::Settings;

use super::column::Place;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, Flag};

impl<Mode> Tx<Mode> {
    /// What is set.
    pub(crate) async fn settings(&mut self) -> Result<Settings, StoreError> {
        let (Flag(two_person_approvals), Flag(two_person_resets)) =
            sql::query_as("SELECT two_person_approvals, two_person_resets FROM settings")
                .fetch_one(self.connection())
                .await?;
        Ok(Settings { two_person_approvals, two_person_resets })
    }

    /// Resets that wait for a second person, and configurations that wait for the second approval.
    pub(crate) async fn waiting_for_second(&mut self) -> Result<(u32, u32), StoreError> {
        // In the JSON of an alarm this key is a key: quotes within texts are escaped.
        let (resets, configurations): (i64, i64) = sql::query_as(
            r#"SELECT (SELECT count(*) FROM hosts
                     WHERE alarm_red = 1 AND alarm LIKE '%"reset_asked":{%'),
                    (SELECT count(*) FROM configurations WHERE state = 'awaiting-second')"#,
        )
        .fetch_one(self.connection())
        .await?;
        let place = Place { table: "settings", row: "*" };
        Ok((place.number("count", resets)?, place.number("count", configurations)?))
    }
}

impl Write {
    /// Sets it.
    pub(crate) async fn set_settings(&mut self, settings: Settings) -> Result<(), StoreError> {
        sql::query("UPDATE settings SET two_person_approvals = ?, two_person_resets = ?")
            .bind(settings.two_person_approvals)
            .bind(settings.two_person_resets)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
