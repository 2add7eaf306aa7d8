//! Signatures of webhooks, by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, written as `v1,` and base64.
//!
//! Several keys give several signatures in one header, so that a receiver can change keys without losing a message.
//! [`verify`] is the receiver's half: the tests and the demonstration check with it what was really sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How long a key may be, in bytes, after decoding.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The length of an HMAC-SHA256. A shorter signature is refused, however well it begins.
const SIGNATURE_BYTES: usize = 32;

/// Signatures of one header that are looked at: a header cannot buy more work than a change of keys needs.
const SIGNATURES_MAX: usize = 100;

/// The tolerance that the specification's own libraries use, in seconds.
pub const TOLERANCE_S: u64 = 300;

/// Why a key cannot be used. The text never shows the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// There is no key at all.
    #[error("there is no key")]
    None,
    /// The prefix is missing.
    #[error("the key does not begin with `whsec_`")]
    Prefix,
    /// What follows the prefix is not base64.
    #[error("the key is not base64 after `whsec_`")]
    Base64,
    /// Too short to be safe, or too long to be a key.
    #[error("the key holds {0} bytes instead of 24 to 64")]
    Length(usize),
}

/// Why a message is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// A header that every signed message carries is missing or empty.
    #[error("the header `{0}` is missing")]
    MissingHeader(&'static str),
    /// The timestamp is not a number of seconds.
    #[error("the timestamp is not a whole number of seconds")]
    GarbledTimestamp,
    /// Signed longer ago than the tolerance: it may be a replay.
    #[error("signed {by_s} s before now, which is past the tolerance")]
    TooOld {
        /// Its age in seconds.
        by_s: u64,
    },
    /// Signed further in the future than clocks differ.
    #[error("signed {by_s} s after now, which is past the tolerance")]
    TooNew {
        /// How far ahead, in seconds.
        by_s: u64,
    },
    /// No part of the signature header is a whole `v1` signature.
    #[error("there is no whole `v1` signature")]
    GarbledSignature,
    /// There are signatures, and none is of these keys over this message.
    #[error("no signature fits the message")]
    NoMatch,
    /// One of the receiver's own keys cannot be used.
    #[error(transparent)]
    BadKey(#[from] BadKey),
}

/// The value of the header `webhook-signature`: one signature for each key, separated by blanks.
pub fn sign(keys: &[String], id: &str, timestamp_s: i64, body: &[u8]) -> Result<String, BadKey> {
    let timestamp = timestamp_s.to_string();
    let mut value = String::new();
    for key in usable(keys)? {
        if !value.is_empty() {
            value.push(' ');
        }
        value.push_str("v1,");
        value.push_str(&STANDARD.encode(digest(&key, id, &timestamp, body)?));
    }
    Ok(value)
}

/// Checks a message as its receiver does. The headers are given as they came; `now_s` and `tolerance_s` bound replays.
pub fn verify(
    keys: &[String],
    id: &str,
    timestamp: Option<&str>,
    signature: Option<&str>,
    body: &[u8],
    now_s: i64,
    tolerance_s: u64,
) -> Result<(), Rejection> {
    if id.is_empty() {
        return Err(Rejection::MissingHeader("webhook-id"));
    }
    let present = |value: &&str| !value.is_empty();
    let timestamp =
        timestamp.filter(present).ok_or(Rejection::MissingHeader("webhook-timestamp"))?;
    let signature =
        signature.filter(present).ok_or(Rejection::MissingHeader("webhook-signature"))?;
    within(timestamp, now_s, tolerance_s)?;

    let offered: Vec<Vec<u8>> = signature
        .split(' ')
        .take(SIGNATURES_MAX)
        .filter_map(|part| STANDARD.decode(part.strip_prefix("v1,")?).ok())
        .filter(|bytes| bytes.len() == SIGNATURE_BYTES)
        .collect();
    if offered.is_empty() {
        return Err(Rejection::GarbledSignature);
    }
    // Every pair is compared, so that the time tells neither which key fits nor how much of it.
    let mut fits = Choice::from(0);
    for key in usable(keys)? {
        let expected = digest(&key, id, timestamp, body)?;
        for bytes in &offered {
            fits |= expected.as_slice().ct_eq(bytes);
        }
    }
    if bool::from(fits) { Ok(()) } else { Err(Rejection::NoMatch) }
}

/// Whether the timestamp is near enough to now.
fn within(timestamp: &str, now_s: i64, tolerance_s: u64) -> Result<(), Rejection> {
    // `parse` would take `+5`, which no sender writes.
    if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Rejection::GarbledTimestamp);
    }
    let signed_s: i64 = timestamp.parse().map_err(|_| Rejection::GarbledTimestamp)?;
    let by_s = signed_s.abs_diff(now_s);
    match by_s > tolerance_s {
        true if signed_s < now_s => Err(Rejection::TooOld { by_s }),
        true => Err(Rejection::TooNew { by_s }),
        false => Ok(()),
    }
}

