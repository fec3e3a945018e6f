//! Which version of a file a client has, and which part of it is asked for (RFC 9110, sections 13 and 14).

use std::{ops::Range, time::UNIX_EPOCH};

use headers::{ETag, HeaderMapExt, IfMatch, IfModifiedSince, IfNoneMatch, IfRange, IfUnmodifiedSince, LastModified};
use http_range_header::{EndPosition, StartPosition, parse_range_header};
use hyper::{HeaderMap, header::RANGE};

use crate::disk::About;

/// What tells one version of a file from another.
pub(super) struct Version {
    tag: Option<ETag>,
    modified: Option<LastModified>,
}

/// What of a file is to be sent.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Bytes(Range<u64>),
    /// Nothing: it ends before the bytes that were asked for.
    Outside,
    /// Nothing: the client has this version.
    Unchanged,
    /// Nothing: the client wants another version only.
    Another,
}

impl Version {
    /// A stored file is a new one on the disk, so its number tells it from its forerunner even within one tick of
    /// the clock; one that is edited in its place has another time.
    pub(super) fn of(about: About<'_>) -> Self {
        let since = about.modified.and_then(|modified| modified.duration_since(UNIX_EPOCH).ok());
        let tag = since.map(|since| format!("\"{:x}-{:x}-{:x}\"", about.inode, about.size, since.as_nanos()));
        Version { tag: tag.and_then(|tag| tag.parse().ok()), modified: about.modified.map(LastModified::from) }
    }

    /// Tells the client, for the next time.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        if let Some(tag) = &self.tag {
            headers.typed_insert(tag.clone());
        }
        if let Some(modified) = self.modified {
            headers.typed_insert(modified);
        }
    }

    /// What a request with these headers is to get of `size` bytes. Parts are for `GET` alone. The order is that of
    /// RFC 9110, section 13.2.2.
    pub(super) fn part(&self, asked: &HeaderMap, size: u64, is_get: bool) -> Part {
        if !self.is_wanted(asked) {
            return Part::Another;
        }
        if self.is_known(asked) {
            return Part::Unchanged;
        }
        let Some(range) = asked.get(RANGE).filter(|_| is_get) else { return Part::Whole };
        let outdated = asked
            .typed_get::<IfRange>()
            .is_some_and(|if_range| if_range.is_modified(self.tag.as_ref(), self.modified.as_ref()));
        if outdated { Part::Whole } else { part(range.to_str().unwrap_or_default(), size) }
    }

    fn is_wanted(&self, asked: &HeaderMap) -> bool {
        if let Some(wanted) = asked.typed_get::<IfMatch>() {
            return wanted.is_any() || self.tag.as_ref().is_some_and(|tag| wanted.precondition_passes(tag));
        }
        match (asked.typed_get::<IfUnmodifiedSince>(), self.modified) {
            (Some(since), Some(modified)) => since.precondition_passes(modified.into()),
            _ => true,
        }
    }

    fn is_known(&self, asked: &HeaderMap) -> bool {
        if let Some(known) = asked.typed_get::<IfNoneMatch>() {
            return self.tag.as_ref().is_some_and(|tag| !known.precondition_passes(tag));
        }
        match (asked.typed_get::<IfModifiedSince>(), self.modified) {
            (Some(since), Some(modified)) => !since.is_modified(modified.into()),
            _ => false,
        }
    }
}

/// Several ranges, and what is no range, get the whole file, as RFC 9110, section 14.2 allows.
fn part(range: &str, size: u64) -> Part {
    let Ok(ranges) = parse_range_header(range) else { return Part::Whole };
    let [range] = ranges.ranges[..] else { return Part::Whole };
    let begin = match range.start {
        StartPosition::Index(begin) => begin,
        StartPosition::FromLast(length) => size.saturating_sub(length),
    };
    let end = match range.end {
        EndPosition::Index(last) if last < begin => return Part::Whole,
        EndPosition::Index(last) => size.min(last.saturating_add(1)),
        EndPosition::LastByte => size,
    };
    if begin < end { Part::Bytes(begin..end) } else { Part::Outside }
}
