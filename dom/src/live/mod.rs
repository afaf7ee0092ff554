//! The live stream: hints about what changed. The pages of one browser share one stream for each
//! thing they look at.

mod hearing;
mod share;
mod stream;

use std::rc::Rc;

use hearing::Hearing;
use share::Share;
use stream::Stream;

/// Where a stream begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// Who listens, by id: pages of another viewer share another stream. Nobody shares with nobody.
    pub viewer: Option<String>,
    /// The datacenter, by id; nothing: all of them.
    pub datacenter: Option<String>,
    /// The number of the last event that the page knows of; 0 if it knows of none.
    pub after: u64,
}

impl Start {
    /// The stream's address. `after` is the event from which to resume; without one, it begins now.
    fn address(&self, after: u64) -> String {
        let mut query = Vec::new();
        if let Some(id) = &self.datacenter {
            query.push(format!("datacenter={id}"));
        }
        if after != 0 {
            query.push(format!("after={after}"));
        }
        format!("/api/v1/live?{}", query.join("&"))
    }
}

/// What a page hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The stream is open.
    Live,
    /// It broke; it will be opened again.
    Lost,
    /// A hint, as JSON.
    Hint(String),
    /// Hints may have been missed.
    Gap,
}

/// A page that listens, until this is dropped.
#[must_use = "it ends when it is dropped"]
pub struct Listening {
    _hearing: Rc<Hearing>,
    _source: Source,
}

/// Where the hints come from.
#[expect(dead_code, reason = "kept until it is dropped, which ends it")]
enum Source {
    Own(Rc<Stream>),
    Shared(Share),
}

/// Listens, to a stream of its own or to that of another page of this browser.
pub fn listen(start: Start, hear: impl Fn(Heard) + 'static) -> Listening {
    let hearing = Rc::new(Hearing::new(start, hear));
    let viewer = hearing.start().viewer.clone();
    let source = match viewer.and_then(|viewer| Share::join(&viewer, &hearing)) {
        Some(share) => Source::Shared(share),
        None => Source::Own(Stream::open(&hearing, |_| ())),
    };
    Listening { _hearing: hearing, _source: source }
}
