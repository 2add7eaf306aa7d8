//! robots.txt (RFC 9309): whether a page may be fetched, for pages that a reader did not ask for by name.
//!
//! The longest matching rule decides, and `allow` wins a tie. Matching takes time linear in path and pattern for each
//! star, without regular expressions, so that a file of thousands of rules costs little. What cannot be read restricts
//! nothing; a server that answers with an error of its own restricts everything until it is well again (§2.3.1).

/// Bytes of a file that are read; RFC 9309 §2.5 asks for 500 KiB at least.
pub const BYTES_MAX: usize = 512 * 1024;

/// Rules that are kept: more than the longest files of large sites have.
const RULES_MAX: usize = 20_000;

/// Bytes of a pattern; a longer one is cut and matches by what is left.
const PATTERN_BYTES_MAX: usize = 2048;

/// Stars of a pattern; each can cost one pass over the path.
const STARS_MAX: usize = 32;

/// The product token of our User-Agent.
pub const PRODUCT: &str = "marsad";

/// Why a page may, or may not, be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permission {
    /// No rule of the file is about the page.
    NoRule,
    /// The rule that allows it.
    AllowedBy(String),
    /// The rule that forbids it.
    ForbiddenBy(String),
    /// There is no file: 4xx.
    NoFile,
    /// The file cannot be had now: 5xx, or no answer.
    Unreachable,
}

impl Permission {
    /// Whether the page may be fetched.
    pub fn is_granted(&self) -> bool {
        !matches!(self, Permission::ForbiddenBy(_) | Permission::Unreachable)
    }
}

/// What a robots.txt says to us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// The pattern as written, and in the form in which paths are compared.
    written: String,
    pattern: Vec<u8>,
}

impl Robots {
    /// Reads a file for a product token. Groups that name it count together; those of `*` count when none does.
    pub fn read(body: &[u8], product: &str) -> Self {
        let text = String::from_utf8_lossy(&body[..body.len().min(BYTES_MAX)]);
        let (mut ours, mut all) = (Vec::new(), Vec::new());
        let mut named = false;
        // Whether the group that we are in is ours, or everybody's; and whether its rules have begun.
        let (mut is_ours, mut is_all, mut begun) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if begun {
                        (is_ours, is_all, begun) = (false, false, false);
                    }
                    is_ours |= names(value, product);
                    is_all |= value == "*";
                    named |= is_ours;
                }
                "allow" | "disallow" => {
                    begun = true;
                    let Some(rule) = Rule::of(key == "allow", value) else { continue };
                    if is_ours && ours.len() < RULES_MAX {
                        ours.push(rule.clone());
                    }
                    if is_all && all.len() < RULES_MAX {
                        all.push(rule);
                    }
                }
                // Other records, a sitemap say, belong to no group and end none.
                _ => {}
            }
        }
        Self { rules: if named { ours } else { all } }
    }

    /// Whether a page may be fetched. `path` is the path of its URL with the query, if any.
    pub fn permission(&self, path: &str) -> Permission {
        if path == "/robots.txt" {
            return Permission::NoRule;
        }
        let path = comparable(path);
        let mut best: Option<&Rule> = None;
        for rule in self.rules.iter().filter(|rule| matches(&rule.pattern, &path)) {
            let rank = |rule: &Rule| (rule.pattern.len(), rule.allow);
            if best.is_none_or(|known| rank(rule) > rank(known)) {
                best = Some(rule);
            }
        }
        match best {
            None => Permission::NoRule,
            Some(rule) if rule.allow => Permission::AllowedBy(rule.written.clone()),
            Some(rule) => Permission::ForbiddenBy(rule.written.clone()),
        }
    }
}

impl Rule {
    /// An empty pattern matches nothing (§2.2.2).
    fn of(allow: bool, value: &str) -> Option<Self> {
        if value.is_empty() {
            return None;
        }
        let mut end = value.len().min(PATTERN_BYTES_MAX);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        let mut stars = 0;
        let mut pattern = comparable(&value[..end]);
        // A star beside a star means nothing; those beyond the limit end the pattern.
        pattern.dedup_by(|a, b| *a == b'*' && *b == b'*');
        let cut = pattern.iter().position(|byte| {
            stars += usize::from(*byte == b'*');
            stars > STARS_MAX
        });
        pattern.truncate(cut.unwrap_or(pattern.len()));
        Some(Self { allow, written: value.to_owned(), pattern })
    }
}

