//! A file of the first schema is taken over: what was told and is owed stays.

use rusqlite::{Connection, params};

use super::sample::{alert, delivery};
use super::{Place, schema};
use crate::desk::model::DeliveryState;

#[tokio::test]
async fn alerts_and_deliveries_of_the_first_schema_stay() {
    let place = Place::new();
    std::fs::create_dir_all(place.folder.path().join("data")).expect("a folder");
    let mut conn = Connection::open(place.path()).expect("a file");
    conn.pragma_update(None, "foreign_keys", true).expect("a setting");
    schema::migrate(&mut conn, &schema::MIGRATIONS[..1]).expect("the first schema");
    let body = |value: &serde_json::Value| value.to_string();
    let told = alert();
    let written = serde_json::to_value(&told).expect("JSON");
    conn.execute(
        "INSERT INTO alerts (id, version, at, body) VALUES (?1, 1, 7, ?2)",
        params![told.id.as_str(), body(&written)],
    )
    .expect("an alert");
    conn.execute(
        "INSERT INTO deliveries (id, alert, watchlist, channel, thread, body, state, attempts,
             next_attempt, created) VALUES ('d', ?1, 'w', 'newsroom', 'event', 'b', 'pending', 2, 5, 5)",
        [told.id.as_str()],
    )
    .expect("a delivery");
    conn.execute("INSERT INTO events (id, storyline, body) VALUES ('e', 's', '{}')", [])
        .expect("an event");
    conn.execute("INSERT INTO claims (id, event, article, body) VALUES ('c', 'e', 'a', '{}')", [])
        .expect("a claim without what linking needs");
    drop(conn);

    let store = place.open();
    assert_eq!(store.alerts(10).await.expect("alerts"), [told]);
    let waiting = store.deliveries(Some(DeliveryState::Pending), 10).await.expect("deliveries");
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].version, waiting[0].attempts), (1, 2));
    assert_eq!(
        waiting[0].channel,
        delivery("d", "newsroom", "event", "2025-04-08T09:00:00Z").channel
    );
    let counts = store.counts().await.expect("counts");
    assert_eq!((counts.events, counts.claims, counts.facts), (0, 0, 0));
    store.integrity_check().await.expect("a sound file");
}
