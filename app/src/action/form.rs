//! One action's form. A plain form that posts to its server function; with the wasm it answers in
//! place. What asks for a text is folded behind its button.

use leptos::form::ActionForm as PostForm;
use leptos::prelude::*;
use trustboard_model::alarm::Condition;
use trustboard_model::view::{AlarmView, HostAction, HostRow, Message};

use super::kind::Kind;
use super::outcome::OutcomeView;
use crate::api::Act;
use crate::component::{access, language, say, tell};
use crate::frame::SessionHandle;
use crate::text::{self, AccessWord, AlarmWord, Phrase, Ui};

/// The button, and behind it the fields.
#[component]
pub(super) fn ActionForm(kind: Kind, row: Signal<HostRow>) -> impl IntoView {
    let host = row.with_untracked(|row| row.id);
    let code = kind.code();
    let left = SessionHandle::use_here()
        .notice_about(host)
        .filter(|notice| kind.answers(&notice.action) && notice.outcome.is_err());
    let typed = left.as_ref().map(|notice| notice.typed.clone()).unwrap_or_default();
    let unfolded = left.is_some();
    let act = ServerAction::<Act>::new();
    let outcome = act.value();
    let pending = act.pending();
    let label = text::action(language(), &kind.with(String::new(), None));
    let result = move || {
        let now = outcome.get().or_else(|| left.clone().map(|notice| notice.outcome));
        now.map(|outcome| view! { <OutcomeView outcome /> })
    };
    let revision = move || row.with(|row| row.revision).to_string();
    let hidden = move || {
        view! {
            <input type="hidden" name="host" value=host.to_string() />
            <input type="hidden" name="revision" value=revision prop:value=revision />
        }
    };
    if !kind.asks_text() {
        return view! {
            <div class="act" data-act-of=code>
                <PostForm action=act attr:data-act=code>
                    {hidden()}
                    <input type="hidden" name="action" value=code />
                    <button type="submit" title=hint(kind) disabled=move || pending.get()>
                        {label}
                        {key(kind).map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
                    </button>
                </PostForm>
                <div role="status" data-stays=format!("{code}-{host}")>{result}</div>
            </div>
        }
        .into_any();
    }
    // A form that was done folds again and forgets what was typed.
    let fold = NodeRef::<leptos::html::Details>::new();
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if matches!(outcome.get(), Some(Ok(_))) {
            if let Some(fold) = fold.get_untracked() {
                fold.set_open(false);
            }
            if let Some(field) = field.get_untracked() {
                field.set_value("");
            }
        }
    });
    view! {
        <div class="act" data-act-of=code>
            <details node_ref=fold data-act=code open=unfolded name=format!("act-{host}")>
                <summary class=move || if kind == Kind::Acknowledge { "button primary" } else { "button" }>
                    {label}
                    {key(kind).map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
                </summary>
                <PostForm action=act>
                    {hidden()}
                    <Explanation kind row />
                    <label>
                        <span>{say(field_label(kind))}</span>
                        <input
                            type="text"
                            name="text"
                            node_ref=field
                            value=typed
                            required
                            maxlength=HostAction::MAX_TEXT.to_string()
                            autocomplete="off"
                        />
                    </label>
                    {(kind == Kind::Acknowledge).then(|| view! { <Expiry /> })}
                    <div class="buttons">
                        <Submits kind row pending=pending.into() />
                    </div>
                </PostForm>
            </details>
            <div role="status" data-stays=format!("{code}-{host}")>{result}</div>
        </div>
    }
    .into_any()
}

/// The submit buttons. Resetting offers the careful way first.
#[component]
fn Submits(kind: Kind, row: Signal<HostRow>, pending: Signal<bool>) -> impl IntoView {
    let holds = Memo::new(move |_| row.with(condition_holds));
    let label = text::action(language(), &kind.with(String::new(), None));
    let label = label.trim_end_matches('…');
    let go = move || {
        if kind == Kind::Reset && holds.get() { say(Ui::ResetAnyway) } else { label }
    };
    let danger = move || {
        let marked = matches!(kind, Kind::Disconnect | Kind::AcceptIdentity);
        marked || (kind == Kind::Reset && holds.get())
    };
    let careful = (kind == Kind::Reset).then(|| {
        let other = Kind::VerifyThenReset;
        view! {
            <button type="submit" name="action" value=other.code() class="primary" disabled=move || pending.get()>
                {text::action(language(), &other.with(String::new(), None))}
            </button>
        }
    });
    view! {
        {careful}
        <button
            type="submit"
            name="action"
            value=kind.code()
            class:danger=danger
            disabled=move || pending.get()
        >
            {go}
        </button>
    }
}

