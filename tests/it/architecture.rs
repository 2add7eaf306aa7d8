//! The rules of the house, read from the sources: the desk is pure, and shells do not see each other.

use std::path::{Path, PathBuf};

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            out.push(path);
        }
    }
}

/// The code of a file without comments and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a file");
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first segments after `crate::`, in groups too.
fn targets(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let group = rest.strip_prefix('{').map(|g| g.split('}').next().unwrap_or_default());
        let names = group.map_or_else(|| vec![rest], |g| g.split(',').collect());
        for name in names {
            let first: String =
                name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            out.push(first);
        }
    }
    out
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn the_desk_sees_nothing_but_itself() {
    const EFFECTS: [&str; 12] = [
        "tokio::",
        "reqwest::",
        "rusqlite::",
        "axum::",
        "std::fs",
        "std::net::Tcp",
        "std::env",
        "std::thread",
        "std::process",
        "SystemTime",
        "Instant::now",
        "rand::",
    ];
    let mut files = vec![root().join("desk.rs")];
    sources(&root().join("desk"), &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let code = code(file);
        for target in targets(&code).iter().filter(|target| *target != "desk") {
            wrong.push(format!("{}: crate::{target}", file.display()));
        }
        for word in EFFECTS.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{}: {word}", file.display()));
        }
    }
    assert!(files.len() > 30, "the desk was found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shells_do_not_see_each_other() {
    let allowed: [(&str, &[&str]); 7] = [
        ("config", &["config", "desk"]),
        ("http", &["http", "desk"]),
        ("clock", &["clock"]),
        ("fetch", &["fetch", "desk", "http", "clock"]),
        ("store", &["store", "desk"]),
        ("deliver", &["deliver", "desk", "http", "clock"]),
        ("web", &["web", "desk", "store"]),
    ];
    let mut wrong = Vec::new();
    for (room, may) in allowed {
        let mut files = vec![root().join(format!("{room}.rs"))];
        if root().join(room).is_dir() {
            sources(&root().join(room), &mut files);
        }
        for file in files.iter().filter(|file| !file.components().any(|c| c.as_os_str() == "tests"))
        {
            for target in targets(&code(file)).iter().filter(|t| !may.contains(&t.as_str())) {
                wrong.push(format!("{}: crate::{target}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_over() {
    let mut files = Vec::new();
    sources(&root(), &mut files);
    for file in files {
        let code = code(&file);
        for word in ["todo!(", "unimplemented!(", "dbg!(", "#[allow("] {
            assert!(!code.contains(word), "{}: {word}", file.display());
        }
    }
}
