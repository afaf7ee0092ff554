//! An export on its way: read a page, write it, read the next.

use std::future::Future;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::{Format, Row, csv};
use crate::store::StoreError;

/// The longest name of a file, in characters, without what it ends with.
const LONGEST_NAME: usize = 100;

/// Where rows come from, page by page.
pub trait Pages: Send + 'static {
    /// A row.
    type Row: Row + Send;

    /// The next page; an empty one is the end.
    fn next(&mut self) -> impl Future<Output = Result<Vec<Self::Row>, StoreError>> + Send;
}

/// The whole export as a file named `name`, whose CSV begins with `heading`. If a page cannot be
/// read the transfer breaks off, so that nobody takes a part for the whole; the log says why.
pub fn download(name: &str, format: Format, heading: Vec<String>, pages: impl Pages) -> Response {
    let head = match format {
        Format::Csv => Some(format!("{}{}", csv::START, csv::line(heading))),
        Format::JsonLines => None,
    };
    let chunks = unfold((pages, head, false), move |(mut pages, head, ended)| async move {
        if let Some(head) = head {
            return Some((Ok(Bytes::from(head)), (pages, None, ended)));
        }
        if ended {
            return None;
        }
        match pages.next().await {
            Ok(rows) if rows.is_empty() => None,
            Ok(rows) => Some((Ok(Bytes::from(written(&rows, format))), (pages, None, false))),
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                Some((Err(std::io::Error::other(error)), (pages, None, true)))
            }
        }
    });
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(name, format))),
    ];
    (headers, Body::from_stream(chunks)).into_response()
}

fn written(rows: &[impl Row], format: Format) -> String {
    let mut text = String::with_capacity(rows.len() * 256);
    for row in rows {
        match format {
            Format::Csv => text.push_str(&csv::line(row.cells())),
            Format::JsonLines => {
                // Rows are the model's types: they hold nothing that JSON cannot.
                text.push_str(&serde_json::to_string(row).unwrap_or_default());
                text.push('\n');
            }
        }
    }
    text
}

/// Only letters that every file system and header takes.
fn file_name(name: &str, format: Format) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let name: String = name.chars().map(fits).take(LONGEST_NAME).collect();
    format!("{name}.{}", format.code())
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Host {
        name: &'static str,
        number: u32,
    }

    impl Row for Host {
        fn cells(&self) -> Vec<String> {
            vec![self.name.to_owned(), self.number.to_string()]
        }
    }

    /// Pages of one row each; the page that fails, if any.
    struct Some3 {
        given: u32,
        fails_at: Option<u32>,
    }

    impl Pages for Some3 {
        type Row = Host;

        async fn next(&mut self) -> Result<Vec<Host>, StoreError> {
            self.given += 1;
            if self.fails_at == Some(self.given) {
                return Err(StoreError::inconsistent("hosts", "name", self.given));
            }
            let row = |number| Host { name: "=web,1", number };
            Ok((self.given < 4).then(|| row(self.given)).into_iter().collect())
        }
    }

    async fn text(format: Format) -> String {
        let heading = vec!["Name".to_owned(), "Number".to_owned()];
        let pages = Some3 { given: 0, fails_at: None };
        let response = download("hosts Köln", format, heading, pages);
        let name = response.headers()[CONTENT_DISPOSITION].to_str().unwrap().to_owned();
        assert_eq!(name, format!("attachment; filename=\"hosts_K_ln.{}\"", format.code()));
        let bytes = to_bytes(response.into_body(), 10_000).await.unwrap();
        String::from_utf8(bytes.into()).unwrap()
    }

    #[tokio::test]
    async fn every_page_is_written_in_order() {
        let csv = "\u{feff}Name,Number\r\n\"'=web,1\",1\r\n\"'=web,1\",2\r\n\"'=web,1\",3\r\n";
        assert_eq!(text(Format::Csv).await, csv);
        let lines = text(Format::JsonLines).await;
        assert_eq!(lines.lines().count(), 3);
        assert_eq!(lines.lines().next(), Some(r#"{"name":"=web,1","number":1}"#));
    }

    #[tokio::test]
    async fn a_part_is_not_taken_for_the_whole() {
        let pages = Some3 { given: 0, fails_at: Some(2) };
        let response = download("hosts", Format::Csv, Vec::new(), pages);
        assert!(to_bytes(response.into_body(), 10_000).await.is_err());
    }
}
