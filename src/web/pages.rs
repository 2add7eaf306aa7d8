//! The pages: what each reads, and the template that shows it.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::source::SourceError;
use super::view::{
    AlertView, ArticleView, DeliveryView, FeedView, StoryView, StorylineView, ledger, state_name,
};
use super::{Source, WebState};
use crate::desk::model::{Article, ArticleId, ClaimId, DeliveryState, Fact, StoryId};
use crate::desk::stories::Member;

/// Why there is no page.
#[derive(Debug)]
pub(super) enum PageError {
    /// Nothing has that name.
    NotFound(&'static str),
    /// The store does not answer: worth another try.
    Unavailable(SourceError),
    /// A template failed, which would be a mistake of ours.
    Template(askama::Error),
}

impl From<SourceError> for PageError {
    fn from(error: SourceError) -> Self {
        PageError::Unavailable(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        match self {
            PageError::NotFound(what) => error_page(StatusCode::NOT_FOUND, what),
            // The page is read on this machine, so the reason may be shown; it is also what helps.
            PageError::Unavailable(error) => {
                tracing::warn!(%error, "the status page cannot be shown");
                error_page(StatusCode::SERVICE_UNAVAILABLE, &error.to_string())
            }
            PageError::Template(error) => {
                tracing::error!(%error, "a template failed");
                error_page(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be built.")
            }
        }
    }
}

type Page = Result<Html<String>, PageError>;

fn page(template: &impl Template) -> Page {
    template.render().map(Html).map_err(PageError::Template)
}

#[derive(Template)]
#[template(path = "front.html", config = "src/web/askama.toml")]
struct Front {
    storylines: Vec<StorylineView>,
    alerts: Vec<AlertView>,
    hidden_events: usize,
}

/// `/`: what is known, and what was told.
pub(super) async fn front(State(state): State<Arc<WebState>>) -> Page {
    let source = &state.source;
    let mut events = source.events().await?;
    events.sort_by_key(|event| std::cmp::Reverse(event.created));
    let hidden_events = events.len().saturating_sub(state.limits.events);
    events.truncate(state.limits.events);
    let mut facts = source.facts().await?;
    facts.retain(|fact| events.iter().any(|event| event.id == fact.event));
    let claims = source.claims(&first_claims(&facts)).await?;
    let articles = articles(source, claims.iter().map(|claim| &claim.article)).await?;
    let alerts = source.alerts(state.limits.alerts).await?;
    page(&Front {
        storylines: ledger(events, &facts, &claims, &articles),
        alerts: alerts.iter().map(AlertView::new).collect(),
        hidden_events,
    })
}

fn first_claims(facts: &[Fact]) -> Vec<ClaimId> {
    facts.iter().filter_map(|fact| fact.claims.first().cloned()).collect()
}

async fn articles(
    source: &Source,
    ids: impl Iterator<Item = &ArticleId>,
) -> Result<Vec<Article>, SourceError> {
    let mut found: HashMap<&ArticleId, Option<Article>> = HashMap::new();
    for id in ids {
        if !found.contains_key(id) {
            found.insert(id, source.article(id.as_str()).await?);
        }
    }
    Ok(found.into_values().flatten().collect())
}

#[derive(Template)]
#[template(path = "stories.html", config = "src/web/askama.toml")]
struct Stories {
    stories: Vec<StoryView>,
    /// One story with all its articles, or else many, folded.
    single: bool,
}

/// `/stories`: what is told, each event once.
pub(super) async fn stories(State(state): State<Arc<WebState>>) -> Page {
    let mut stories = Vec::new();
    for id in state.source.stories(state.limits.stories).await? {
        stories.extend(StoryView::new(&members(&state, &id).await?));
    }
    page(&Stories { stories, single: false })
}

/// `/story/ID`: all articles of a story, and why each stands there.
pub(super) async fn story(State(state): State<Arc<WebState>>, Path(id): Path<String>) -> Page {
    let members = members(&state, &StoryId::new(id)).await?;
    let found = StoryView::new(&members);
    let found = found.ok_or(PageError::NotFound("No story of that name is kept."))?;
    page(&Stories { stories: vec![found], single: true })
}

/// The articles of a story that are kept.
async fn members(state: &WebState, id: &StoryId) -> Result<Vec<Member>, SourceError> {
    let source = &state.source;
    let mut members = Vec::new();
    for place in source.story(id, state.limits.members).await? {
        let Some(article) = source.article(place.article.as_str()).await? else { continue };
        let claims = source.claims_of(&article.id).await?;
        let agencies = claims.into_iter().filter_map(|claim| claim.conveyor).collect();
        members.push(Member { article, place, agencies });
    }
    Ok(members)
}

#[derive(Template)]
#[template(path = "feeds.html", config = "src/web/askama.toml")]
struct Feeds {
    feeds: Vec<FeedView>,
    failing: usize,
}

/// `/feeds`: how the feeds are doing.
pub(super) async fn feeds(State(state): State<Arc<WebState>>) -> Page {
    let mut feeds = state.source.feeds().await?;
    feeds.sort_by(|a, b| (FeedView::rank(a), &a.source).cmp(&(FeedView::rank(b), &b.source)));
    let failing = feeds.iter().filter(|feed| FeedView::rank(feed) < 2).count();
    page(&Feeds { feeds: feeds.iter().map(FeedView::new).collect(), failing })
}

#[derive(Template)]
#[template(path = "outbox.html", config = "src/web/askama.toml")]
struct Outbox {
    states: [&'static str; 4],
    /// Empty for all.
    chosen: &'static str,
    deliveries: Vec<DeliveryView>,
    limit: usize,
}

const STATES: [DeliveryState; 4] = [
    DeliveryState::Dead,
    DeliveryState::Pending,
    DeliveryState::Attempting,
    DeliveryState::Delivered,
];

/// `/outbox`: what is on its way, what arrived, what did not.
pub(super) async fn outbox(
    State(state): State<Arc<WebState>>,
    Query(query): Query<HashMap<String, String>>,
) -> Page {
    let chosen = match query.get("state") {
        None => None,
        Some(name) => {
            let found = STATES.into_iter().find(|state| state_name(*state) == name);
            Some(found.ok_or(PageError::NotFound("Deliveries have no such state."))?)
        }
    };
    let limit = state.limits.deliveries;
    let deliveries = state.source.deliveries(chosen, limit).await?;
    page(&Outbox {
        states: STATES.map(state_name),
        chosen: chosen.map(state_name).unwrap_or_default(),
        deliveries: deliveries.iter().map(DeliveryView::new).collect(),
        limit,
    })
}

#[derive(Template)]
#[template(path = "article.html", config = "src/web/askama.toml")]
struct ArticlePage {
    article: ArticleView,
}

/// `/article/ID`: why the article did, or did not, raise an alert.
pub(super) async fn article(State(state): State<Arc<WebState>>, Path(id): Path<String>) -> Page {
    article_page(&state, &id).await
}

/// `/article?url=…`: the same for whoever knows only the link.
pub(super) async fn article_by_url(
    State(state): State<Arc<WebState>>,
    Query(query): Query<HashMap<String, String>>,
) -> Page {
    let url =
        query.get("url").ok_or(PageError::NotFound("Which article? Write ?url= and a link."))?;
    article_page(&state, url).await
}

async fn article_page(state: &WebState, name: &str) -> Page {
    let found = state.source.article(name).await?;
    let article = found.ok_or(PageError::NotFound("No article of that name is kept."))?;
    let journal = state.source.journal(&article.id).await?;
    page(&ArticlePage { article: ArticleView::new(&article, &journal) })
}

/// The one stylesheet. Its URL carries the version, so it may be kept.
pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=86400"),
    ];
    (headers, include_str!("style.css"))
}

pub(super) async fn nothing_here() -> PageError {
    PageError::NotFound("There is no such page.")
}

pub(super) async fn only_reading() -> Response {
    error_page(StatusCode::METHOD_NOT_ALLOWED, "This page can only be read.")
}

#[derive(Template)]
#[template(path = "error.html", config = "src/web/askama.toml")]
struct ErrorPage<'a> {
    status: StatusCode,
    what: &'a str,
}

/// A page that says what went wrong.
pub(super) fn error_page(status: StatusCode, what: &str) -> Response {
    match (ErrorPage { status, what }).render() {
        Ok(body) => (status, Html(body)).into_response(),
        Err(_) => status.into_response(),
    }
}
