//! Stories at work: what they were, and what a batch changes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::desk::model::{ArticleId, EventId, StoryId, StoryMerge, StoryPlace, stable_id};
use crate::desk::stories::compare::{LIKE_MAX, Likeness, compare};
use crate::desk::stories::group::draw;
use crate::desk::stories::profile::Portrait;
use crate::desk::stories::shelf::{Filed, Postings, candidates};
use crate::desk::stories::why::{Evidence, Why};
use crate::desk::stories::{Advance, Incoming, SLEEP_MAX, Stories, Story, WINDOW};

/// A circle of at most this many reports is drawn anew when one joins it; 12 make 66 pairs.
const DRAWN_MAX: usize = 12;

/// Reports that stand for a larger story, its first ones: they met as the story was drawn.
const SPOKESMEN: usize = 8;

/// Stories that a new report may bring together.
const TOUCHED_MAX: usize = 4;

/// Reports on different events of the ledger never stand in one story.
const NEVER: f32 = -64.0;

/// A batch at work.
#[derive(Debug)]
pub struct Working<'a> {
    base: &'a Stories,
    next: u32,
    advance: Advance,
}

/// What a batch has changed.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Where articles stand: the new ones, and those that have moved.
    pub places: Vec<StoryPlace>,
    /// Stories that have become part of others, or have split off again.
    pub merges: Vec<StoryMerge>,
    /// What the memory takes in.
    pub advance: Advance,
}

impl<'a> Working<'a> {
    /// Begins a batch.
    pub fn new(base: &'a Stories) -> Self {
        Self { base, next: base.next, advance: Advance::default() }
    }

    /// Finds the story of an article, and says why.
    pub fn take(&mut self, incoming: Incoming) -> StoryPlace {
        let number = self.next;
        self.next += 1;
        let portrait = incoming.portrait;
        let filed = Filed {
            id: incoming.id,
            at: incoming.at,
            profile: Arc::new(portrait.profile.clone()),
            event: incoming.event,
            copy_of: incoming.copy_of,
            added: incoming.added,
            story: StoryId::new(""),
            why: Why::First,
        };
        self.advance.postings.insert(number, &filed);
        self.advance.shelf.insert(number, filed);
        self.settle(number, Some(&portrait));
        self.filed(number).map(Filed::place).unwrap_or_else(|| StoryPlace {
            article: ArticleId::new(""),
            story: StoryId::new(""),
            why: String::new(),
            added: Vec::new(),
        })
    }

    /// Notes that an article reports another event than was thought. It may find another story.
    pub fn relink(&mut self, article: &ArticleId, event: Option<&EventId>) {
        let Some(number) = self.number(article) else { return };
        let Some(mut filed) = self.filed(number).cloned() else { return };
        if filed.event.as_ref() == event {
            return;
        }
        if let Some(event) = event {
            self.advance.postings.tell_of(event, number);
        }
        let mut story = self.story(&filed.story);
        story.members.retain(|member| *member != number);
        self.advance.stories.insert(filed.story.clone(), story);
        filed.event = event.cloned();
        filed.story = StoryId::new("");
        self.advance.shelf.insert(number, filed);
        self.settle(number, None);
    }

    /// What has changed.
    pub fn finish(self) -> Outcome {
        let (places, merges) = self.advance.rows();
        Outcome { places, merges, advance: self.advance }
    }

    fn filed(&self, number: u32) -> Option<&Filed> {
        self.advance.shelf.get(&number).or_else(|| self.base.shelf.get(&number))
    }

    fn number(&self, id: &ArticleId) -> Option<u32> {
        self.advance.postings.number(id).or_else(|| self.base.postings.number(id))
    }

    fn story(&self, id: &StoryId) -> Story {
        let known = self.advance.stories.get(id).or_else(|| self.base.stories.get(id));
        known.cloned().unwrap_or_default()
    }

    fn knows(&self, id: &StoryId) -> bool {
        self.advance.stories.contains_key(id) || self.base.stories.contains_key(id)
    }

    /// Finds the story of an article that stands in none.
    fn settle(&mut self, number: u32, portrait: Option<&Portrait>) {
        let Some(filed) = self.filed(number).cloned() else { return };
        if let Some(event) = &filed.event
            && let Some(story) = self.story_of_event(event, number, filed.at)
        {
            return self.join(number, story, Why::SameEvent(event.clone()));
        }
        let copied = filed.copy_of.as_ref().and_then(|id| Some((id, self.number(id)?)));
        if let Some((id, copied)) = copied
            && let Some(other) = self.filed(copied)
            && !differ(&filed, other)
        {
            return self.join(number, other.story.clone(), Why::Copy(id.clone()));
        }
        let friends = self.friends(number, &filed);
        let Some((nearest, likeness)) = friends.first().copied() else {
            return self.open(number);
        };
        let why = self.why(nearest, likeness, portrait);
        self.gather(number, &friends, why);
    }

