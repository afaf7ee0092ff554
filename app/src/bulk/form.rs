//! What will happen, the text that is asked for, and the button that starts it. A plain form; its
//! other actions are links.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::id::BulkId;
use trustboard_model::view::{BulkPreview, BulkRequest, HostAction, Selection};

use super::api::{StartBulk, read_bulk_preview};
use super::preview::PreviewView;
use super::{KINDS, address, name_of, phrase, word};
use crate::action::{Expiry, Kind, field_label, hint};
use crate::component::{Loaded, answered, refused, say};
use crate::frame::SessionHandle;
use crate::text::{AlarmPhrase, AlarmWord, Ui};

/// The form. `started` is told the job once the server has begun it.
#[component]
pub(super) fn BulkForm(
    selection: Selection,
    kind: RwSignal<Kind>,
    started: Callback<BulkId>,
) -> impl IntoView {
    let selection = StoredValue::new(selection);
    let preview = Resource::new(
        move || kind.get(),
        move |kind| {
            let action = kind.with(String::new(), None);
            let selection = selection.get_value();
            async move {
                let request = BulkRequest { selection, action: action.clone() };
                Ok((action, read_bulk_preview(request).await?))
            }
        },
    );
    let shown = Loaded::of(preview);
    let start = ServerAction::<StartBulk>::new();
    let outcome = start.value();
    Effect::new(move |_| {
        if let Some(Ok(job)) = outcome.get() {
            started.run(job.id);
        }
    });
    let choice = move |other: Kind| {
        let href = address(&selection.get_value(), other);
        let choose = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            kind.set(other);
        };
        view! {
            <a
                class="button quiet"
                href=href
                data-kind=other.code()
                aria-current=move || (kind.get() == other).then_some("true")
                on:click=choose
            >
                {name_of(other)}
            </a>
        }
    };
    let json = serde_json::to_string(&selection.get_value()).unwrap_or_default();
    let code = move || kind.get().code();
    view! {
        <div class="bulk-form">
            <nav class="bulk-kinds" aria-label=word(AlarmWord::BulkAction)>
                {KINDS.map(choice).collect_view()}
            </nav>
            <p class="hint">{move || hint(kind.get())}</p>
            <h2>{word(AlarmWord::BulkPreview)}</h2>
            // Nothing can be started before it is known what would happen.
            {answered(async move {
                shown.arrive().await;
                view! {
                    <div role="status">
                        {move || shown.view(move |(action, preview)| {
                            view! { <PreviewView preview action /> }.into_any()
                        })}
                    </div>
                    <PostForm action=start>
                        <input type="hidden" name="selection" value=json />
                        <input type="hidden" name="action" value=code prop:value=code />
                        {move || view! { <Fields kind=kind.get() preview=shown /> }}
                        <div role="status">
                            {move || {
                                let left = SessionHandle::use_here().change();
                                let left = left.filter(|change| change.form == "bulk");
                                match (outcome.get(), left) {
                                    (Some(Err(failure)), _) => Some(refused(&failure)),
                                    (None, Some(change)) => {
                                        change.outcome.err().map(|why| refused(&why))
                                    }
                                    _ => None,
                                }
                            }}
                        </div>
                        <Confirm kind preview=shown pending=start.pending().into() />
                    </PostForm>
                }
            })}
        </div>
    }
    .into_any()
}

/// What an action would do, with the action.
type Previewed = (HostAction, BulkPreview);

/// The preview, if it is of this action.
fn preview_of(preview: Loaded<Previewed>, kind: Kind) -> Option<BulkPreview> {
    let (action, preview) = preview.get()?.ok()?;
    (action.code() == kind.code()).then_some(preview)
}

/// The fields that the action asks for. Each action's are its own, with what was typed.
#[component]
fn Fields(kind: Kind, preview: Loaded<Previewed>) -> impl IntoView {
    if !kind.asks_text() {
        return ().into_any();
    }
    let typed = SessionHandle::use_here().typed("bulk", "text").unwrap_or_default();
    let holds = move || {
        kind == Kind::Reset
            && preview_of(preview, kind).is_some_and(|preview| preview.condition_holds > 0)
    };
    view! {
        <label class="bulk-text">
            <span>{say(field_label(kind))}</span>
            <input
                type="text"
                name="text"
                value=typed
                required
                maxlength=HostAction::MAX_TEXT.to_string()
                autocomplete="off"
            />
            {move || holds().then(|| view! { <small>{word(AlarmWord::BulkReasonHolds)}</small> })}
        </label>
        {(kind == Kind::Acknowledge).then(|| view! { <Expiry /> })}
    }
    .into_any()
}

/// The button, with how many hosts it concerns.
#[component]
fn Confirm(
    kind: RwSignal<Kind>,
    preview: Loaded<Previewed>,
    pending: Signal<bool>,
) -> impl IntoView {
    let now = Memo::new(move |_| preview_of(preview, kind.get()));
    let changing = move || now.with(|now| now.as_ref().map_or(0, |preview| preview.changing));
    let danger = move || {
        let holds = now.with(|now| now.as_ref().is_some_and(|preview| preview.condition_holds > 0));
        kind.get() == Kind::Disconnect || (kind.get() == Kind::Reset && holds)
    };
    let label =
        move || phrase(&AlarmPhrase::Confirm { action: name_of(kind.get()), count: changing() });
    view! {
        <div class="buttons">
            <button
                type="submit"
                class=move || if danger() { "danger" } else { "primary" }
                disabled=move || pending.get() || changing() == 0
            >
                {label}
            </button>
            <span class="hidden">{say(Ui::CommandSent)}</span>
        </div>
    }
    .into_any()
}
