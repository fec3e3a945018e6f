use std::{fmt, net::IpAddr, sync::Arc};

/// Ties the answer to a request that came in. The carrier gives it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PushId(pub u64);

/// A POST to `/forms/push`.
///
/// Whoever listens answers every other method and address with HTTP 403 by itself. A body longer than
/// [`crate::limits::PUSH_BODY_BYTES_MAX`] may be cut one byte behind that length: the phone refuses it for its size.
#[derive(Clone, PartialEq, Eq)]
pub struct PushRequest {
    /// To be named in the answer.
    pub id: PushId,
    /// Who posts it.
    pub peer: IpAddr,
    /// The form: `XMLData=…`, url-encoded or not, whatever `Content-Type` says.
    pub body: Arc<[u8]>,
}

/// Without the body: what is pushed is a page's affair.
impl fmt::Debug for PushRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PushRequest {} from {}: {} bytes", self.id.0, self.peer, self.body.len())
    }
}