    /// The story of those who report an event.
    fn story_of_event(&self, event: &EventId, number: u32, at: Timestamp) -> Option<StoryId> {
        let told = |postings: &'a Postings| postings.telling_of(event).iter().rev();
        let own = self.advance.postings.telling_of(event).iter().rev();
        let all = own.chain(told(&self.base.postings)).filter(|other| **other != number);
        all.filter_map(|number| self.filed(*number))
            .find(|filed| {
                filed.event.as_ref() == Some(event) && stands(filed) && is_awake(filed.at, at)
            })
            .map(|filed| filed.story.clone())
    }

    /// Those that are like an article, the most alike first.
    fn friends(&self, number: u32, filed: &Filed) -> Vec<(u32, Likeness)> {
        let shelves = [&self.base.postings, &self.advance.postings];
        let found = candidates(&filed.profile, shelves, &self.base.tally);
        let mut friends: Vec<(u32, Likeness)> = found
            .into_iter()
            .filter(|other| *other != number)
            .filter_map(|other| {
                let known = self.filed(other)?;
                let near = is_near(known.at, filed.at);
                (near && stands(known) && !differ(filed, known))
                    .then(|| (other, compare(&filed.profile, &known.profile, &self.base.tally)))
            })
            .filter(|(_, likeness)| likeness.ratio >= 1.0)
            .collect();
        friends.sort_by(|a, b| b.1.ratio.total_cmp(&a.1.ratio).then(a.0.cmp(&b.0)));
        friends
    }

    fn why(&self, nearest: u32, likeness: Likeness, portrait: Option<&Portrait>) -> Why {
        let Some(other) = self.filed(nearest) else { return Why::First };
        let with = other.id.clone();
        let Some(portrait) = portrait else { return Why::Drawn(with) };
        let evidence = Evidence::of(portrait, &other.profile, &self.base.tally, likeness.by_words);
        Why::Like { with, ratio: likeness.ratio, evidence }
    }

