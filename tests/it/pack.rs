//! `marsad pack`: skeletons that pass their own check, lints with file and line, and a frame of another kind in data alone.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn marsad(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_marsad")).args(arguments).output().expect("marsad runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn check(folder: &Path) -> (bool, String) {
    let output = marsad(&["pack", "check", &folder.display().to_string()]);
    (output.status.success(), text(&output.stdout))
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

#[test]
fn the_shipped_packs_pass() {
    let output = marsad(&["pack", "check"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains(" 0 errors"), "{}", text(&output.stdout));
}

#[test]
fn a_new_language_passes_and_says_what_to_fill_in() {
    let folder = TempDir::new().expect("a folder");
    let into = folder.path().display().to_string();
    let output = marsad(&["pack", "new", "lang", "fr", "--into", &into]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (passed, found) = check(folder.path());
    assert!(passed, "{found}");
    assert!(found.contains("lang.toml") && found.contains("function words"), "{found}");
    assert!(found.contains("`fr` has no words for: "), "{found}");
    let again = marsad(&["pack", "new", "lang", "fr", "--into", &into]);
    assert_eq!(again.status.code(), Some(1), "what is there is left as it is");
    assert!(text(&again.stderr).contains("is there already"), "{}", text(&again.stderr));
}

#[test]
fn a_new_storyline_passes() {
    let folder = TempDir::new().expect("a folder");
    let into = folder.path().display().to_string();
    let output = marsad(&["pack", "new", "storyline", "grain-talks", "--into", &into]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(folder.path().join("storylines/grain-talks.toml").exists());
    let (passed, found) = check(folder.path());
    assert!(passed, "{found}");
    let wrong = marsad(&["pack", "new", "storyline", "../escape", "--into", &into]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[test]
fn every_lint_names_file_line_and_a_way_out() {
    let words = "packs/lang/en/own.tsv";
    let rules = "packs/frames/meeting.own.pat";
    let people = "packs/gazetteer/people.own.tsv";
    for (path, lines, place, message, passes) in [
        (words, "# mine\nmeting\t-\tget-together", ":2", "`meting` is no tag", false),
        (words, "meeting\t-\tget-together | —", ":1", "holds no word", false),
        (
            words,
            "level\ttechnical\tworking level\nlevel\texpert\tworking level",
            ":2",
            "is both",
            true,
        ),
        (words, "meeting\t-\tpow-wow\nmeeting\t-\tpow wow", ":2", "stands twice", true),
        (words, "meeting\t-\tm\u{435}eting", ":1", "mixes letters", true),
        (
            people,
            "id\tru\njane-doe\tДжейн Доу | Доу\njoan-doe\tДжоан Доу | Доу",
            ":3",
            "is both",
            true,
        ),
        (people, "id\tru\njane-doe\tJane Doe", ":2", "another script", true),
        (
            "packs/gazetteer/topics.own.tsv",
            "id\ten\nbasket-weaving\t",
            ":2",
            "no language has a word",
            true,
        ),
        (rules, "rule own : <term=truce> => level = expert", ":1", "can never match", true),
        (rules, "rule date.unset : <unset> => date = unset", ":1", "a second rule", false),
        (rules, "rule own : <unset> => dat = unset", ":1", "is no slot", false),
        (
            rules,
            "rule own : @l:LEVEL => level = @l\n  ex en \"expert level\" => level=technical",
            ":2",
            "gives level=expert where the example expects level=technical",
            false,
        ),
        (
            "packs/frames/other.toml",
            "id = \"other\"\n[[slot]]\nname = \"rate\"\ntype = \"id\"\nseverity = 4\n",
            ":3",
            "no pattern states the slot `rate`",
            true,
        ),
        ("packs/frames/stray.pat", "rule a : <held> => status = held", ":1", "no frame", false),
    ] {
        let folder = TempDir::new().expect("a folder");
        write(folder.path(), path, lines);
        let (passed, found) = check(folder.path());
        let place = format!("{path}{place}: ");
        let told = found.lines().any(|line| line.contains(&place) && line.contains(message));
        assert!(told, "{place}{message} is not in:\n{found}");
        assert_eq!(passed, passes, "{found}");
    }
}

/// A frame that the program has never heard of, with slots, words and rules in three languages, and no Rust.
#[test]
fn another_kind_of_event_needs_data_alone() {
    let folder = TempDir::new().expect("a folder");
    write(
        folder.path(),
        "packs/frames/truce.toml",
        "id = \"truce\"\n\
         [[slot]]\nname = \"mediator\"\ntype = \"id\"\nseverity = 4\nmany = true\n\
         [[slot]]\nname = \"truce\"\ntype = \"duration\"\nseverity = 5\n\
         [[slot]]\nname = \"rate\"\ntype = \"id\"\nseverity = 5\n\
         [[slot]]\nname = \"decision\"\ntype = \"id\"\nseverity = 5\n",
    );
    for (language, words) in [
        (
            "en",
            "term\ttruce\ttruce | ceasefire\nterm\tmediate\tmediated by | mediation\nterm\trate\tkey rate\nterm\tcut\tcut | lowered",
        ),
        (
            "ru",
            "term\ttruce\tперемири*\nterm\tmediate\tпри посредничестве\nterm\trate\tключев* ставк*\nterm\tcut\tснизил*",
        ),
        ("ar", "term\ttruce\tهدنة\nterm\tmediate\tبوساطة\nterm\trate\tسعر الفائدة\nterm\tcut\tخفض"),
    ] {
        write(folder.path(), &format!("packs/lang/{language}/truce.tsv"), words);
    }
    write(
        folder.path(),
        "packs/frames/truce.pat",
        "rule mediator order=free reach=8 : @who:( PARTY | PERSON | ORG ) <term=mediate> => mediator = @who\n\
         \x20 ex en \"A ceasefire mediated by Turkey was agreed.\" => mediator=tr\n\
         \x20 ex ru \"Перемирие согласовано при посредничестве Турции.\" => mediator=tr\n\
         \x20 ex ar \"تم الاتفاق على هدنة بوساطة تركية.\" => mediator=tr\n\
         rule truce.length order=free reach=6 : @for:LENGTH <term=truce> => truce = @for\n\
         \x20 ex en \"The sides agreed to a three-day truce.\" => truce=P3D\n\
         \x20 ex ru \"Стороны согласовали перемирие на трое суток.\" => truce=P3D\n\
         rule rate.cut : <term=cut> ~4 <term=rate> ~6 @to:NUMBER(%) => rate = @to, decision = cut\n\
         \x20 ex en \"The bank cut its key rate to 4.25% on Tuesday.\" => rate=4.25, decision=cut\n\
         \x20 ex ru \"Банк снизил ключевую ставку до 4,25 %.\" => rate=4.25, decision=cut\n\
         \x20 ex ar \"خفض البنك سعر الفائدة إلى ٤٫٢٥٪.\" => rate=4.25, decision=cut\n",
    );
    let (passed, found) = check(folder.path());
    assert!(passed, "{found}");
}
