//! Saved views of the table of hosts, and what an operator chose for it.

use serde::{Deserialize, Serialize};

use super::{Columns, Scope, SecurityFilter};
use crate::id::ViewId;

/// A saved view: a filter with its order and columns, under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// Who saved it.
    pub owner: String,
    /// Whether that is who looks.
    pub mine: bool,
    /// Whether everybody may use it.
    pub shared: bool,
    /// Whether whoever looks wants it shown first.
    pub first: bool,
    /// What it shows: query, order and columns.
    pub filter: SecurityFilter,
}

impl SavedView {
    /// The longest name, in characters: a line of the menu.
    pub const MAX_NAME: usize = 64;
    /// The most views of one operator: more than a menu should have.
    pub const MAX_OF_ONE: u32 = 50;
}

/// What an operator does to their table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum TableAction {
    /// Remembers columns, for the tables of single datacenters or for the one of all.
    ChooseColumns {
        /// Where.
        scope: Scope,
        /// Which; nothing for the usual ones.
        columns: Option<Columns>,
    },
    /// Saves a view. One of the same name that is theirs is replaced.
    SaveView {
        /// Its name.
        name: String,
        /// What it shows; page and view are left out.
        filter: SecurityFilter,
        /// Whether everybody may use it.
        shared: bool,
    },
    /// Deletes a view of theirs.
    DeleteView {
        /// Which.
        id: ViewId,
    },
    /// Shows a view first, or no longer any.
    ShowFirst {
        /// Which.
        id: Option<ViewId>,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableDone {
    /// The view that it was about.
    pub view: Option<ViewId>,
}

/// Names that complete what is typed into the filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// The field: `name`, `cluster` or `datacenter`.
    pub field: String,
    /// The names, in their order.
    pub names: Vec<String>,
}

impl Completion {
    /// The most names at a time: a list that can be looked over.
    pub const MOST: u32 = 20;
}
