//! Everything the browser shows. No SQL, no attest.
//!
//! Two features, never both: `ssr` renders on the server, `hydrate` takes the page over in the
//! browser.

#[cfg(feature = "ssr")]
pub mod backend;
pub mod text;
