//! Tests of the outbox: order, crashes, and what comes of attempts.

use jiff::Timestamp;

use super::sample::{at, changes, delivery};
use super::{Place, Store};
use crate::desk::model::*;

const EARLY: &str = "2025-04-08T10:00:00Z";
const LATE: &str = "2025-04-08T11:00:00Z";

async fn filled(place: &Place, deliveries: Vec<Delivery>) -> Store {
    let store = place.open();
    let mut batch = changes();
    batch.deliveries = deliveries;
    store.commit(batch).await.expect("a commit");
    store
}

async fn taken(store: &Store, now: Timestamp) -> Vec<String> {
    let due = store.take_due(now, 10).await.expect("deliveries");
    due.iter().map(|d| d.id.to_string()).collect()
}

async fn end(store: &Store, id: &str, outcome: AttemptOutcome, state: DeliveryState, next: &str) {
    let delivery = DeliveryId::new(id);
    let attempt = Attempt { delivery, at: at(EARLY), outcome, state, next_attempt: at(next) };
    store.record(attempt).await.expect("recorded");
}

fn failed() -> AttemptOutcome {
    AttemptOutcome::Failed { why: "HTTP 503".into(), retry_after_s: None }
}

#[tokio::test]
async fn a_thread_of_a_channel_keeps_its_order() {
    let place = Place::new();
    let rows = vec![
        delivery("a1", "newsroom", "a", EARLY),
        delivery("a2", "newsroom", "a", EARLY),
        delivery("b1", "newsroom", "b", EARLY),
        delivery("x1", "archive", "a", EARLY),
        delivery("c1", "newsroom", "c", LATE),
    ];
    let store = filled(&place, rows).await;
    assert_eq!(taken(&store, at("2025-04-08T09:59:59Z")).await, [""; 0]);
    assert_eq!(taken(&store, at(EARLY)).await, ["a1", "b1", "x1"]);
    // `a2` is overdue, but waits for `a1`: the next that can be taken is `c1`.
    assert_eq!(taken(&store, at(EARLY)).await, [""; 0]);
    assert_eq!(store.next_delivery(at(EARLY)).await, Ok(Some(at(LATE))));
    end(&store, "a1", failed(), DeliveryState::Pending, LATE).await;
    assert_eq!(taken(&store, at(EARLY)).await, [""; 0]);
    assert_eq!(taken(&store, at(LATE)).await, ["a1", "c1"]);
    end(&store, "a1", AttemptOutcome::Delivered, DeliveryState::Delivered, LATE).await;
    assert_eq!(store.next_delivery(at(LATE)).await, Ok(Some(at(LATE))));
    assert_eq!(taken(&store, at(LATE)).await, ["a2"]);
    assert_eq!(store.next_delivery(at(LATE)).await, Ok(None));
}

#[tokio::test]
async fn a_dead_delivery_holds_up_nothing_and_can_be_sent_again() {
    let place = Place::new();
    let rows = vec![delivery("a1", "newsroom", "a", EARLY), delivery("a2", "newsroom", "a", EARLY)];
    let store = filled(&place, rows).await;
    assert_eq!(taken(&store, at(EARLY)).await, ["a1"]);
    let gone = AttemptOutcome::Rejected { why: "HTTP 410".into() };
    end(&store, "a1", gone, DeliveryState::Dead, EARLY).await;
    let dead = store.deliveries(Some(DeliveryState::Dead), 10).await.expect("rows");
    assert_eq!(dead[0].last_error.as_deref(), Some("HTTP 410"));
    assert_eq!(taken(&store, at(EARLY)).await, ["a2"]);
    assert_eq!(store.resend(&DeliveryId::new("a2"), at(LATE)).await, Ok(false));
    assert_eq!(store.resend(&DeliveryId::new("none"), at(LATE)).await, Ok(false));
    assert_eq!(store.resend(&DeliveryId::new("a1"), at(LATE)).await, Ok(true));
    let again = store.take_due(at(LATE), 10).await.expect("deliveries");
    assert_eq!((again[0].id.as_str(), again[0].attempts), ("a1", 1));
}

#[tokio::test]
async fn an_interrupted_attempt_is_made_again_with_the_same_id() {
    let place = Place::new();
    let store = filled(&place, vec![delivery("a1", "newsroom", "a", EARLY)]).await;
    let first = store.take_due(at(EARLY), 10).await.expect("deliveries");
    assert_eq!((first[0].state, first[0].attempts), (DeliveryState::Attempting, 1));
    drop(store);
    let store = place.open();
    assert_eq!(taken(&store, at(LATE)).await, [""; 0]);
    assert_eq!(store.release_interrupted(at(LATE)).await, Ok(1));
    let second = store.take_due(at(LATE), 10).await.expect("deliveries");
    assert_eq!((&second[0].id, second[0].attempts), (&first[0].id, 2));
    assert_eq!(second[0].body, first[0].body);
    end(&store, "a1", AttemptOutcome::Delivered, DeliveryState::Delivered, LATE).await;
    // A word that comes late does not undo it.
    end(&store, "a1", failed(), DeliveryState::Pending, LATE).await;
    assert_eq!(store.counts().await.expect("counts").delivered, 1);
}
