//! Patterns over small packs in three scripts: what matches, what is told of a mistake, and how much work it is.

use jiff::civil::date;

use super::*;
use crate::desk::dates::{self, Tense};
use crate::desk::normalise::tokens;

const FRAME: &str = "id = \"bank\"\n\
    [[slot]]\nname = \"decision\"\ntype = \"id\"\nseverity = 4\n\
    [[slot]]\nname = \"rate\"\ntype = \"id\"\nseverity = 4\n\
    [[slot]]\nname = \"when\"\ntype = \"date\"\nseverity = 4\n\
    [[slot]]\nname = \"says\"\ntype = \"party-id\"\nseverity = 2\nmany = true\n";

fn language(id: &str, script: &str, words: &str) -> Vec<PackSource> {
    let toml = format!(
        "id = \"{id}\"\nname = \"{id}\"\nscript = \"{script}\"\ndirection = \"ltr\"\n\
         order = \"day-month\"\nfunction_words = []\n"
    );
    vec![
        PackSource { path: format!("packs/lang/{id}/lang.toml"), text: toml },
        PackSource { path: format!("packs/lang/{id}/words.tsv"), text: words.to_owned() },
    ]
}

fn sources(patterns: &str) -> Vec<PackSource> {
    let mut out = language(
        "en",
        "latin",
        "term\tcut\tcut | lowered\nterm\trate\tinterest rate | key rate\nclause\t-\twhile\nnot\t-\tnot\n\
         month\t4\tApril\nhead\t-\tled\nlevel\texpert\texpert talks\nmeeting\t-\ttalks",
    );
    out.extend(language(
        "ru",
        "cyrillic",
        "term\tcut\tснизил*\nterm\trate\tключев* ставк*\nclause\t-\tа\nhead\t-\tвозглавляла",
    ));
    out.extend(language("ar", "arabic", "term\tcut\tخفض\nterm\trate\tسعر الفائدة\nhead\t-\tترأس"));
    for (path, text) in [
        ("packs/frames/bank.toml", FRAME),
        ("packs/frames/bank.pat", patterns),
        (
            "packs/gazetteer/people.tsv",
            "id\tparty\ten\tru\tar\njane-doe\tus\tJane Doe\tДжейн Доу\tجين دو\nivan-ivanov\tru\tIvanov\tИванов\tإيفانوف",
        ),
        (
            "packs/gazetteer/parties.tsv",
            "id\ten\tru\tar\nus\tUS\tСША\tأميركا\nru\tRussia\tРосси*\tروسيا",
        ),
    ] {
        out.push(PackSource { path: path.to_owned(), text: text.to_owned() });
    }
    out
}

/// What the rules find in a sentence: id and value's words.
fn find(patterns: &str, language: &str, text: &str) -> Vec<String> {
    let mut found = read(patterns, language, text, &|found| found.to_vec());
    found.sort();
    found.into_iter().map(|(_, told)| told).collect()
}

/// The same after the matches have settled who speaks.
fn settled(patterns: &str, text: &str) -> Vec<String> {
    let found = read(patterns, "en", text, &|found| {
        let mut contenders = Vec::new();
        // The order in which they come must not matter.
        for one in found.iter().rev() {
            contenders.extend(one.rule.actions.iter().map(|action| {
                let slot = match action {
                    Action::State { slot, .. } => Some(slot.clone()),
                    Action::Drop(_) => None,
                };
                Contender { found: one, action, about: About::Focus, slot, said: () }
            }));
        }
        settle(contenders).into_iter().map(|contender| contender.found.clone()).collect()
    });
    found.into_iter().map(|(_, told)| told).collect()
}

type Told = ((usize, usize, usize), String);

