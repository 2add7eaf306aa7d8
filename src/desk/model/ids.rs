//! Identifiers. Each is a newtype over a string, so that an article's id cannot be passed for an event's. A copy shares
//! the string.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

macro_rules! string_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);

        impl $name {
            /// Wraps an identifier as it was read or computed.
            pub fn new(id: impl Into<SmolStr>) -> Self {
                Self(id.into())
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

string_ids! {
    /// A feed that is polled: the stable hash of the URL it was configured with.
    FeedId;
    /// One version of one article.
    ArticleId;
    /// An event of a storyline.
    EventId;
    /// A story: the id of the article that opened it.
    StoryId;
    /// One slot value as one sentence of one article states it.
    ClaimId;
    /// An alert; the same over all its versions and deliveries.
    AlertId;
    /// One alert on its way to one channel: the `webhook-id` a receiver deduplicates by.
    DeliveryId;
    /// A storyline, by the file name of its TOML.
    StorylineId;
    /// A watchlist, by the file name of its TOML.
    WatchlistId;
    /// A channel of the configuration, by its key.
    ChannelId;
    /// A language pack: an ISO 639-1 code.
    LanguageId;
    /// A slot of an event, such as `date` or `head.us`.
    Slot;
}

impl Slot {
    /// The slot without its party: `head` for `head.us`.
    pub fn family(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }
}

/// A stable 128-bit hash of the parts, as 32 hexadecimal digits. The parts are separated by a byte that UTF-8 never
/// holds, so that `["ab", "c"]` and `["a", "bc"]` differ. XXH3 is used because its output is fixed across versions.
pub fn stable_id(parts: &[&str]) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0xff]);
    }
    let mut digits = String::with_capacity(32);
    for byte in hasher.digest128().to_be_bytes() {
        for digit in [byte >> 4, byte & 15] {
            digits.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    digits
}
