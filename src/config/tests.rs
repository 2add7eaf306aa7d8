//! What the configuration promises: the shipped files hold, every mistake is said with its place and a way out, the
//! layers lie in their order, and what is printed can be read again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::*;

const KEY: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
const OTHER_KEY: &str = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4";

fn env(variables: &[(&str, &str)]) -> BTreeMap<String, String> {
    variables.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
}

fn read(text: &str, variables: &[(&str, &str)]) -> Config {
    Config::from_text("test.toml", text, &env(variables)).unwrap_or_else(|e| panic!("{e}"))
}

fn mistakes(text: &str, variables: &[(&str, &str)]) -> String {
    match Config::from_text("test.toml", text, &env(variables)) {
        Ok(_) => panic!("this has no mistake: {text} {variables:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_shipped_configuration_holds() {
    let config = Config::load(None, &env(&[])).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(config.poll.interval, Duration::from_secs(600));
    assert_eq!(config.web.listen, Some(([127, 0, 0, 1], 8087).into()));
    assert_eq!(config.http.body_limit, 8 << 20);
    assert_eq!(config.deliver.retry.len(), 9);
    assert_eq!(config.http.user_agent, concat!("marsad/", env!("CARGO_PKG_VERSION")));
    assert!(config.channels.contains_key(&ChannelId::new("alerts")));
    let off = ["bank-of-russia-rate", "changes-of-plan", "iran-us-talks"];
    let off = off.map(|name| format!("watchlist.{name}"));
    assert_eq!(config.switched_off[0], "channel.newsroom");
    assert_eq!(config.switched_off[1..], off);
    let lists: Vec<&str> = config.watchlists.iter().map(|list| list.id.as_str()).collect();
    assert_eq!(lists, ["embassy-talks"]);
    assert!(config.packs.is_sorted_by(|a, b| a.path < b.path));
    for language in ["ar", "en", "ru"] {
        let of =
            |feed: &&FeedSource| feed.language.as_ref().is_some_and(|l| l.as_str() == language);
        assert!(config.feeds.iter().filter(of).count() >= 4, "{language}");
    }
}

/// Each fixture holds one thing that is wrong; its first lines say how that is reported.
#[test]
fn every_mistake_is_said_with_its_place_and_a_way_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config");
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("fixture");
        let name = path.file_name().and_then(|name| name.to_str()).expect("name");
        let expected: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("# error: ")).collect();
        let read = Config::from_text(name, &text, &env(&[]));
        let said = read.map_or_else(|error| error.to_string(), |_| "no error".into());
        if said != expected.join("\n") {
            wrong.push(format!("{name}\n  expected: {}\n  said:     {said}", expected.join("\n")));
        }
        count += 1;
    }
    assert!(count >= 40, "only {count} fixtures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_environment_lies_above_the_file_and_the_file_above_the_defaults() {
    let text = "[poll]\ninterval = \"20m\"\nmin_interval = \"15m\"\n";
    let config = read(
        text,
        &[
            ("MARSAD_POLL_INTERVAL", "30m"),
            ("MARSAD_POLL_PER_HOST", "2"),
            ("MARSAD_STORE_PATH", "elsewhere.db"),
            ("MARSAD_WEB_LISTEN", "[::1]:0"),
            ("MARSAD_HTTP_PORTS", "80, 8080"),
            ("MARSAD_HTTP_ALLOWED_NETWORKS", "127.0.0.1,10.0.0.0/8"),
            ("MARSAD_WATCHLIST_EMBASSY_TALKS_MIN_SEVERITY", "3"),
            ("MARSAD_CONFIG", "not ours: the command line reads it"),
            ("PATH", "not ours"),
        ],
    );
    assert_eq!(config.poll.interval, Duration::from_secs(1800));
    assert_eq!(config.poll.min_interval, Duration::from_secs(900));
    assert_eq!(config.poll.max_interval, Duration::from_secs(86_400));
    assert_eq!(config.poll.per_host, 2);
    assert_eq!(config.store.path, PathBuf::from("elsewhere.db"));
    assert_eq!(config.web.listen.map(|listen| listen.to_string()).as_deref(), Some("[::1]:0"));
    assert_eq!(config.http.ports, [80, 8080]);
    let nets: Vec<String> = config.http.allowed_networks.iter().map(ToString::to_string).collect();
    assert_eq!(nets, ["127.0.0.1/32", "10.0.0.0/8"]);
    assert_eq!(config.watchlists[0].min_severity, 3);
    assert_eq!(read("", &[("MARSAD_WEB_LISTEN", "")]).web.listen, None);
}

