//! The event log that the latest appraisal replayed, with what differs from the closest approved
//! configuration.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::view::{EventLogPage, LogEntry, LogFilter};

use crate::blank::FailureView;
use crate::component::{DigestText, Loaded, SaidText, history, language, recount, say, tell};
use crate::text::{self, HistoryPhrase, HistoryWord, Phrase, Ui};

/// What the address asks for.
pub(super) fn asked() -> Memo<LogFilter> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let number = |name: &str| query.get(name)?.parse::<u8>().ok();
            LogFilter {
                pcr: number("pcr").and_then(|pcr| PcrIndex::try_from(pcr).ok()),
                differing: query.get("differing").is_some(),
                page: query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
            }
        })
    })
}

/// The section.
#[component]
pub(super) fn EventLogCard(
    log: Loaded<Option<EventLogPage>>,
    asked: Memo<LogFilter>,
) -> impl IntoView {
    view! {
        <section class="card" id="log">
            <h2>{history(HistoryWord::EventLog)}</h2>
            {move || log.get().map(|answer| match answer {
                Err(why) => {
                    view! { <FailureView why retry=move || log.read_again() /> }.into_any()
                }
                Ok(None) => {
                    view! { <p class="dim">{history(HistoryWord::EventLogNone)}</p> }.into_any()
                }
                Ok(Some(page)) => view! { <Log page asked=asked.get() /> }.into_any(),
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Log(page: EventLogPage, asked: LogFilter) -> impl IntoView {
    let EventLogPage { entries, total, page, registers } = page;
    let rows = entries.into_iter().map(|entry| view! { <Entry entry /> }).collect_view();
    let count = text::number(language(), total.into());
    let options = registers.into_iter().map(|pcr| {
        let number = u8::from(pcr).to_string();
        view! {
            <option value=number.clone() selected=asked.pcr == Some(pcr)>{format!("PCR {number}")}</option>
        }
    });
    let heads = [
        HistoryWord::Number,
        HistoryWord::Register,
        HistoryWord::EventType,
        HistoryWord::About,
        HistoryWord::Said,
        HistoryWord::Digest,
    ];
    let empty = total == 0;
    view! {
        <p class="dim">{history(HistoryWord::EventLogHint)}</p>
        <form method="get" action="#log" class="log-filter">
            <label>
                {history(HistoryWord::Register)}" "
                <select name="pcr">
                    <option value="">{history(HistoryWord::AllRegisters)}</option>
                    {options.collect_view()}
                </select>
            </label>
            <label class="check">
                <input type="checkbox" name="differing" value="true" checked=asked.differing />
                {history(HistoryWord::DifferingOnly)}
            </label>
            <button type="submit">{history(HistoryWord::Show)}</button>
            <span class="dim">{recount(&HistoryPhrase::EventsMatch { count })}</span>
        </form>
        {if empty {
            view! { <p class="dim" data-blank="no-match">{history(HistoryWord::EventLogEmpty)}</p> }.into_any()
        } else {
            view! {
                <div class="table-region" role="region" aria-label=history(HistoryWord::EventLog) tabindex="0">
                    <table class="event-log">
                        <thead>
                            <tr>{heads.map(|word| view! { <th scope="col">{history(word)}</th> }).collect_view()}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }}
        <Pages asked total page />
    }
    .into_any()
}

#[component]
fn Entry(entry: LogEntry) -> impl IntoView {
    let LogEntry { number, pcr, kind, topic, digest, said, differs } = entry;
    let mark = differs.then(|| {
        view! { " "<span class="token differs">{history(HistoryWord::Differs)}</span> }
    });
    view! {
        <tr data-event=number.to_string() class:differs=differs>
            <th scope="row" class="number">{number.to_string()}</th>
            <td class="number">{pcr.to_string()}</td>
            <td><code>{kind}</code></td>
            <td>{text::topic(language(), topic)}{mark}</td>
            <td><SaidText said /></td>
            <td>{digest.map(|digest| view! { <DigestText hex=digest.to_string() /> })}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn Pages(asked: LogFilter, total: u32, page: u32) -> impl IntoView {
    let pages = total.div_ceil(EventLogPage::SIZE).max(1);
    let address = move |page: u32| {
        let pcr = asked.pcr.map(|pcr| format!("&pcr={pcr}")).unwrap_or_default();
        let differing = if asked.differing { "&differing=true" } else { "" };
        format!("?page={page}{pcr}{differing}#log")
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=history(HistoryWord::EventLog)>
                {(page > 1).then(|| view! { <a href=address(page - 1)>{say(Ui::PreviousPage)}</a> })}
                <span>{tell(&Phrase::PageOf { page, pages })}</span>
                {(page < pages).then(|| view! { <a href=address(page + 1)>{say(Ui::NextPage)}</a> })}
            </nav>
        }
    })
}