    /// Brings an article together with the stories of those that are like it.
    fn gather(&mut self, number: u32, friends: &[(u32, Likeness)], why: Why) {
        let mut touched: Vec<StoryId> = Vec::new();
        for (friend, _) in friends {
            if let Some(filed) = self.filed(*friend)
                && !touched.contains(&filed.story)
                && touched.len() < TOUCHED_MAX
            {
                touched.push(filed.story.clone());
            }
        }
        let circle: Vec<u32> =
            touched.iter().flat_map(|id| self.story(id).members).chain([number]).collect();
        if circle.len() <= DRAWN_MAX {
            return self.redraw(number, &touched, circle, why);
        }
        let alike = |id: &StoryId| {
            let members = self.story(id).members;
            let spokesmen = &members[..members.len().min(SPOKESMEN)];
            let sum: f32 = spokesmen.iter().map(|other| self.like(number, *other)).sum();
            sum / spokesmen.len().max(1) as f32
        };
        let best = touched.iter().map(|id| (alike(id), id));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(like, _)| *like >= 1.0);
        match best.map(|(_, id)| id.clone()) {
            Some(story) => self.join(number, story, why),
            None => self.open(number),
        }
    }

    /// How alike two articles are, with what is known of them beside their words.
    fn like(&self, a: u32, b: u32) -> f32 {
        let (Some(mine), Some(theirs)) = (self.filed(a), self.filed(b)) else { return 0.0 };
        let copies = |a: &Filed, b: &Filed| a.copy_of.as_ref() == Some(&b.id);
        match (&mine.event, &theirs.event) {
            _ if differ(mine, theirs) => NEVER,
            (Some(_), Some(_)) => LIKE_MAX,
            _ if copies(mine, theirs) || copies(theirs, mine) => LIKE_MAX,
            _ => compare(&mine.profile, &theirs.profile, &self.base.tally).ratio,
        }
    }

    /// Draws the stories of a circle anew.
    fn redraw(&mut self, number: u32, touched: &[StoryId], mut circle: Vec<u32>, why: Why) {
        circle.sort_unstable();
        let groups = draw(circle.len(), |a, b| self.like(circle[a], circle[b]));
        let groups: Vec<Vec<u32>> = groups
            .into_iter()
            .map(|group| group.into_iter().map(|at| circle[at]).collect())
            .collect();
        let ids = self.inherit(touched, &groups);
        for (members, id) in groups.into_iter().zip(ids) {
            for member in &members {
                let Some(mut filed) = self.filed(*member).cloned() else { continue };
                if filed.story == id {
                    continue;
                }
                filed.why = match members.iter().find(|other| *other != member) {
                    _ if *member == number && members.len() > 1 => why.clone(),
                    Some(other) => {
                        self.filed(*other).map_or(Why::First, |o| Why::Drawn(o.id.clone()))
                    }
                    None => Why::First,
                };
                filed.story = id.clone();
                self.advance.shelf.insert(*member, filed);
            }
            self.advance.stories.insert(id, Story { members, merged_into: None });
        }
    }

    /// The ids of groups that take the place of stories: each story goes to the group that holds most of it; a group that
    /// gets several keeps the oldest, and the others are merged into it; one that gets none takes the id of its first article.
    fn inherit(&mut self, touched: &[StoryId], groups: &[Vec<u32>]) -> Vec<StoryId> {
        let mut ids: Vec<Option<(u32, StoryId)>> = vec![None; groups.len()];
        let mut merged: Vec<(StoryId, usize)> = Vec::new();
        for id in touched {
            let members: BTreeSet<u32> = self.story(id).members.into_iter().collect();
            let share = |group: &Vec<u32>| group.iter().filter(|m| members.contains(m)).count();
            // Of equal parts the one with the first article keeps the id.
            let heir = (0..groups.len()).rev().max_by_key(|at| share(&groups[*at]));
            let (Some(heir), Some(first)) = (heir, members.first()) else { continue };
            match &mut ids[heir] {
                Some((oldest, kept)) if *oldest < *first => merged.push((id.clone(), heir)),
                Some((oldest, kept)) => {
                    merged.push((std::mem::replace(kept, id.clone()), heir));
                    *oldest = *first;
                }
                none => *none = Some((*first, id.clone())),
            }
        }
        let taken: Vec<StoryId> = ids.iter().flatten().map(|(_, id)| id.clone()).collect();
        let ids: Vec<StoryId> = ids
            .into_iter()
            .zip(groups)
            .map(|(id, group)| match id {
                Some((_, id)) => id,
                None => self.name(group[0], &taken),
            })
            .collect();
        for (gone, heir) in merged {
            let story = Story { members: Vec::new(), merged_into: Some(ids[heir].clone()) };
            self.advance.stories.insert(gone, story);
        }
        ids
    }

    /// The id of a story that an article opens: its own. Where another story has that already, since the article once
    /// opened it and has left, one that follows from it.
    fn name(&self, first: u32, taken: &[StoryId]) -> StoryId {
        let id = self.filed(first).map(|filed| filed.id.as_str()).unwrap_or_default();
        let plain = StoryId::new(id);
        let is_free = |id: &StoryId| {
            !taken.contains(id) && (!self.knows(id) || self.story(id).members.is_empty())
        };
        let more = (2u32..).map(|n| StoryId::new(stable_id(&["story", id, &n.to_string()])));
        std::iter::once(plain).chain(more).find(is_free).unwrap_or_else(|| StoryId::new(id))
    }

    fn open(&mut self, number: u32) {
        let id = self.name(number, &[]);
        self.join(number, id, Why::First);
    }

    fn join(&mut self, number: u32, id: StoryId, why: Why) {
        let Some(mut filed) = self.filed(number).cloned() else { return };
        let mut story = self.story(&id);
        story.merged_into = None;
        let at = story.members.partition_point(|member| *member < number);
        story.members.insert(at, number);
        filed.story = id.clone();
        filed.why = why;
        self.advance.shelf.insert(number, filed);
        self.advance.stories.insert(id, story);
    }
}

/// Whether two articles report different events of the ledger, or one event at times so far apart that they are two stories.
fn differ(a: &Filed, b: &Filed) -> bool {
    match (&a.event, &b.event) {
        (Some(mine), Some(theirs)) => mine != theirs || !is_awake(a.at, b.at),
        _ => false,
    }
}

/// Whether an article has found a story.
fn stands(filed: &Filed) -> bool {
    !filed.story.as_str().is_empty()
}

/// Whether two articles are near enough for their words to tell that they are of one event.
fn is_near(a: Timestamp, b: Timestamp) -> bool {
    a.duration_since(b).abs() <= WINDOW
}

/// Whether a story that was told of at one time goes on at another.
fn is_awake(a: Timestamp, b: Timestamp) -> bool {
    a.duration_since(b).abs() <= SLEEP_MAX
}

/// The articles of a shelf by their stories: what tests and the command line look at.
impl Stories {
    /// The articles of each story, in order of arrival.
    pub fn members(&self) -> BTreeMap<&StoryId, Vec<&ArticleId>> {
        let mut out: BTreeMap<&StoryId, Vec<&ArticleId>> = BTreeMap::new();
        for filed in self.shelf.values() {
            out.entry(&filed.story).or_default().push(&filed.id);
        }
        out
    }
}
