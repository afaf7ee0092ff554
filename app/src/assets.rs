//! Where the page finds its style sheet and its program.

use std::collections::BTreeMap;

/// Addresses of the files that belong to the page, as the server serves them: with their content
/// hash in the name. Provided by the server as context; without it a page works by links and forms
/// alone, unstyled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    /// The style sheet: `/pkg/trustboard.1a2b3c.css`.
    pub css: Option<String>,
    /// The wasm's loader: an ES module whose default export loads `wasm`.
    pub js: Option<String>,
    /// The program: what every page needs of it.
    pub wasm: Option<String>,
    /// The files of each part that not every page needs.
    pub parts: BTreeMap<String, Vec<String>>,
    /// The program of the table of hosts.
    pub table: Option<Program>,
}

/// A program that is loaded instead of the one that takes whole pages over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The wasm's loader.
    pub js: String,
    /// The wasm.
    pub wasm: String,
}
