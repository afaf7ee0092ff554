//! What other operators just did, in a quiet line for each: it asks for nothing and goes by
//! itself, since the table and the history say the same.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trustboard_model::id::HostId;
use trustboard_model::view::LiveHint;

use crate::component::{front, language};
use crate::find::name_of_host;
use crate::frame::SessionHandle;
use crate::text::{self, Deed, FrontWord};

/// How long deeds are gathered: an action on many hosts is one line, and one announcement.
const GATHER: Duration = Duration::from_millis(500);
/// How long a line stays: long enough to read three of them.
const STAY: Duration = Duration::from_secs(12);
/// Lines at a time.
const MOST: usize = 3;

/// What was done, gathered for one line.
#[derive(Clone, PartialEq, Eq)]
struct Done {
    by: String,
    deed: Deed,
    hosts: Vec<HostId>,
}

#[derive(Clone, PartialEq, Eq)]
struct Line {
    number: u64,
    text: String,
    /// The host, if it is one.
    host: Option<HostId>,
}

/// The lines, in the context of every page.
#[derive(Clone, Copy)]
pub(crate) struct News {
    lines: RwSignal<Vec<Line>>,
    gathered: StoredValue<Vec<Done>>,
    next: StoredValue<u64>,
}

impl News {
    /// No news yet.
    pub(crate) fn new() -> Self {
        Self {
            lines: RwSignal::new(Vec::new()),
            gathered: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// The news of this page.
    pub(crate) fn use_here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Takes a hint of what the page shows. What the viewer did is no news to them.
    pub(crate) fn hear(self, viewer: Option<&str>, hint: &LiveHint) {
        let LiveHint::Host { host, event, by: Some(by), .. } = hint else { return };
        let Some(deed) = Deed::of(event) else { return };
        if viewer == Some(by.as_str()) {
            return;
        }
        let first = self.gathered.with_value(Vec::is_empty);
        self.gathered.update_value(|gathered| gather(gathered, by, deed, *host));
        if first {
            set_timeout(move || self.say(), GATHER);
        }
    }

    fn say(self) {
        for Done { by, deed, hosts } in
            self.gathered.try_update_value(std::mem::take).unwrap_or_default()
        {
            match hosts.as_slice() {
                [host] => {
                    let host = *host;
                    spawn_local(async move {
                        // What may not be seen is no news.
                        if let Ok(name) = name_of_host(host).await {
                            self.add(text::deed(language(), deed, &by, &name), Some(host));
                        }
                    });
                }
                hosts => {
                    let what = text::hosts(language(), hosts.len());
                    self.add(text::deed(language(), deed, &by, &what), None);
                }
            }
        }
    }

    fn add(self, text: String, host: Option<HostId>) {
        let number = self.next.try_update_value(|next| std::mem::replace(next, *next + 1));
        let Some(number) = number else { return };
        self.lines.try_update(|lines| {
            lines.push(Line { number, text, host });
            let surplus = lines.len().saturating_sub(MOST);
            lines.drain(..surplus);
        });
        set_timeout(move || self.remove(number), STAY);
    }

    fn remove(self, number: u64) {
        self.lines.try_update(|lines| lines.retain(|line| line.number != number));
    }
}

fn gather(gathered: &mut Vec<Done>, by: &str, deed: Deed, host: HostId) {
    match gathered.iter_mut().find(|done| done.by == by && done.deed == deed) {
        Some(done) if done.hosts.contains(&host) => {}
        Some(done) => done.hosts.push(host),
        None => gathered.push(Done { by: by.to_owned(), deed, hosts: vec![host] }),
    }
}

/// The lines. A screen reader reads each when it comes, and not while it reads something else.
#[component]
pub(crate) fn NewsView() -> impl IntoView {
    let news = News::use_here();
    let session = SessionHandle::use_here();
    let signed_in = session.viewer().is_some();
    view! {
        <div class="news" data-kept="" role="log" aria-live="polite" aria-label=front(FrontWord::News)>
            <For
                each=move || if signed_in { news.lines.get() } else { Vec::new() }
                key=|line| line.number
                let:line
            >
                <p>
                    {match line.host {
                        Some(host) => view! { <a href=format!("/hosts/{host}")><bdi>{line.text}</bdi></a> }.into_any(),
                        None => view! { <bdi>{line.text}</bdi> }.into_any(),
                    }}
                    <button
                        type="button"
                        class="quiet"
                        aria-label=front(FrontWord::Dismiss)
                        on:click=move |_| news.remove(line.number)
                    >
                        <span aria-hidden="true">"×"</span>
                    </button>
                </p>
            </For>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_on_many_hosts_is_one_line() {
        let host = |number: u128| -> HostId {
            format!("00000000-0000-4000-8000-{number:012}").parse().expect("an id")
        };
        let mut gathered = Vec::new();
        for number in [1, 2, 2, 3] {
            gather(&mut gathered, "anna", Deed::Acknowledged, host(number));
        }
        gather(&mut gathered, "ben", Deed::Acknowledged, host(1));
        gather(&mut gathered, "anna", Deed::Reset, host(1));
        let counts: Vec<_> = gathered.iter().map(|done| (&*done.by, done.hosts.len())).collect();
        assert_eq!(counts, [("anna", 3), ("ben", 1), ("anna", 1)]);
    }
}
