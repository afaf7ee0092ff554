//! What the browser's programs do in a page by themselves: keys, rows, quick search, completion,
//! timers, the live stream. No framework and no serialisation, so that the small program of the table
//! shares it with the one that takes whole pages over.

pub mod complete;
pub mod find;
pub mod keys;
pub mod live;
pub mod page;
pub mod request;
pub mod rows;
mod timer;

pub use timer::{after, every};