#[test]
fn a_variable_that_is_wrong_is_named() {
    for (name, text, said) in [
        (
            "MARSAD_POLL_INTERVALL",
            "5m",
            "environment variable MARSAD_POLL_INTERVALL: no key of the configuration has this name; \
             did you mean `MARSAD_POLL_INTERVAL`?",
        ),
        (
            "MARSAD_POLL_INTERVAL",
            "soon",
            "environment variable MARSAD_POLL_INTERVAL: poll.interval: the string \"soon\" has `soon` where a whole \
             number should stand; write for example interval = \"10m\"",
        ),
        (
            "MARSAD_HTTP_HOPS",
            "many",
            "environment variable MARSAD_HTTP_HOPS: http.hops: cannot be the string \"many\"; \
             write for example hops = 5",
        ),
        (
            "MARSAD_WEB_PUBLIC",
            "yes",
            "environment variable MARSAD_WEB_PUBLIC: web.public: cannot be the string \"yes\"; \
             write for example public = false",
        ),
    ] {
        assert_eq!(mistakes("", &[(name, text)]), said);
    }
}

#[test]
fn what_is_printed_can_be_read_again_and_shows_no_secret() {
    let text = format!(
        r#"
        feeds_opml = ""
        [http]
        contact = "https://news.example/bot"
        body_limit = "1536KiB"
        allowed_networks = ["10.0.0.0/8"]
        [web]
        listen = ""
        hosts = ["Marsad.Example"]
        [channel.alerts]
        enabled = false
        [channel.newsroom]
        enabled = true
        url = "https://news.example/\"hook\"?a=1&b=\\"
        secret = "{KEY} {OTHER_KEY}"
        [channel.quiet]
        kind = "webhook"
        url = "http://127.0.0.1:9/"
        unsigned = true
        [channel.by-variable]
        kind = "webhook"
        url = "https://news.example/"
        secret_env = "DESK"
        [watchlist.embassy-talks]
        channels = ["quiet", "newsroom"]
        min_support = "both-sides"
        [watchlist.changes-of-plan]
        enabled = true
        languages = ["ar", "ru"]
        [[feed]]
        url = "https://news.example/a.xml?x=\"1\""
        source = "Новости \\ أخبار"
        language = "ru"
        "#
    );
    let keys = format!("{KEY} {OTHER_KEY}");
    let variables = [("DESK", KEY), ("MARSAD_CHANNEL_NEWSROOM_SECRET", keys.as_str())];
    for config in [read(&text, &variables), read("", &[])] {
        let printed = render_effective(&config);
        assert_eq!(read(&printed, &variables), config, "{printed}");
        for shown in [printed, format!("{config:?}")] {
            assert!(!shown.contains("MDEyMz") && !shown.contains("YWJjZG"), "{shown}");
        }
    }
}

#[test]
fn secrets_come_from_files_too_and_no_message_shows_them() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("secret");
    std::fs::write(&file, format!("{KEY}\n{OTHER_KEY}\n")).expect("write");
    let text = format!(
        "[channel.newsroom]\nenabled = true\nsecret_file = {}",
        section::quoted(&file.display().to_string())
    );
    let config = read(&text, &[]);
    let Some(ChannelConfig::Webhook { secret: Some(secret), .. }) =
        config.channels.get(&ChannelId::new("newsroom"))
    else {
        panic!("no webhook: {config:?}");
    };
    assert_eq!(secret.keys(), [KEY, OTHER_KEY]);
    assert_eq!(read(&render_effective(&config), &[]), config);
    std::fs::write(&file, "hunter2").expect("write");
    let said = mistakes(&text, &[]);
    assert!(said.contains("does not begin with `whsec_`") && !said.contains("hunter2"), "{said}");
    let said = mistakes("[channel.newsroom]\nenabled = true\nsecret = \"hunter2\"", &[]);
    assert!(said.contains("does not begin with `whsec_`") && !said.contains("hunter2"), "{said}");
}