/// The keys as bytes; one bad key makes all fail, so that a mistyped key is not found out by a receiver.
fn usable(keys: &[String]) -> Result<Vec<Vec<u8>>, BadKey> {
    if keys.is_empty() {
        return Err(BadKey::None);
    }
    let decoded = |key: &String| {
        let coded = key.strip_prefix("whsec_").ok_or(BadKey::Prefix)?;
        let bytes = STANDARD.decode(coded).map_err(|_| BadKey::Base64)?;
        if KEY_BYTES.contains(&bytes.len()) { Ok(bytes) } else { Err(BadKey::Length(bytes.len())) }
    };
    keys.iter().map(decoded).collect()
}

fn digest(key: &[u8], id: &str, timestamp: &str, body: &[u8]) -> Result<Vec<u8>, BadKey> {
    // HMAC takes keys of any length; the error exists for other kinds of MAC.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| BadKey::Length(key.len()))?;
    for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
    const AT: i64 = 1_649_367_553;
    const BODY: &[u8] = br#"{"email":"test@example.com","username":"test_user"}"#;
    const SIGNATURE: &str = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";

    fn keys() -> Vec<String> {
        vec!["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".into()]
    }

    fn other_key() -> String {
        format!("whsec_{}", STANDARD.encode([7; 32]))
    }

    fn check(timestamp: Option<&str>, signature: Option<&str>) -> Result<(), Rejection> {
        verify(&keys(), ID, timestamp, signature, BODY, AT, TOLERANCE_S)
    }

    #[test]
    fn the_published_vector_is_signed_and_accepted() {
        assert_eq!(sign(&keys(), ID, AT, BODY).as_deref(), Ok(SIGNATURE));
        assert_eq!(check(Some("1649367553"), Some(SIGNATURE)), Ok(()));
    }

    #[test]
    fn while_keys_change_either_is_accepted() {
        let both = vec![other_key(), keys().remove(0)];
        let value = sign(&both, ID, AT, BODY).expect("usable keys");
        assert_eq!(value.split(' ').count(), 2);
        assert!(value.ends_with(SIGNATURE));
        for key in &both {
            let one = std::slice::from_ref(key);
            let got = verify(one, ID, Some("1649367553"), Some(&value), BODY, AT, TOLERANCE_S);
            assert_eq!(got, Ok(()));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_reason() {
        use Rejection::*;
        let at = Some("1649367553");
        // The first 24 of 32 bytes: right as far as it goes.
        let partial = &SIGNATURE[..3 + 32];
        for (timestamp, signature, why) in [
            (at, Some(partial), GarbledSignature),
            (at, Some("v1,"), GarbledSignature),
            (at, Some("v1,!!!"), GarbledSignature),
            (at, Some(SIGNATURE.trim_start_matches("v1,")), GarbledSignature),
            (at, Some("v2,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="), GarbledSignature),
            (at, Some("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), NoMatch),
            (at, None, MissingHeader("webhook-signature")),
            (at, Some(""), MissingHeader("webhook-signature")),
            (None, Some(SIGNATURE), MissingHeader("webhook-timestamp")),
            (Some("yesterday"), Some(SIGNATURE), GarbledTimestamp),
            (Some("+1649367553"), Some(SIGNATURE), GarbledTimestamp),
            (Some("99999999999999999999"), Some(SIGNATURE), GarbledTimestamp),
            (Some("1649367252"), Some(SIGNATURE), TooOld { by_s: 301 }),
            (Some("1649367854"), Some(SIGNATURE), TooNew { by_s: 301 }),
            (Some("1649367552"), Some(SIGNATURE), NoMatch),
        ] {
            assert_eq!(check(timestamp, signature), Err(why), "{timestamp:?} {signature:?}");
        }
        let with =
            |id: &str, body: &[u8]| verify(&keys(), id, at, Some(SIGNATURE), body, AT, TOLERANCE_S);
        assert_eq!(with("msg_other", BODY), Err(NoMatch));
        assert_eq!(with("", BODY), Err(MissingHeader("webhook-id")));
        assert_eq!(with(ID, b"{}"), Err(NoMatch));
        let foreign = [other_key()];
        let got = verify(&foreign, ID, at, Some(SIGNATURE), BODY, AT, TOLERANCE_S);
        assert_eq!(got, Err(NoMatch));
    }

    #[test]
    fn an_unusable_key_is_told_without_showing_it() {
        let short = format!("whsec_{}", STANDARD.encode([7; 23]));
        let long = format!("whsec_{}", STANDARD.encode([7; 65]));
        for (key, why) in [
            ("C2FVsBQIhrscChlQIMV+b5sSYspob7oD", BadKey::Prefix),
            ("whsec_$$$", BadKey::Base64),
            (short.as_str(), BadKey::Length(23)),
            (long.as_str(), BadKey::Length(65)),
        ] {
            assert_eq!(sign(&[key.to_owned()], ID, AT, BODY), Err(why));
            assert!(!why.to_string().contains(key));
        }
        assert_eq!(sign(&[], ID, AT, BODY), Err(BadKey::None));
    }
}
