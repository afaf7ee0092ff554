//! Saved views of the table of hosts, and what each operator chose for it.

use trustboard_model::id::{OperatorId, ViewId};
use trustboard_model::view::{Columns, SavedView, Scope, SecurityFilter};

use super::column::Place;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, Flag, FromRow};

#[derive(FromRow)]
struct ViewRow {
    id: String,
    name: String,
    owner: String,
    mine: bool,
    #[sqlx(try_from = "Flag")]
    shared: bool,
    first: bool,
    filter: String,
}

impl TryFrom<ViewRow> for SavedView {
    type Error = StoreError;

    fn try_from(row: ViewRow) -> Result<Self, StoreError> {
        let place = Place { table: "views", row: &row.id };
        let pairs: Vec<(String, String)> = place.json("filter", &row.filter)?;
        // One that a later version wrote, or whose reason is gone, shows everything.
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let filter = SecurityFilter::parse(pairs).unwrap_or(SecurityFilter::ALL);
        Ok(Self {
            id: place.parse("id", &row.id)?,
            name: row.name,
            owner: row.owner,
            mine: row.mine,
            shared: row.shared,
            first: row.first,
            filter,
        })
    }
}

/// What an operator chose for the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TableChoice {
    pub columns: Option<Columns>,
    pub first: Option<ViewId>,
}

impl<Mode> Tx<Mode> {
    /// The views that an operator may use: their own, then those that others share, by name.
    pub(crate) async fn views(&mut self, of: OperatorId) -> Result<Vec<SavedView>, StoreError> {
        let rows: Vec<ViewRow> = sql::query_as(
            "SELECT v.id, v.name, o.name AS owner, v.owner_id = ?1 AS mine, v.shared, v.filter,
                    EXISTS (SELECT 1 FROM table_choices t
                            WHERE t.operator_id = ?1 AND t.first_view = v.id) AS first
             FROM views v JOIN operators o ON o.id = v.owner_id
             WHERE v.owner_id = ?1 OR v.shared = 1
             ORDER BY v.owner_id <> ?1, v.name, o.name LIMIT 500",
        )
        .bind(of.to_string())
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(SavedView::try_from).collect()
    }

    /// A view that an operator may use.
    pub(crate) async fn saved_view(
        &mut self,
        of: OperatorId,
        id: ViewId,
    ) -> Result<Option<SavedView>, StoreError> {
        Ok(self.views(of).await?.into_iter().find(|view| view.id == id))
    }

    /// What an operator chose for the tables of this scope.
    pub(crate) async fn table_choice(
        &mut self,
        of: OperatorId,
        scope: Scope,
    ) -> Result<TableChoice, StoreError> {
        let key = of.to_string();
        let row: Option<(Option<String>, Option<String>, Option<String>)> = sql::query_as(
            "SELECT columns, columns_everywhere, first_view FROM table_choices
             WHERE operator_id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some((one, all, first)) = row else { return Ok(TableChoice::default()) };
        let place = Place { table: "table_choices", row: &key };
        let columns = match scope {
            Scope::Datacenter(_) => one,
            Scope::Everything => all,
        };
        Ok(TableChoice {
            // Columns that a later version has are those that it chose, not ours.
            columns: columns.and_then(|columns| columns.parse().ok()),
            first: first.map(|id| place.parse("first_view", &id)).transpose()?,
        })
    }
}

impl Write {
    /// Puts a view on record, in the place of the one of the same name and owner.
    pub(crate) async fn put_view(
        &mut self,
        id: ViewId,
        owner: OperatorId,
        name: &str,
        filter: &SecurityFilter,
        shared: bool,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO views (id, owner_id, name, filter, shared, saved_at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (owner_id, name) DO UPDATE SET name = excluded.name,
                 filter = excluded.filter, shared = excluded.shared, saved_at = excluded.saved_at",
        )
        .bind(id.to_string())
        .bind(owner.to_string())
        .bind(name)
        .bind(super::column::json(&filter.parameters()))
        .bind(shared)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes a view away.
    pub(crate) async fn delete_view(&mut self, id: ViewId) -> Result<(), StoreError> {
        sql::query("DELETE FROM views WHERE id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Remembers an operator's columns.
    pub(crate) async fn choose_columns(
        &mut self,
        operator: OperatorId,
        scope: Scope,
        columns: Option<&Columns>,
    ) -> Result<(), StoreError> {
        let statement = match scope {
            Scope::Datacenter(_) => {
                "INSERT INTO table_choices (operator_id, columns) VALUES (?, ?)
                 ON CONFLICT (operator_id) DO UPDATE SET columns = excluded.columns"
            }
            Scope::Everything => {
                "INSERT INTO table_choices (operator_id, columns_everywhere) VALUES (?, ?)
                 ON CONFLICT (operator_id)
                 DO UPDATE SET columns_everywhere = excluded.columns_everywhere"
            }
        };
        sql::query(statement)
            .bind(operator.to_string())
            .bind(columns.map(ToString::to_string))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Remembers the view that an operator wants shown first.
    pub(crate) async fn show_first(
        &mut self,
        operator: OperatorId,
        view: Option<ViewId>,
    ) -> Result<(), StoreError> {
        sql::query(
            "INSERT INTO table_choices (operator_id, first_view) VALUES (?, ?)
             ON CONFLICT (operator_id) DO UPDATE SET first_view = excluded.first_view",
        )
        .bind(operator.to_string())
        .bind(view.map(|id| id.to_string()))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
