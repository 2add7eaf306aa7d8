//! Bytes to text, once, at the edge: which charset a feed is in, whatever it says.
//!
//! In order: byte order mark, the `charset` of the HTTP header, the XML declaration or HTML meta element, and a guess
//! from the bytes. A declaration is checked against the bytes, because UTF-8 can hardly be met by accident: bytes that
//! are UTF-8 are read as UTF-8 whatever the label says, and bytes labelled UTF-8 that are not are guessed.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use url::Url;

use crate::desk::parse::Notes;

/// Bytes at the start that are searched for a declaration; the HTML standard looks at 1024.
const DECLARATION_BYTES: usize = 1024;

/// Valid multi-byte sequences for each damaged one, from which on a text is UTF-8 with damage and not another charset.
const SOUND_TO_DAMAGED: usize = 10;

/// Decodes a body; everything that had to be corrected is noted.
pub(crate) fn decode<'b>(
    body: &'b [u8],
    content_type: Option<&str>,
    url: &str,
    notes: &mut Notes,
) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        let (text, damaged) = encoding.decode_without_bom_handling(&body[mark..]);
        if damaged {
            notes.say(format!("{}: some bytes are damaged", encoding.name()));
        }
        return text;
    }
    if let Some(encoding) = utf16_without_mark(body) {
        notes.say(format!("read as {} although it has no byte order mark", encoding.name()));
        return encoding.decode_without_bom_handling(body).0;
    }
    let declared = content_type.and_then(charset_parameter).or_else(|| declaration(body));
    // A document whose declaration can be read byte by byte is not UTF-16, whatever it says.
    let declared = declared.filter(|e| *e != UTF_16LE && *e != UTF_16BE);
    match (declared, std::str::from_utf8(body)) {
        (None, Ok(text)) => Cow::Borrowed(text),
        (Some(label), Ok(text)) => {
            // Stateful charsets such as ISO-2022-JP are ASCII bytes, and so valid UTF-8 too.
            if !label.is_ascii_compatible() {
                return label.decode_without_bom_handling(body).0;
            }
            if label != UTF_8 && !text.is_ascii() {
                notes.say(format!("labelled {}, but the bytes are UTF-8", label.name()));
            }
            Cow::Borrowed(text)
        }
        (Some(label), Err(_)) if label != UTF_8 => {
            let (text, damaged) = label.decode_without_bom_handling(body);
            if damaged {
                notes.say(format!("{}: some bytes are damaged", label.name()));
            }
            text
        }
        (label, Err(_)) => guess(body, label, url, notes),
    }
}

fn guess<'b>(
    body: &'b [u8],
    label: Option<&'static Encoding>,
    url: &str,
    notes: &mut Notes,
) -> Cow<'b, str> {
    let mut sound = 0;
    let mut damaged = 0;
    for chunk in body.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if sound >= damaged * SOUND_TO_DAMAGED {
        notes.say(format!("UTF-8 with {damaged} damaged bytes"));
        return String::from_utf8_lossy(body);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
    let domain = top_level_domain(url);
    let encoding = detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny);
    let said = label.map_or("no charset is declared".to_owned(), |_| "labelled UTF-8".to_owned());
    notes.say(format!("{said}, but the bytes are not UTF-8: read as {}", encoding.name()));
    encoding.decode_without_bom_handling(body).0
}

/// The last label of the host, which the detector uses as a hint; it accepts lower-case ASCII only.
fn top_level_domain(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let last = url.domain()?.rsplit('.').next()?.to_ascii_lowercase();
    let plain = !last.is_empty() && last.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    plain.then_some(last)
}

fn utf16_without_mark(body: &[u8]) -> Option<&'static Encoding> {
    match body {
        [b'<' | b'{', 0, c, 0, ..] if *c != 0 => Some(UTF_16LE),
        [0, b'<' | b'{', 0, c, ..] if *c != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn charset_parameter(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    let value = lower.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name.trim() == "charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })?;
    Encoding::for_label(value.as_bytes())
}

/// `encoding="…"` of an XML declaration, or `charset=…` of a meta element.
fn declaration(body: &[u8]) -> Option<&'static Encoding> {
    let head = &body[..body.len().min(DECLARATION_BYTES)];
    let head: String = head.iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let after = match head.find("<?xml") {
        Some(at) => {
            let end = head[at..].find("?>").map_or(head.len(), |e| at + e);
            let declaration = &head[at..end];
            &declaration[declaration.find("encoding")? + "encoding".len()..]
        }
        None if head.contains("<meta") => &head[head.find("charset")? + "charset".len()..],
        None => return None,
    };
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ' ', '?', '>', ';', '/']).unwrap_or(value.len());
    Encoding::for_label(value[..end].trim().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{KOI8_R, WINDOWS_1251, WINDOWS_1256};

    const RU: &str = "Переговоры России и США пройдут в Стамбуле десятого апреля, сообщил Песков.";
    const AR: &str = "تنطلق المحادثات الروسية الأمريكية في إسطنبول في العاشر من أبريل المقبل";

    fn check(body: &[u8], content_type: Option<&str>, expect: &str, note: &str) {
        let mut notes = Notes::default();
        let text = decode(body, content_type, "https://example.org/", &mut notes);
        assert!(text.contains(expect), "{text:?} lacks {expect:?}");
        let said = notes.into_vec().iter().map(|n| n.0.clone()).collect::<Vec<_>>().join("; ");
        assert!(
            said.contains(note) && said.is_empty() == note.is_empty(),
            "{said:?}, not {note:?}"
        );
    }

    fn xml(label: &str, text: &str) -> String {
        format!("<?xml version='1.0' encoding='{label}'?><rss>{text}</rss>")
    }

    #[test]
    fn declared_charsets_are_believed_when_the_bytes_agree() {
        let html = "application/xml; charset=\"windows-1256\"";
        check(&WINDOWS_1251.encode(&xml("windows-1251", RU)).0, None, RU, "");
        check(&WINDOWS_1256.encode(&xml("windows-1256", AR)).0, None, AR, "");
        check(&KOI8_R.encode(&xml("KOI8-R", RU)).0, None, RU, "");
        check(&WINDOWS_1256.encode(&xml("utf-8", AR)).0, Some(html), AR, "");
        check(xml("utf-8", AR).as_bytes(), None, AR, "");
        check(b"{\"a\":1}", None, "{\"a\":1}", "");
    }

    #[test]
    fn wrong_labels_are_corrected_and_noted() {
        let utf8 = Some("text/xml; charset=utf-8");
        check(xml("windows-1251", RU).as_bytes(), None, RU, "labelled windows-1251");
        check(xml("windows-1256", AR).as_bytes(), None, AR, "labelled windows-1256");
        check(&WINDOWS_1251.encode(&xml("utf-8", RU)).0, None, RU, "read as windows-1251");
        check(&WINDOWS_1251.encode(RU).0, utf8, RU, "read as windows-1251");
        check(&WINDOWS_1256.encode(&xml("utf-8", AR)).0, None, AR, "read as windows-1256");
        check(&KOI8_R.encode(RU).0, None, RU, "read as KOI8-");
        let mut damaged = AR.as_bytes().to_vec();
        damaged.push(0xff);
        check(&damaged, None, AR, "1 damaged");
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let text = xml("utf-16", RU);
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[&[0xff, 0xfe][..], &le].concat(), None, RU, "");
        check(&[&[0xfe, 0xff][..], &be].concat(), None, RU, "");
        check(&le, None, RU, "no byte order mark");
        check(&be, None, RU, "no byte order mark");
        check(xml("utf-16", AR).as_bytes(), None, AR, "");
    }
}