/// Whether a group's name is our product token: its letters up to what is no part of one, in any case.
fn names(value: &str, product: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    let end = value.find(|c| !is_token(c)).unwrap_or(value.len());
    value[..end].eq_ignore_ascii_case(product)
}

/// A path or pattern with escapes in one form: what need not be escaped is not, everything outside ASCII is.
fn comparable(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let (byte, escaped) = match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => ((high * 16 + low) as u8, true),
            (byte, ..) => (byte, false),
        };
        at += if escaped { 3 } else { 1 };
        let free = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if free || (!escaped && byte.is_ascii()) {
            out.push(byte);
        } else {
            out.extend(format!("%{byte:02X}").bytes());
        }
    }
    out
}

/// Whether a pattern matches the beginning of a path. `*` is any run of characters, `$` at the end the path's end.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = match pattern.split_last() {
        Some((b'$', rest)) => (rest, true),
        _ => (pattern, false),
    };
    // The last star seen, and where in the path what follows it was tried.
    let (mut p, mut at, mut star) = (0, 0, None);
    loop {
        if p == pattern.len() && (!whole || at == path.len()) {
            return true;
        }
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, at));
            p += 1;
            continue;
        }
        if at < path.len() && pattern.get(p) == Some(&path[at]) {
            (p, at) = (p + 1, at + 1);
            continue;
        }
        let Some((star_p, star_at)) = star.filter(|(_, star_at)| *star_at < path.len()) else {
            return false;
        };
        star = Some((star_p, star_at + 1));
        (p, at) = (star_p + 1, star_at + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(file: &str, path: &str) -> Permission {
        Robots::read(file.as_bytes(), PRODUCT).permission(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let file = "User-agent: *\nDisallow: /news/\nAllow: /news/open\nDisallow: /*.pdf$\nAllow: /p\nDisallow: /p\nDisallow:\n";
        for (path, granted) in [
            ("/", true),
            ("/news/1", false),
            ("/news/open/1", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x=1", true),
            ("/page", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(permission(file, path).is_granted(), granted, "{path}");
        }
        let why = permission(file, "/news/1");
        assert_eq!(why, Permission::ForbiddenBy("/news/".to_owned()));
    }

    #[test]
    fn our_groups_count_together_and_others_do_not() {
        let file = "User-agent: other\nUser-agent: MARSAD/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nSitemap: x\nuser-agent: marsad\ndisallow: /b # why\n";
        for (path, granted) in [("/a", false), ("/b", false), ("/c", true)] {
            assert_eq!(permission(file, path).is_granted(), granted, "{path}");
        }
        let others = "User-agent: marsadbot\nDisallow: /\n";
        assert!(permission(others, "/").is_granted(), "another product's name");
        let everybody = "\u{feff}User-agent: *\r\nCrawl-delay: 5\r\nDisallow: /x\r\n";
        assert!(!permission(everybody, "/x").is_granted());
    }

    #[test]
    fn escapes_have_one_form() {
        for (pattern, path, granted) in [
            ("/أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1", false),
            ("/%D0%BC%d0%b8%D1%80", "/мир", false),
            ("/a%2Db", "/a-b", false),
            ("/a%2Fb", "/a/b", true),
            ("/%zz", "/%zz", false),
        ] {
            let file = format!("user-agent:*\ndisallow:{pattern}");
            assert_eq!(permission(&file, path).is_granted(), granted, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_robots_file_restricts_nothing() {
        for file in [
            "",
            "<html><body>404</body></html>",
            "Disallow: /",
            "user-agent\ndisallow",
            "\u{0}:\u{0}",
        ] {
            assert!(permission(file, "/news").is_granted(), "{file:?}");
        }
    }

    #[test]
    fn hostile_files_end() {
        let stars = format!("user-agent: *\n{}", "disallow: /*a*a*a*a*a*a*a*a*a*b$\n".repeat(500));
        assert!(permission(&stars, &format!("/{}", "a".repeat(2000))).is_granted());
        let long = format!("user-agent: *\ndisallow: /{}", "*x".repeat(1_000_000));
        assert!(permission(&long, "/").is_granted());
    }
}