/// What the action does; of a reset, what holds now.
#[component]
fn Explanation(kind: Kind, row: Signal<HostRow>) -> impl IntoView {
    let alarm = Memo::new(move |_| row.with(|row| (row.alarm.clone(), first_reason(row))));
    view! {
        <p class="hint">{hint(kind)}</p>
        {(kind == Kind::Reset)
            .then_some({
                move || {
                    let (alarm, reason) = alarm.get();
                    let AlarmView::Red { condition, .. } = alarm else { return None };
                    let (class, words) = match condition {
                        Condition::Holds => {
                            ("condition holds", tell(&Phrase::ResetStillHolds { reason: &reason }))
                        }
                        Condition::Cleared { at } => {
                            let at = text::moment(language(), at);
                            ("condition cleared", tell(&Phrase::ResetCleared { at: &at }))
                        }
                        Condition::Unknown => ("condition", say(Ui::ResetUnknown).to_owned()),
                    };
                    Some(view! { <p class=class data-condition="">{words}</p> })
                }
            })}
    }
}

fn condition_holds(row: &HostRow) -> bool {
    matches!(row.alarm, AlarmView::Red { condition: Condition::Holds, .. })
}

fn first_reason(row: &HostRow) -> String {
    match &row.message {
        Message::Reasons { reasons } => reasons.first().map(|reason| reason.code),
        _ => None,
    }
    .map_or_else(
        || text::attestation(language(), row.attestation).to_owned(),
        |code| text::reason_title(language(), code).to_owned(),
    )
}

/// How long an acknowledgement holds.
#[component]
pub(crate) fn Expiry() -> impl IntoView {
    let choices = [
        ("", Ui::ExpiryNone),
        ("60", Ui::ExpiryOneHour),
        ("240", Ui::ExpiryFourHours),
        ("1440", Ui::ExpiryOneDay),
        ("10080", Ui::ExpiryOneWeek),
    ];
    view! {
        <label>
            <span>{say(Ui::AcknowledgeExpiry)}</span>
            <select name="minutes">
                {choices
                    .map(|(minutes, word)| view! { <option value=minutes>{say(word)}</option> })
                    .collect_view()}
            </select>
        </label>
        <label>
            <span>{text::alarm_word(language(), AlarmWord::UntilDay)}</span>
            <input type="date" name="until" autocomplete="off" />
        </label>
    }
}

/// What an action does.
pub(crate) fn hint(kind: Kind) -> &'static str {
    say(match kind {
        Kind::ConfirmReset => return access(AccessWord::ConfirmHint),
        Kind::DeclineReset => return access(AccessWord::DeclineHint),
        Kind::Acknowledge => Ui::AcknowledgeHint,
        Kind::VerifyNow => Ui::VerifyNowHint,
        Kind::Reset => Ui::ResetHint,
        Kind::VerifyThenReset => Ui::VerifyThenResetHint,
        Kind::EnterMaintenance => Ui::MaintenanceHint,
        Kind::LeaveMaintenance => Ui::LeaveMaintenanceHint,
        Kind::Disconnect => Ui::DisconnectHint,
        Kind::Connect => Ui::ConnectHint,
        Kind::AcceptIdentity => Ui::AcceptIdentityHint,
    })
}

/// What the text that an action asks for is called.
pub(crate) const fn field_label(kind: Kind) -> Ui {
    match kind {
        Kind::Acknowledge => Ui::AcknowledgeComment,
        Kind::Reset | Kind::VerifyThenReset => Ui::ResetReason,
        _ => Ui::ReasonField,
    }
}

const fn key(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Acknowledge => Some("a"),
        Kind::VerifyNow => Some("v"),
        Kind::Reset => Some("r"),
        _ => None,
    }
}
