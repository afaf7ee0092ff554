//! Signs: a shape for each state, so that colour never stands alone.

use leptos::prelude::*;
use trustboard_model::host::Attestation;
use trustboard_model::view::Mark;

use super::language;
use crate::text;

/// A shape with a colour. Decoration: the word stands beside it or in a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A tick in a ring.
    Good,
    /// An exclamation mark on a disc.
    Bad,
    /// An exclamation mark in a ring.
    Warning,
    /// A question mark in a broken ring.
    Unknown,
    /// A dash in a broken ring.
    None,
}

impl Sign {
    /// The sign of an attestation.
    pub(crate) const fn of(attestation: Attestation) -> Self {
        match attestation {
            Attestation::Passed => Self::Good,
            Attestation::Failed => Self::Bad,
            Attestation::Unknown => Self::Unknown,
            Attestation::NotApplicable => Self::None,
        }
    }

    const fn of_mark(mark: Mark) -> Self {
        match mark {
            Mark::Good => Self::Good,
            Mark::Bad => Self::Bad,
            Mark::Warning => Self::Warning,
            Mark::Unknown => Self::Unknown,
            Mark::Empty => Self::None,
        }
    }

    /// The class that gives the colour.
    pub(crate) const fn tone(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Warning => "warning",
            Self::Unknown | Self::None => "unknown",
        }
    }

    const fn glyph(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Bad | Self::Warning => "!",
            Self::Unknown => "?",
            Self::None => "–",
        }
    }
}

/// The sign alone, hidden from screen readers.
#[component]
pub(crate) fn SignMark(sign: Sign) -> impl IntoView {
    view! {
        <span class=format!("sign {}", sign.tone()) aria-hidden="true">
            {sign.glyph()}
        </span>
    }
}

/// The worst state below a node of the tree, with its words for screen readers.
#[component]
pub(crate) fn TreeMark(mark: Mark) -> impl IntoView {
    let words = text::mark(language(), mark);
    view! {
        <span class="tree-mark" title=words>
            <SignMark sign=Sign::of_mark(mark) />
            <span class="hidden">{words}</span>
        </span>
    }
}
