//! The browser's half of Monitor > Security. The server writes every state of the page, as it does
//! without scripts; this program fetches the next one and exchanges what differs, listens to the
//! live stream, and does what only a browser can: selection, completion, shortcuts, widths.
//!
//! It knows no framework, no model and no language: what it says stands in the page (see `words`),
//! so that the page with the most readers needs the least program.

mod bulk;
mod choose;
mod chosen;
mod complete;
mod exchange;
mod find;
mod form;
mod hear;
mod keys;
mod link;
mod morph;
mod news;
mod request;
mod resize;
mod time;
mod turns;
mod visit;
mod waiting;
mod words;

use trustboard_dom::page;

/// Takes over the page that the server wrote.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
    }));
    link::listen();
    form::listen();
    keys::listen();
    // The page is there to be read and used already: whatever comes now must not hold that up.
    let turns: [fn(); 6] = [
        || {
            choose::listen();
            bulk::listen();
        },
        || {
            complete::listen();
            find::listen();
            resize::listen();
        },
        page::mark_hydrated,
        hear::listen,
        time::run,
        choose::settle,
    ];
    turns::take(turns.map(|turn| Box::new(turn) as turns::Turn));
}