fn read(
    patterns: &str,
    language: &str,
    text: &str,
    choose: &dyn for<'a> Fn(&'a [Match<'a>]) -> Vec<Match<'a>>,
) -> Vec<Told> {
    let sources = sources(patterns);
    let packs = Packs::compile(&sources).expect("the packs");
    let patterns = Patterns::compile(&sources, &packs).expect("the patterns");
    let id = LanguageId::new(language);
    let tokens = tokens(text);
    let pack = packs.language(&id).expect("a language");
    let hits = packs.lexicon(&id).expect("its words").find(pack, &tokens);
    let day = date(2025, 4, 8);
    let context = dates::Context { text, tokens: &tokens, hits: &hits, day, order: pack.order };
    let times = dates::find(&context, &|_| Tense::Unknown);
    let opens = |at: usize| hits.iter().any(|h| h.tag == Tag::Clause && h.first == at && at > 0);
    let mut clause = Vec::new();
    let mut current = 0;
    for at in 0..tokens.len() {
        current += usize::from(opens(at));
        clause.push(current);
    }
    let scene = Scene {
        text,
        tokens: &tokens,
        hits: &hits,
        times: &times,
        names: &[],
        clause: &clause,
        in_title: false,
        day,
        fits: &|_, _| true,
    };
    let found = patterns.find("bank", &id, &scene);
    choose(&found)
        .iter()
        .map(|found| {
            let (first, last) = found.words();
            let words = &text[tokens[first].start..tokens[last].end];
            ((first, last, found.number), format!("{} {words}", found.rule.id))
        })
        .collect()
}

#[test]
fn one_rule_reads_three_scripts() {
    let rule = "rule cut : <term=cut> ~3 <term=rate> ~4 @value:NUMBER(%) => rate = @value";
    for (language, text) in [
        ("en", "The bank lowered its key rate to 4.25% on Tuesday"),
        ("ru", "Банк снизил ключевую ставку до 4,25 % годовых"),
        ("ar", "خفض البنك سعر الفائدة إلى ٤٫٢٥٪"),
    ] {
        let found = find(rule, language, text);
        assert!(matches!(found.as_slice(), [one] if one.starts_with("cut ")), "{text}: {found:?}");
    }
    assert_eq!(find(rule, "en", "The bank lowered its key rate to 4.25 points"), [""; 0]);
}

#[test]
fn free_order_takes_parties_verbs_and_persons_as_they_come() {
    let rule =
        "rule head order=free reach=6 : @who:PERSON @party:PARTY <head> => says = {@party}:@who";
    for (language, text, who) in [
        ("en", "The US side was led by Jane Doe", "Jane Doe"),
        ("ru", "Делегацию США возглавляла Джейн Доу", "Джейн Доу"),
        ("ru", "Возглавляла делегацию США Джейн Доу", "Джейн Доу"),
        ("ar", "ترأس وفد أميركا جين دو", "جين دو"),
    ] {
        assert_eq!(find(rule, language, text), [format!("head {who}")], "{text}");
    }
    assert_eq!(find(rule, "en", "Jane Doe of the US spoke"), [""; 0], "nobody led");
}

#[test]
fn gaps_end_where_they_say_and_at_the_clause() {
    let rule = "rule gap : <term=cut> ~2 @x:<term=rate> => decision = @x";
    assert_eq!(find(rule, "en", "cut the old interest rate"), ["gap interest rate"]);
    assert_eq!(find(rule, "en", "cut the old and odd interest rate"), [""; 0]);
    assert_eq!(find(rule, "en", "cut while interest rate"), [""; 0]);
    let whole = rule.replace("gap :", "gap within=sentence :");
    assert_eq!(find(&whole, "en", "cut while interest rate"), ["gap interest rate"]);
}

#[test]
fn optional_parts_choices_and_borders_are_followed() {
    let rule = "rule odd : ^ ( \"the bank\" | \"ЦБ\" )? ~1 @x:<term=cut> ( \"rates\" | <term=rate> ) $ => decision = @x";
    assert_eq!(find(rule, "en", "The bank cut rates"), ["odd cut"]);
    assert_eq!(find(rule, "en", "Lowered interest rate"), ["odd Lowered"]);
    assert_eq!(find(rule, "ru", "ЦБ снизил ключевую ставку"), ["odd снизил"]);
    assert_eq!(find(rule, "en", "Yesterday morning the bank cut rates"), [""; 0]);
    assert_eq!(find(rule, "en", "The bank cut rates again"), [""; 0]);
}

#[test]
fn what_is_barred_bars_only_where_it_stands() {
    let rule = "rule no : !<not> ~1 @x:<term=cut> ~4 !PERSON <term=rate> => decision = @x";
    assert_eq!(find(rule, "en", "has cut the key rate"), ["no cut"]);
    assert_eq!(find(rule, "en", "has not cut the key rate"), [""; 0]);
    assert_eq!(find(rule, "en", "not once has it cut the key rate"), ["no cut"]);
    assert_eq!(find(rule, "en", "cut , said Jane Doe , the key rate"), [""; 0]);
    let bag = "rule no order=free : @x:<term=cut> !PERSON => decision = @x";
    assert_eq!(find(bag, "en", "cut it"), ["no cut"]);
    assert_eq!(find(bag, "en", "Jane Doe cut it"), [""; 0]);
}

#[test]
fn each_value_is_found_once_with_its_nearest_cue() {
    let rule = "rule who : @x:PERSON ~9 <head> => says = {@x}:@x";
    let text = "Ivanov and Jane Doe led , then led again";
    assert_eq!(find(rule, "en", text), ["who Ivanov", "who Jane Doe"]);
}

#[test]
fn a_mistake_is_told_with_its_place_and_a_way_out() {
    for (text, line, words, hint) in [
        ("rule a : <term=cut> => decison = cut", 1, "`decison` is no slot", "`decision`"),
        ("rule a : <hed> => decision = cut", 1, "column 10: `hed` is no tag", "`head`"),
        ("rule a :\n  <term=cut>\n  ~x => decision = cut", 3, "column 3", "`~8`"),
        ("rule a : @x:DAT => when = @x", 1, "`DAT` is no type", "`DATE`"),
        ("rule a : @x:PERSON => when = @x", 1, "no time", ""),
        ("rule a : @x:DATE => when = @y", 1, "`y` is no capture", ""),
        ("rule a : <term=cut>? => decision = cut", 1, "nothing at all", "optional"),
        ("rule a : <term=cut> decision = cut", 1, "expected", ""),
        ("rule a order=free : <term=cut> ~3 <head> => decision = cut", 1, "gaps", "reach=8"),
        ("rule a : <head> => decision = cut\nrule a : <not> => decision = cut", 2, "second", ":1"),
        ("rule a prio=high : <head> => decision = cut", 1, "number", "prio=10"),
        ("rule a abot=focus : <head> => decision = cut", 1, "no option", "`about`"),
        ("rule a : $who => decision = cut", 1, "`who` is no part", ""),
        ("rule a : \"!\" => decision = cut", 1, "no word", ""),
        ("rule a : <head => decision = cut", 1, "closes", ""),
        ("rule a : ( <head> => decision = cut", 1, "`)`", "( a | b )"),
        ("rule a : <head> => says = cut", 1, "not a value", "{speaker}"),
        ("rule a : <head> => decision = cut\n  ex xx \"a\" => nothing", 2, "no language", ""),
        ("rule a : <head> => decision = cut\n  ex en \"a\"", 2, "expects nothing", "ex en"),
        ("  <head>", 1, "indented", ""),
        ("<head>", 1, "`rule` or `let`", ""),
    ] {
        let sources = sources(text);
        let packs = Packs::compile(&sources).expect("the packs");
        let problems = Patterns::compile(&sources, &packs).expect_err(text);
        let first = &problems[0];
        assert_eq!((first.path.as_str(), first.line), ("packs/frames/bank.pat", line), "{text}");
        assert!(first.message.contains(words), "{text}: {first}");
        assert!(first.hint.as_deref().unwrap_or_default().contains(hint), "{text}: {first}");
    }
}

#[test]
fn a_hostile_sentence_costs_no_more_than_its_edges() {
    let rule = "rule bomb within=sentence : ( <term=cut> ~60 )? ( <term=cut> ~60 )? ( <term=cut> ~60 )? \
                ( <term=cut> ~60 )? <term=cut> ~60 @x:<term=rate> => decision = @x";
    let text = "cut ".repeat(5_000) + "interest rate";
    // Backtracking would take 400^5 steps; that this returns is the test.
    assert_eq!(find(rule, "en", &text).len(), 0, "the rate stands behind the edges that are read");
    let text = "cut ".repeat(300) + "interest rate";
    assert_eq!(find(rule, "en", &text), ["bomb interest rate"]);
}

#[test]
fn of_rules_that_took_the_same_words_one_speaks() {
    let rules = "rule a : @x:PERSON ~9 <head> => decision = @x\n\
                 rule b prio=-1 : @x:PERSON => decision = @x\n\
                 rule c prio=1 : <not> ~2 @x:PERSON => drop decision\n\
                 rule d : @x:PERSON => says = {speaker}:@x";
    assert_eq!(
        settled(rules, "Ivanov led"),
        ["a Ivanov", "d Ivanov"],
        "the higher priority; another slot is another matter"
    );
    assert_eq!(settled(rules, "not Ivanov led"), ["d Ivanov"], "the rule that drops has priority");
    assert_eq!(
        settled(rules, "Ivanov and then once Jane Doe led"),
        ["a Jane Doe", "d Ivanov", "d Jane Doe"],
        "one value of a slot from a sentence, the nearest"
    );
}
