//! The words of the table of hosts: its filter, columns, views, selection and export.

use trustboard_model::host_query::{HostQuery, InvalidQuery, QueryProblem};
use trustboard_model::view::Column;

use super::{Language, format, template};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A word of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum TableWord {$(
            $(#[$doc])*
            $name,
        )*}

        impl TableWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    /// The page of all datacenters, and the link to it.
    AllHosts,
    /// The tab bar, for screen readers.
    Tabs,
    /// The second line of the tab bar, for screen readers.
    MonitorTabs,
    /// Tab.
    Alarms,
    /// Tab.
    JobsAndEvents,
    /// Tab.
    Configuration,
    /// The field of the filter.
    Query,
    /// Inside the empty field.
    QueryHint,
    /// How the field helps, for screen readers.
    QueryHelp,
    /// The list below the field, for screen readers.
    Suggestions,
    /// A filter that means nothing.
    QueryWrong,
    /// What that means for the table, if nothing was shown before.
    QueryWrongHint,
    /// The same, if something was.
    QueryBefore,
    /// The chips below the field, for screen readers.
    Chips,
    /// Menu.
    Columns,
    /// In the menu.
    ColumnsHint,
    /// Button: the columns that are shown unless somebody chooses.
    ColumnsUsual,
    /// Button.
    Apply,
    /// Menu.
    Views,
    /// Nothing in it.
    ViewsNone,
    /// Heading of a form.
    ViewSave,
    /// Field.
    ViewName,
    /// Box.
    ViewShared,
    /// Box.
    ViewFirst,
    /// Mark of the view that is shown first.
    ViewIsFirst,
    /// Button.
    ViewReplace,
    /// Button.
    ViewDelete,
    /// Button.
    ViewUnfirst,
    /// Link: no view at all.
    ViewEverything,
    /// Button.
    Save,
    /// Menu.
    Export,
    /// Link.
    ExportCsv,
    /// Link.
    ExportJson,
    /// Head of the column of boxes, for screen readers.
    Selection,
    /// Box in the head.
    SelectPage,
    /// Button.
    SelectionClear,
    /// More than an action takes host by host.
    SelectionFull,
    /// Button without scripts.
    SelectionGo,
    /// Link.
    FirstPage,
    /// Link.
    LastPage,
    /// A yes in a column.
    Yes,
    /// At the foot of a column of what hosts claim.
    Claimed,
}

/// A phrase of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum TablePhrase<'a> {
    /// Button: the column one place nearer to the name.
    MoveEarlier { column: &'a str },
    /// Button: the column one place farther from the name.
    MoveLater { column: &'a str },
    /// The handle between two columns, for screen readers.
    WidthOf { column: &'a str },
    /// Whose view this is.
    SharedBy { name: &'a str },
    /// A row's box, for screen readers.
    SelectHost { name: &'a str },
    /// Button: everything that matches.
    SelectMatching { count: u32 },
    /// What is selected then.
    MatchingSelected { count: u32 },
    /// What is selected, if some of it is on other pages.
    SelectedElsewhere { count: u32, elsewhere: u32 },
    /// How many suggestions there are, for screen readers.
    SuggestionsCount { count: u32 },
    /// A view that was saved.
    ViewSaved { name: &'a str },
}

/// Everything said here, by what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum TableText<'a> {
    Word(TableWord),
    Phrase(&'a TablePhrase<'a>),
    Column(Column),
    /// What a field of the filter asks.
    Field(&'a str),
    Problem(&'a QueryProblem),
}

/// A word of the table.
pub fn table_word(language: Language, word: TableWord) -> &'static str {
    language.catalogue().table(TableText::Word(word))
}

/// The head of a column.
pub fn column(language: Language, column: Column) -> &'static str {
    language.catalogue().table(TableText::Column(column))
}

/// What a field of the filter asks; nothing for what is no field.
pub fn query_field(language: Language, field: &str) -> &'static str {
    language.catalogue().table(TableText::Field(field))
}

/// A phrase of the table.
pub fn table_phrase(language: Language, said: &TablePhrase<'_>) -> String {
    let template = language.catalogue().table(TableText::Phrase(said));
    let count = |count: u32| format::number(language, count.into());
    let values: Vec<(&str, String)> = match *said {
        TablePhrase::MoveEarlier { column }
        | TablePhrase::MoveLater { column }
        | TablePhrase::WidthOf { column } => vec![("column", column.to_owned())],
        TablePhrase::SharedBy { name }
        | TablePhrase::SelectHost { name }
        | TablePhrase::ViewSaved { name } => vec![("name", name.to_owned())],
        TablePhrase::SelectMatching { count: n }
        | TablePhrase::MatchingSelected { count: n }
        | TablePhrase::SuggestionsCount { count: n } => vec![("count", count(n))],
        TablePhrase::SelectedElsewhere { count: n, elsewhere } => {
            vec![("count", count(n)), ("elsewhere", count(elsewhere))]
        }
    };
    template::text(template, values.as_slice())
}

/// What is wrong with a query: the term, and why.
pub fn query_problem(language: Language, invalid: &InvalidQuery) -> String {
    let template = language.catalogue().table(TableText::Problem(&invalid.problem));
    let number = |count: usize| format::number(language, u64::try_from(count).unwrap_or(u64::MAX));
    let mut values = vec![("term", invalid.term.clone())];
    values.extend(match &invalid.problem {
        QueryProblem::TooLong => Some(("count", number(HostQuery::MAX_TEXT))),
        QueryProblem::TooManyTerms => Some(("count", number(HostQuery::MAX_TERMS))),
        QueryProblem::TooManyValues => Some(("count", number(HostQuery::MAX_VALUES))),
        QueryProblem::NotOneOf { possible } => Some(("possible", possible.join(", "))),
        QueryProblem::NoAge { field } => Some(("field", (*field).to_owned())),
        QueryProblem::NoValue | QueryProblem::NoReason | QueryProblem::NoFingerprint => None,
    });
    template::text(template, values.as_slice())
}
