//! Supersession, row by row: who may replace a value, and who only contradicts it.

use super::{Line, Scene, said};
use crate::desk::model::Certainty::{Asserted, Expected};

#[test]
fn who_may_replace_a_value_and_who_only_contradicts_it() {
    // Outlet and page, the first line; outlet and page, the second line; what it did; what is known.
    type Row<'a> = ((&'a str, &'a str), Line<'a>, (&'a str, &'a str), Line<'a>, &'a str, &'a str);
    let rows: [Row<'_>; 13] = [
        (
            ("A", "a1"),
            ("duration", "PT6H", "", Asserted, "استمرت المحادثات ست ساعات."),
            ("B", "b1"),
            ("duration", "PT8H", "", Asserted, "Переговоры продолжались восемь часов."),
            "conflict (was: PT6H), for two reports differ a little",
            "pt6h disputed, pt8h disputed",
        ),
        (
            ("A", "a1"),
            ("venue", "us-consulate-istanbul", "", Asserted, "Встреча прошла в консульстве."),
            ("B", "b1"),
            ("venue", "us-cg-residence-istanbul", "", Asserted, "They met at the residence."),
            "conflict (was: us-consulate-istanbul), for two reports differ a little",
            "us-consulate-istanbul disputed, us-cg-residence-istanbul disputed",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "", Expected, "The talks are due on 10 April."),
            ("B", "b1"),
            ("date", "2025-04-11", "", Expected, "ستعقد المحادثات في 11 نيسان."),
            "conflict (was: 2025-04-10), for two reports exclude each other",
            "2025-04-10 disputed, 2025-04-11 disputed",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "", Expected, "Переговоры намечены на 10 апреля."),
            ("B", "b1"),
            ("date", "2025-04-11", "", Asserted, "The delegations met on 11 April."),
            "changed (was: 2025-04-10), for a report replaces a forecast",
            "2025-04-10 superseded, 2025-04-11 current",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "peskov", Expected, "قال بيسكوف إن الموعد 10 نيسان."),
            ("B", "b1"),
            ("date", "2025-04-11", "peskov", Expected, "Peskov named 11 April."),
            "changed (was: 2025-04-10), for the only origin that said otherwise says so",
            "2025-04-10 superseded, 2025-04-11 current",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "", Expected, "The talks are due on 10 April."),
            ("A", "a1"),
            (
                "date",
                "2025-04-11",
                "peskov",
                Expected,
                "The talks are due on 11 April, Peskov said.",
            ),
            "changed (was: 2025-04-10), for a new version of the only article that said otherwise",
            "2025-04-10 superseded, 2025-04-11 current",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "", Expected, "Встреча ожидается 10 апреля."),
            ("B", "b1"),
            ("date", "2025-04-11", "bruce", Expected, "قالت بروس إن اللقاء سيكون في 11 نيسان."),
            "changed (was: 2025-04-10), for a party of the event says so",
            "2025-04-10 superseded, 2025-04-11 current",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "peskov", Expected, "Песков назвал 10 апреля."),
            ("B", "b1"),
            ("date", "2025-04-11", "bruce", Expected, "Bruce said it would be 11 April."),
            "conflict (was: 2025-04-10), for the parties of the event disagree",
            "2025-04-10 disputed, 2025-04-11 disputed",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "peskov", Expected, "Песков назвал 10 апреля."),
            ("B", "b1"),
            ("date", "2025-04-11", "zakharova", Expected, "قالت زاخاروفا إنه 11 نيسان."),
            "changed (was: 2025-04-10), for a party of the event says so",
            "2025-04-10 superseded, 2025-04-11 current",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04-10", "peskov", Expected, "Peskov named 10 April."),
            ("B", "b1"),
            ("date", "2025-04-11", "fidan", Expected, "قال فيدان إن الموعد 11 نيسان."),
            "conflict (was: 2025-04-10), for two reports exclude each other",
            "2025-04-10 disputed, 2025-04-11 disputed",
        ),
        (
            ("A", "a1"),
            ("date", "2025-04", "", Expected, "Встреча пройдет в апреле."),
            ("B", "b1"),
            ("date", "2025-04-10", "", Expected, "ستعقد في 10 نيسان."),
            "refined (was: 2025-04), for it is more exact",
            "2025-04 superseded, 2025-04-10 current",
        ),
        (
            ("A", "a1"),
            ("date", "unset", "peskov", Expected, "لم يحدد الموعد بعد."),
            ("B", "b1"),
            ("date", "2025-04-10", "", Expected, "The date is 10 April."),
            "set (was: unset), for none was fixed",
            "unset superseded, 2025-04-10 current",
        ),
        (
            ("A", "a1"),
            ("agenda", "ukraine", "peskov", Asserted, "Песков: говорили об Украине."),
            ("B", "b1"),
            ("off_agenda", "ukraine", "bruce", Asserted, "قالت بروس إن أوكرانيا لم تبحث."),
            "conflict (was: agenda=ukraine), for the parties of the event disagree",
            "ukraine disputed",
        ),
    ];
    for ((outlet, page), first, (other, other_page), second, did, known) in rows {
        let mut scene = Scene::new();
        scene.tell((outlet, page, 1), &[first]);
        let told = scene.tell((other, other_page, 2), &[second]);
        assert_eq!(said(&told), did, "{}", second.4);
        assert_eq!(scene.known(first.0), known, "{}", second.4);
    }
}
