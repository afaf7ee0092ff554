//! One stream for all pages of this browser that look at the same: the page that holds a lock of
//! that name has it, and tells the others over a channel. The browser gives the lock to the next
//! page when its holder goes, in whatever way. Where there are no locks (they need HTTPS, or this
//! machine), each page has a stream of its own.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use super::hearing::{Hearing, Said};
use super::stream::Stream;

#[wasm_bindgen]
extern "C" {
    /// Web Locks; `web_sys` counts them among what may still change.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        held: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A page's place among those that share; given up when it is dropped.
pub(super) struct Share {
    inner: Rc<Inner>,
    waiting: AbortController,
    // The browser calls it as long as the page listens.
    _message: Closure<dyn FnMut(MessageEvent)>,
}

struct Inner {
    hearing: Weak<Hearing>,
    channel: BroadcastChannel,
    /// The stream, if this page has it, and what gives up the lock.
    leading: RefCell<Option<(Rc<Stream>, Function)>>,
}

impl Share {
    /// Joins those of this viewer that listen to the same; nothing where pages cannot share.
    pub fn join(viewer: &str, hearing: &Rc<Hearing>) -> Option<Self> {
        let locks = lock_manager()?;
        let scope = hearing.start().datacenter.clone().unwrap_or_default();
        let name = format!("trustboard-live:{viewer}:{scope}");
        let channel = BroadcastChannel::new(&name).ok()?;
        let inner = Rc::new(Inner {
            hearing: Rc::downgrade(hearing),
            channel,
            leading: RefCell::new(None),
        });
        let message = Closure::<dyn FnMut(_)>::new({
            let inner = Rc::downgrade(&inner);
            move |event: MessageEvent| {
                if let (Some(inner), Some(words)) = (inner.upgrade(), event.data().as_string()) {
                    inner.hear(&words);
                }
            }
        });
        inner.channel.set_onmessage(Some(message.as_ref().unchecked_ref()));
        inner.post("?");
        let held = Closure::<dyn FnMut(JsValue) -> Promise>::new({
            let inner = Rc::downgrade(&inner);
            move |_| lead(&inner)
        });
        let waiting = AbortController::new().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"signal".into(), &waiting.signal()).ok()?;
        let request = locks.request(&name, &options, held.as_ref().unchecked_ref()).ok()?;
        // The browser may call it until the request is settled, which is after the page stopped
        // listening: waiting ends with an error then.
        spawn_local(async move {
            let _ = JsFuture::from(request).await;
            drop(held);
        });
        Some(Self { inner, waiting, _message: message })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.inner.channel.set_onmessage(None);
        self.inner.channel.close();
        match self.inner.leading.take() {
            Some((_, give_up)) => drop(give_up.call0(&JsValue::UNDEFINED)),
            None => self.waiting.abort(),
        }
    }
}

fn lock_manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined() && !locks.is_null()).then(|| locks.unchecked_into())
}

/// This page has the lock: opens the stream, and keeps the lock until it is given up.
fn lead(inner: &Weak<Inner>) -> Promise {
    let leading = inner.upgrade().and_then(|inner| Some((inner.hearing.upgrade()?, inner)));
    let Some((hearing, inner)) = leading else { return Promise::resolve(&JsValue::UNDEFINED) };
    Promise::new(&mut |give_up, _| {
        let stream = Stream::open(&hearing, {
            let inner = Rc::downgrade(&inner);
            move |said| {
                if let Some(inner) = inner.upgrade() {
                    inner.tell(said);
                }
            }
        });
        inner.leading.replace(Some((stream, give_up)));
    })
}

/// What pages say to each other, each a letter with what belongs to it:
/// `?` how is the stream; `+N` open, the last event is N; `!N` open again after a gap;
/// `-` it broke; `N:JSON` a hint, with the event's number or 0.
impl Inner {
    fn post(&self, words: &str) {
        // A channel that was closed meanwhile has nobody to tell.
        let _ = self.channel.post_message(&words.into());
    }

    fn tell(&self, said: &Said) {
        let Some(hearing) = self.hearing.upgrade() else { return };
        let last = hearing.last();
        match said {
            Said::Open { again: false } => self.post(&format!("+{last}")),
            Said::Open { again: true } => self.post(&format!("!{last}")),
            Said::Lost => self.post("-"),
            Said::Hint(seq, json) => self.post(&format!("{}:{json}", seq.unwrap_or(0))),
        }
    }

    fn hear(&self, words: &str) {
        let Some(hearing) = self.hearing.upgrade() else { return };
        let leading = self.leading.borrow().is_some();
        let number = |rest: &str| rest.parse().unwrap_or_default();
        match words.split_at_checked(1) {
            Some(("?", _)) if leading && hearing.is_live() => {
                self.post(&format!("+{}", hearing.last()));
            }
            _ if leading => {}
            Some(("+", last)) => hearing.catch_up(number(last)),
            Some(("!", _)) => hearing.take(&Said::Open { again: true }),
            Some(("-", _)) => hearing.take(&Said::Lost),
            _ => {
                if let Some((seq, json)) = words.split_once(':') {
                    let seq = Some(number(seq)).filter(|seq: &u64| *seq != 0);
                    hearing.take(&Said::Hint(seq, json.to_owned()));
                }
            }
        }
    }
}
