//! The list: every version, what is in force, where it came from, and which hosts match it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationRow, Source};

use super::api;
use super::import::Import;
use crate::component::{
    ChangeOutcome, Loaded, Moment, Relative, StateBadge, language, say, tell, trust,
};
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{self, Phrase, Trust, Ui};

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    /// What is in use or on its way there.
    Current,
    /// Only these.
    Only(ConfigurationState),
    /// What ended, too.
    All,
}

const STATES: [ConfigurationState; 5] = [
    ConfigurationState::Draft,
    ConfigurationState::AwaitingSecond,
    ConfigurationState::Approved,
    ConfigurationState::Superseded,
    ConfigurationState::Retired,
];

impl Filter {
    fn parse(code: &str) -> Self {
        let state = STATES.into_iter().find(|state| state.code() == code);
        match (code, state) {
            ("all", _) => Self::All,
            (_, Some(state)) => Self::Only(state),
            _ => Self::Current,
        }
    }

    /// Whether the server is asked for those that ended.
    fn asks_ended(self) -> bool {
        let ended = [ConfigurationState::Superseded, ConfigurationState::Retired];
        self == Self::All || ended.iter().any(|state| self == Self::Only(*state))
    }

    fn shows(self, state: ConfigurationState) -> bool {
        match self {
            Self::Only(only) => only == state,
            Self::Current | Self::All => true,
        }
    }
}

/// The screen.
#[component]
pub(crate) fn ConfigurationsScreen() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        Filter::parse(&query.with(|query| query.get("state").unwrap_or_default()))
    });
    let answer = Resource::new(
        move || filter.get().asks_ended(),
        |all| async move { api::read_configurations(all).await },
    );
    let rows = Loaded::of(answer);
    follow(move || rows.read_again());
    let session = SessionHandle::use_here();
    let may_import = Memo::new(move |_| session.may_somewhere(Role::Operator));
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=trust(Trust::Configurations).to_owned() parents>""</Heading>
        <p class="dim">{trust(Trust::ConfigurationsIntro)}</p>
        <ChangeOutcome />
        <Filters filter />
        {rows.whole(move |rows| view! { <Rows rows filter=filter.get() /> }.into_any())}
        <Show when=move || may_import.get()>
            <Import />
        </Show>
    }
    .into_any()
}

/// Links that narrow the list down.
#[component]
fn Filters(filter: Memo<Filter>) -> impl IntoView {
    let link = |href: String, word: &'static str, of: Filter| {
        let current = move || (filter.get() == of).then_some("true");
        view! { <li><a href=href aria-current=current>{word}</a></li> }
    };
    let states = STATES.map(|state| {
        let word = text::configuration_state(language(), state);
        link(format!("/configurations?state={}", state.code()), word, Filter::Only(state))
    });
    view! {
        <nav aria-label=say(Ui::Filter)>
            <ul class="counts">
                {link("/configurations".to_owned(), trust(Trust::CurrentOnes), Filter::Current)}
                {states}
                {link("/configurations?state=all".to_owned(), trust(Trust::AllOnes), Filter::All)}
            </ul>
        </nav>
    }
}

/// The table, or how to begin.
#[component]
fn Rows(rows: Vec<ConfigurationRow>, filter: Filter) -> impl IntoView {
    let none = rows.is_empty();
    let mut rows: Vec<_> = rows.into_iter().filter(|row| filter.shows(row.state)).collect();
    rows.sort_by(|a, b| {
        let key = |row: &ConfigurationRow| (row.state, row.configuration.name.to_lowercase());
        key(a).cmp(&key(b)).then(b.configuration.version.cmp(&a.configuration.version))
    });
    if rows.is_empty() {
        return view! { <NoRows none=none && !matches!(filter, Filter::Only(_)) /> }.into_any();
    }
    let columns = [
        (say(Ui::Name), false),
        (trust(Trust::StateColumn), false),
        (trust(Trust::Clusters), false),
        (trust(Trust::SourceColumn), false),
        (say(Ui::Hosts), true),
        (trust(Trust::LastMatched), false),
    ];
    let head = columns.map(|(word, number)| {
        view! { <th scope="col" class=number.then_some("number")>{word}</th> }
    });
    view! {
        <div class="table-region" role="region" aria-label=trust(Trust::Configurations) tabindex="0">
            <table class="configurations">
                <thead><tr>{head}</tr></thead>
                <tbody>
                    {rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn NoRows(
    /// Whether there is none at all.
    none: bool,
) -> impl IntoView {
    let steps = [Trust::BeginCapture, Trust::BeginReview, Trust::BeginImport];
    let content = if none {
        let steps = steps.map(|step| view! { <li>{trust(step)}</li> });
        view! { <h2>{trust(Trust::NoConfigurations)}</h2><ol>{steps}</ol> }.into_any()
    } else {
        view! {
            <h2>{trust(Trust::NoSuchConfigurations)}</h2>
            <a class="button" href="/configurations?state=all">{trust(Trust::AllOnes)}</a>
        }
        .into_any()
    };
    view! {
        <section class="blank" data-blank=if none { "empty" } else { "no-match" }>{content}</section>
    }
}

#[component]
fn Row(row: ConfigurationRow) -> impl IntoView {
    let about = row.configuration;
    let clusters: Vec<_> = row.clusters.into_iter().map(|cluster| cluster.name).collect();
    let version = tell(&Phrase::Version { version: about.version });
    let matched = match row.last_matched {
        Some(at) => view! { <Relative at /> }.into_any(),
        None => view! { <span class="dim">{say(Ui::NeverShort)}</span> }.into_any(),
    };
    view! {
        <tr data-configuration=about.id.to_string()>
            <th scope="row">
                <a href=format!("/configurations/{}", about.id)>
                    <bdi>{about.name}</bdi>" "<span class="version">{version}</span>
                </a>
            </th>
            <td><StateBadge state=row.state /></td>
            <td><bdi>{clusters.join(", ")}</bdi></td>
            <td><SourceText source=row.source /></td>
            <td class="number">{text::number(language(), row.hosts)}</td>
            <td>{matched}</td>
        </tr>
    }
    .into_any()
}

/// Where the values came from.
#[component]
pub(super) fn SourceText(
    source: Source,
    /// With the moment.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    match source {
        Source::Host { host, name, at } => view! {
            {trust(Trust::FromHost)}" "
            <a href=format!("/hosts/{host}")><bdi>{name}</bdi></a>
            {whole.then(|| view! { " "<Moment at /> })}
        }
        .into_any(),
        Source::File { name } => view! { {trust(Trust::FromFile)}" "<bdi>{name}</bdi> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_which_are_shown() {
        assert_eq!(Filter::parse(""), Filter::Current);
        assert_eq!(Filter::parse("nonsense"), Filter::Current);
        assert_eq!(Filter::parse("all"), Filter::All);
        for state in STATES {
            let filter = Filter::parse(state.code());
            assert_eq!(filter, Filter::Only(state));
            assert!(filter.shows(state));
        }
        assert!(!Filter::Current.asks_ended());
        assert!(Filter::parse("retired").asks_ended() && Filter::All.asks_ended());
    }
}
