//! How pages look and listen, as one reader wants it: colours, the height of rows, shortcuts. Kept
//! in cookies that the server reads while it writes the page, so that nothing flashes.

mod api;
#[cfg(feature = "ssr")]
mod cookie;
mod form;

use serde::{Deserialize, Serialize};

pub use api::ChooseDisplay;
#[cfg(feature = "ssr")]
pub(crate) use cookie::chosen;
pub(crate) use form::{DisplayForms, ShortcutForm};

/// One reader's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Display {
    /// The colours.
    pub theme: Theme,
    /// The height of rows.
    pub density: Density,
    /// Whether keys of one letter do something.
    pub shortcuts: Shortcuts,
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {$(
            $(#[$variant_doc])*
            $variant,
        )*}

        impl $name {
            /// Every choice.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable code in the cookie and on `<html>`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The choice with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.code() == code)
            }
        }
    };
}

choice! {
    /// The colours.
    Theme {
        /// As the system has it.
        #[default]
        Auto = "auto",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

choice! {
    /// The height of a table's rows.
    Density {
        /// Room around what is said.
        #[default]
        Comfortable = "comfortable",
        /// More rows on a screen.
        Compact = "compact",
    }
}

choice! {
    /// Whether keys of one letter do something (WCAG 2.1.4).
    Shortcuts {
        /// They do.
        #[default]
        On = "on",
        /// They do not.
        Off = "off",
    }
}
