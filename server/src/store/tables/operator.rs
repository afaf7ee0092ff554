//! Operators and their roles.

use std::collections::BTreeMap;

use trustboard_model::id::OperatorId;
use trustboard_model::rights::Rights;
use trustboard_model::time::Timestamp;
use trustboard_model::view::By;

use super::column::{Place, code};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::OperatorRecord;
use crate::store::sql::{self, FromRow};

/// The columns of an operator in a query that calls the table `o`.
macro_rules! operator_columns {
    () => {
        "o.id, o.name, o.everywhere, o.password_hash, o.language, o.disabled_by, o.disabled_at"
    };
}
pub(super) use operator_columns;

/// An operator without the roles in single datacenters.
#[derive(FromRow)]
pub(super) struct OperatorRow {
    pub id: String,
    name: String,
    everywhere: Option<String>,
    password_hash: Option<String>,
    language: Option<String>,
    disabled_by: Option<String>,
    disabled_at: Option<i64>,
}

/// Who disabled an operator; neither stands without the other.
pub(super) fn disabled(by: Option<String>, at: Option<i64>) -> Option<By> {
    Some(By { name: by?, at: Timestamp(at?) })
}

impl<Mode> Tx<Mode> {
    /// The operator of a row, with their roles in single datacenters.
    pub(super) async fn with_roles(
        &mut self,
        row: OperatorRow,
    ) -> Result<OperatorRecord, StoreError> {
        let roles: Vec<(String, String)> =
            sql::query_as("SELECT datacenter_id, role FROM operator_roles WHERE operator_id = ?")
                .bind(&row.id)
                .fetch_all(self.connection())
                .await?;
        let place = Place { table: "operator_roles", row: &row.id };
        let mut datacenters = BTreeMap::new();
        for (id, role) in roles {
            datacenters.insert(place.parse("datacenter_id", &id)?, place.code("role", &role)?);
        }
        let place = Place { table: "operators", row: &row.id };
        let everywhere = row.everywhere.map(|role| place.code("everywhere", &role)).transpose()?;
        Ok(OperatorRecord {
            id: place.parse("id", &row.id)?,
            rights: Rights { everywhere, datacenters },
            name: row.name,
            password_hash: row.password_hash,
            language: row.language,
            disabled: disabled(row.disabled_by, row.disabled_at),
        })
    }

    /// The operator with this name, in any case of its letters.
    pub(crate) async fn operator(
        &mut self,
        name: &str,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let row: Option<OperatorRow> = sql::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            " FROM operators o WHERE o.name = CAST(? AS citext)"
        ))
        .bind(name)
        .fetch_optional(self.connection())
        .await?;
        match row {
            Some(row) => self.with_roles(row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The operator with this id, if they are still there.
    pub(crate) async fn operator_by_id(
        &mut self,
        id: OperatorId,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let row: Option<OperatorRow> = sql::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            " FROM operators o WHERE o.id = ?"
        ))
        .bind(id.to_string())
        .fetch_optional(self.connection())
        .await?;
        match row {
            Some(row) => self.with_roles(row).await.map(Some),
            None => Ok(None),
        }
    }
}

impl<Mode> Tx<Mode> {
    /// How many other operators than this one are administrators everywhere, and not disabled.
    pub(crate) async fn other_administrators(&mut self, id: OperatorId) -> Result<u32, StoreError> {
        let count: i64 = sql::query_scalar(
            "SELECT count(*) FROM operators
             WHERE everywhere = 'administrator' AND disabled_at IS NULL AND id <> ?",
        )
        .bind(id.to_string())
        .fetch_one(self.connection())
        .await?;
        Place { table: "operators", row: "*" }.number("count", count)
    }
}

impl Write {
    /// Adds an operator; the name must be free, the datacenters of their roles must be there.
    pub(crate) async fn insert_operator(
        &mut self,
        operator: &OperatorRecord,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO operators (id, name, everywhere, password_hash, created_at)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(operator.id.to_string())
        .bind(&operator.name)
        .bind(operator.rights.everywhere.as_ref().map(code))
        .bind(&operator.password_hash)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.set_datacenter_roles(operator.id, &operator.rights).await
    }

    /// Gives an operator these rights.
    pub(crate) async fn set_rights(
        &mut self,
        id: OperatorId,
        rights: &Rights,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE operators SET everywhere = ? WHERE id = ?")
            .bind(rights.everywhere.as_ref().map(code))
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        self.set_datacenter_roles(id, rights).await
    }

    /// Gives an operator this password, or none.
    pub(crate) async fn set_password(
        &mut self,
        id: OperatorId,
        password_hash: Option<&str>,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE operators SET password_hash = ? WHERE id = ?")
            .bind(password_hash)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Keeps the language that an operator chose.
    pub(crate) async fn set_language(
        &mut self,
        id: OperatorId,
        language: &str,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE operators SET language = ? WHERE id = ?")
            .bind(language)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Lets an operator in no longer, or again.
    pub(crate) async fn set_disabled(
        &mut self,
        id: OperatorId,
        by: Option<&str>,
    ) -> Result<(), StoreError> {
        let at = by.map(|_| self.now().0);
        sql::query("UPDATE operators SET disabled_by = ?, disabled_at = ? WHERE id = ?")
            .bind(by)
            .bind(at)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn set_datacenter_roles(
        &mut self,
        id: OperatorId,
        rights: &Rights,
    ) -> Result<(), StoreError> {
        sql::query("DELETE FROM operator_roles WHERE operator_id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        for (datacenter, role) in &rights.datacenters {
            sql::query(
                "INSERT INTO operator_roles (operator_id, datacenter_id, role) VALUES (?, ?, ?)",
            )
            .bind(id.to_string())
            .bind(datacenter.to_string())
            .bind(code(role))
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}