#[test]
fn a_folder_lies_over_the_shipped_one() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("parent")).expect("folders");
        std::fs::write(path, text).expect("write");
    };
    write("marsad.toml", "[[feed]]\nurl = \"https://tass.ru/rss/v2.xml\"\nsource = \"TASS\"\n");
    write("packs/gazetteer/mine.toml", "mine");
    write("packs/.gazetteer.toml.swp", "hidden");
    write("storylines/mine.toml", "mine");
    write("storylines/us-russia-talks.toml", "");
    write("watchlists/embassy-talks.toml", "channels = [\"alerts\"]\nmin_severity = 5\n");
    write("watchlists/mine.toml", "storylines = [\"mine\"]\nchannels = [\"alerts\"]\n");
    let user_file = folder.path().join("marsad.toml");
    let config = Config::load(Some(&user_file), &env(&[])).unwrap_or_else(|e| panic!("{e}"));
    let pack = |path: &str| config.packs.iter().find(|pack| pack.path == path);
    assert_eq!(pack("packs/gazetteer/mine.toml").map(|pack| pack.text.as_str()), Some("mine"));
    assert!(pack("storylines/mine.toml").is_some());
    assert!(pack("packs/.gazetteer.toml.swp").is_none());
    let lists: Vec<_> = config.watchlists.iter().map(|l| (l.id.as_str(), l.min_severity)).collect();
    assert_eq!(lists, [("embassy-talks", 5), ("mine", 1)]);
    let tass: Vec<_> = config.feeds.iter().filter(|f| f.url.contains("tass.ru")).collect();
    assert_eq!(tass.len(), 1);
    assert_eq!(tass[0].source, "TASS");
    assert_eq!(read(&render_effective(&config), &[]), config);

    write("watchlists/wrong.toml", "channels = [\"alerts\"]\n\nmin_severty = 5\n");
    write("packs/latin1.toml", "");
    std::fs::write(folder.path().join("packs/latin1.toml"), [0xe9]).expect("write");
    let said = Config::load(Some(&user_file), &env(&[])).expect_err("mistakes").to_string();
    let shown = |path: &str| folder.path().join(path).display().to_string();
    assert_eq!(
        said,
        format!(
            "{}:3: watchlist.wrong.min_severty: unknown key; did you mean `min_severity`?\n\
             {}: is not UTF-8 text",
            shown("watchlists/wrong.toml"),
            shown("packs/latin1.toml")
        )
    );
}

#[test]
fn a_file_that_is_not_there_is_no_mistake_of_its_writer() {
    let error = Config::load(Some(Path::new("no-such-folder/marsad.toml")), &env(&[]));
    assert!(matches!(error, Err(ConfigError::Unreadable { .. })));
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered_without_a_panic(text in "\\PC{0,200}") {
        let _ = Config::from_text("any.toml", &text, &env(&[]));
        let _ = units::parse_duration(&text);
        let _ = units::parse_size(&text);
        let _ = opml::read("any.opml", &text);
    }

    #[test]
    fn every_length_and_size_is_read_as_it_was_printed(ms in 0u64..1 << 50, bytes in 0u64..1 << 60) {
        let length = Duration::from_millis(ms);
        proptest::prop_assert_eq!(units::parse_duration(&units::format_duration(length)), Ok(length));
        proptest::prop_assert_eq!(units::parse_size(&units::format_size(bytes)), Ok(bytes));
    }
}

#[test]
fn a_watchlist_whose_storyline_is_not_followed_is_told_of() {
    let hears_nothing = |text: &str| {
        let page = render_effective(&read(text, &[]));
        page.contains("# Hears nothing of us-russia-talks: name it in storylines of [desk]")
    };
    assert!(!hears_nothing(""));
    assert!(hears_nothing("[desk]\nstorylines = [\"iran-us-talks\"]"));
}
