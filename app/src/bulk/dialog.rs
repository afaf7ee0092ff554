//! The dialog, once for all pages.

use leptos::html::Dialog;
use leptos::prelude::*;
use trustboard_model::view::Selection;

use super::form::BulkForm;
use super::progress::BulkProgress;
use super::word;
use crate::action::Kind;
use crate::text::AlarmWord;

/// What the dialog was opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    selection: Selection,
    kind: Kind,
}

/// Opens the dialog.
#[derive(Clone, Copy)]
pub(crate) struct BulkHandle(RwSignal<Option<Asked>>);

impl BulkHandle {
    /// A dialog that is closed.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The dialog of this page.
    pub(crate) fn use_here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Opens it for these hosts, with this action chosen first.
    pub(crate) fn ask(self, selection: Selection, kind: Kind) {
        self.0.set(Some(Asked { selection, kind }));
    }

    /// Notices when it opens and closes.
    pub(super) fn track(self) {
        self.0.track();
    }

    fn close(self) {
        self.0.set(None);
    }
}

/// The dialog. Modal: the page behind waits, the focus comes back to where it was.
#[component]
pub(crate) fn BulkDialog() -> impl IntoView {
    let handle = BulkHandle::use_here();
    let dialog = NodeRef::<Dialog>::new();
    let started = RwSignal::new(None);
    Effect::new(move |_| {
        let asked = handle.0.with(Option::is_some);
        started.set(None);
        if let Some(dialog) = dialog.get() {
            crate::browser::show_dialog(&dialog, asked);
        }
    });
    let content = move || {
        let Asked { selection, kind } = handle.0.get()?;
        Some(match started.get() {
            None => view! {
                <BulkForm selection kind=RwSignal::new(kind) started=Callback::new(move |id| started.set(Some(id))) />
            }
            .into_any(),
            Some(id) => view! { <BulkProgress id /> }.into_any(),
        })
    };
    view! {
        <dialog
            class="bulk"
            data-kept=""
            node_ref=dialog
            aria-labelledby="bulk-title"
            on:close=move |_| handle.close()
        >
            <div class="bulk-head">
                <h2 id="bulk-title">{word(AlarmWord::BulkTitle)}</h2>
                <button
                    type="button"
                    class="quiet"
                    aria-label=word(AlarmWord::Close)
                    on:click=move |_| handle.close()
                >
                    "×"
                </button>
            </div>
            {content}
        </dialog>
    }
    .into_any()
}
