//! A file that somebody imports: one certificate, several, or an archive of such files.

use trustboard_attest::{FileItem, read_makers_file};

use super::archive::unpack;

/// One thing that the file holds, with its place.
pub struct Found {
    /// The file it was in, with the archives around it.
    pub place: String,
    /// Which one of that file, from 1, if it held several.
    pub number: Option<u32>,
    /// The thing.
    pub item: FileItem,
}

/// Everything that a file holds, in its order. Takes as long as its signatures take to verify:
/// not for an async thread.
pub fn read(name: &str, bytes: Vec<u8>) -> Vec<Found> {
    let mut all = Vec::new();
    for file in unpack(name, bytes) {
        let items = match file.content {
            Ok(bytes) => read_makers_file(&bytes),
            Err(problem) => vec![FileItem::Refused { facts: None, problem }],
        };
        let several = items.len() > 1;
        for (number, item) in (1..).zip(items) {
            let number = several.then_some(number);
            all.push(Found { place: file.name.clone(), number, item });
        }
    }
    all
}
