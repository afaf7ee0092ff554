//! The audit trail as a file: each event in words, with its number and hash.

use serde::Serialize;
use trustboard_app::text::{self, AdminWord, Language};
use trustboard_model::event::{Event, EventSeq};
use trustboard_model::view::{AuditFilter, AuditRow};

use crate::ctx::Ctx;
use crate::export::{Pages, Row};
use crate::query;
use crate::store::StoreError;

/// Events read at a time.
const BATCH: u32 = 1000;

/// The heading of the CSV.
pub(crate) fn heading(language: Language) -> Vec<String> {
    let words = [
        AdminWord::Number,
        AdminWord::When,
        AdminWord::Who,
        AdminWord::Kind,
        AdminWord::Datacenter,
        AdminWord::HostColumn,
        AdminWord::What,
        AdminWord::Hash,
    ];
    words.map(|word| text::admin_word(language, word).to_owned()).to_vec()
}

/// Events that match a filter, newest first, page by page. What happens meanwhile is not in it.
pub(crate) struct AuditPages {
    ctx: Ctx,
    filter: AuditFilter,
    language: Language,
}

impl AuditPages {
    /// All that match.
    pub(crate) fn new(ctx: Ctx, filter: AuditFilter, language: Language) -> Self {
        Self { ctx, filter, language }
    }
}

/// One event. In JSON as it was committed, with the names of what it is about.
#[derive(Serialize)]
pub(crate) struct Exported {
    #[serde(flatten)]
    event: Event,
    datacenter_name: Option<String>,
    host_name: Option<String>,
    /// In a sentence of the reader's language.
    words: String,
    #[serde(skip)]
    actor: String,
}

impl Row for Exported {
    fn cells(&self) -> Vec<String> {
        let event = &self.event;
        vec![
            event.seq.0.to_string(),
            event.at.to_string(),
            self.actor.clone(),
            event.kind.code().to_owned(),
            self.datacenter_name.clone().unwrap_or_default(),
            self.host_name.clone().unwrap_or_default(),
            self.words.clone(),
            event.hash.to_string(),
        ]
    }
}

impl Pages for AuditPages {
    type Row = Exported;

    async fn next(&mut self) -> Result<Vec<Exported>, StoreError> {
        if self.filter.before == Some(EventSeq(0)) {
            return Ok(Vec::new());
        }
        let rows = query::audit_rows(&self.ctx, &self.filter, BATCH).await?;
        let last = rows.last().map_or(EventSeq(0), |row| row.event.seq);
        self.filter.before = Some(last);
        let language = self.language;
        let exported = |AuditRow { event, datacenter, host, .. }: AuditRow| Exported {
            words: text::event(language, &event.kind),
            actor: text::actor(language, &event.actor),
            datacenter_name: datacenter,
            host_name: host,
            event,
        };
        Ok(rows.into_iter().map(exported).collect())
    }
}
