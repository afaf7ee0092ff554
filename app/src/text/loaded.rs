//! The one language of the page, in the browser: each is a part of the program by itself.

#![expect(clippy::unnecessary_wraps, reason = "a part that is loaded may fail to be")]

use std::cell::Cell;

use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::Language;
use super::catalogue::Catalogue;

type Loaded = Result<&'static dyn Catalogue, SplitLoaderError>;

thread_local! {
    static CATALOGUE: Cell<Option<&'static dyn Catalogue>> = const { Cell::new(None) };
}

#[wasm_split(en, wasm_split_path = leptos::wasm_split, fallible)]
fn english() -> Loaded {
    Ok(&super::en::English)
}

#[wasm_split(de, wasm_split_path = leptos::wasm_split, fallible)]
fn german() -> Loaded {
    Ok(&super::de::German)
}

#[wasm_split(fr, wasm_split_path = leptos::wasm_split, fallible)]
fn french() -> Loaded {
    Ok(&super::fr::French)
}

/// Loads a language. Nothing may be said before.
pub(crate) async fn load(language: Language) -> Result<(), SplitLoaderError> {
    let catalogue = match language {
        Language::En => english().await?,
        Language::De => german().await?,
        Language::Fr => french().await?,
    };
    CATALOGUE.set(Some(catalogue));
    Ok(())
}

/// The language that was loaded.
pub(super) fn catalogue() -> &'static dyn Catalogue {
    // The wasm's entry loads the page's language before it takes the page over.
    CATALOGUE.get().expect("a language is loaded before anything is said")
}
