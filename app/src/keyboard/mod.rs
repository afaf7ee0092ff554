//! One register of shortcuts for all screens.
//!
//! Every shortcut is a [`Key`]: what is pressed for it, and what it means, are said once, so that
//! `a` is never *acknowledge* here and *approve* there. A screen attaches to a key in one of two
//! ways; both end by themselves when the screen is left, and both make the key appear in the sheet
//! that `?` opens.
//!
//! **By an attribute**, which is enough nearly always: the element that does it says so, and the
//! key does what a click on it would do (a search field gets the focus instead, a `<summary>` is
//! unfolded and its first field gets the focus).
//!
//! ```text
//! <input type="search" data-key=Key::Search.strokes() />
//! <tr data-row> … <input type="checkbox" data-key=Key::Select.strokes() /> …</tr>
//! ```
//!
//! In a list, mark each row with `data-row`, and in it the element that takes the focus with
//! `data-row-focus` (else its first link takes it). Then `j` and `k` move between the rows, and the
//! keys of a row (`x`, `o`, `a`, ...) look for their element in the row that holds the focus, and
//! in what belongs to it: a following sibling with `data-row-of`. Only where no row has the focus
//! do they look on the page, outside rows. An element that is disabled does nothing.
//!
//! **By a function**, where no element stands for it:
//!
//! ```text
//! keyboard::bind(Key::TakeChanges, move || table.settle_waiting());
//! ```
//!
//! It runs in the browser until the current reactive owner ends (call it in a component's body),
//! and says whether it did something; if not, what was bound before it is asked. Functions come
//! before attributes.
//!
//! Keys never work while something is typed or a dialog is open, never with Ctrl, Alt or Meta
//! (but Ctrl K, which browsers leave to pages), and the reader can switch them off (WCAG 2.1.4).

#[cfg(feature = "hydrate")]
mod hydrate;
mod key;
mod sheet;
#[cfg(not(feature = "hydrate"))]
mod ssr;

#[cfg(feature = "hydrate")]
pub(crate) use hydrate::{bind, listen, present, press};
pub use key::{Group, Key};
pub(crate) use sheet::KeySheet;
#[cfg(not(feature = "hydrate"))]
pub(crate) use ssr::{bind, listen, present, press};
