//! Covering: claims → link → ledger → alert, for one article of one storyline.

use jiff::Timestamp;

use crate::desk::alert::{Circumstances, Wanted, decide};
use crate::desk::claims::Stating;
use crate::desk::copies::Copy;
use crate::desk::ledger::{Taken, Working};
use crate::desk::model::{Alert, Article, ArticleId, Step};
use crate::desk::packs::{Frame, Storyline};
use crate::desk::pipeline::desk::Desk;
use crate::desk::pipeline::reading::Study;
use crate::desk::pipeline::telling;

impl<'a> Desk<'a> {
    /// Logs what an article tells of a storyline, and tells what is new of it.
    pub(super) fn cover(
        &mut self,
        article: &Article,
        (study, stating): (&Study, &Stating),
        (copy, same): (&Copy, &[ArticleId]),
        storyline: &'a Storyline,
        baseline: bool,
    ) {
        let (rules, memory) = (self.rules, self.memory);
        let Some(terms) = rules.terms(storyline) else { return };
        let mut ledger = match self.ledgers.remove(&storyline.id) {
            Some(ledger) => ledger,
            None => Working::new(memory.ledger(&storyline.id), terms),
        };
        let reason =
            format!("{} claims about {} events", stating.claims.len(), stating.events.len());
        self.note(None, Some(&article.id), Step::Claims, reason);
        for recalled in &stating.background {
            let reason = format!("{} = {}: background, no news", recalled.slot, recalled.value);
            self.note(None, Some(&article.id), Step::Claims, reason);
        }
        if !ledger.knows(&article.id) {
            let said_at = article.said_at();
            let same_as = same.to_vec();
            let reading = &study.reading;
            let house = rules.houses.of_publisher(&article.source, &article.url);
            let whole = study.credits.article();
            let from = (house, whole);
            let report =
                telling::report(article, reading, stating, storyline, said_at, same_as, from);
            let told_by = whole.map_or("nobody is credited".to_owned(), ToString::to_string);
            let reason = format!("{told_by}; publisher: {}", house.unwrap_or("its own"));
            self.note(None, Some(&article.id), Step::Origins, reason);
            let claims = stating.claims.iter();
            let claims = claims
                .map(|stated| {
                    telling::claim(article, (reading, &study.credits), stated, storyline, said_at)
                })
                .collect();
            let taken = ledger.take(report, claims, self.now);
            self.note_links(article, stating, &taken);
            self.tell_news(article, copy, (&taken, &ledger, terms.frame), baseline);
        }
        self.ledgers.insert(storyline.id.clone(), ledger);
    }

    fn note_links(&mut self, article: &Article, stating: &Stating, taken: &Taken) {
        for (local, placement) in stating.events.iter().zip(&taken.placements) {
            let reason = format!("{:?}: {placement}", local.local);
            self.note(None, Some(&article.id), Step::Link, reason);
        }
        if taken.late_by > 0 {
            let reason = format!("put before {} reports, made later", taken.late_by);
            self.note(None, Some(&article.id), Step::Ledger, reason);
        }
    }

    fn tell_news(
        &mut self,
        article: &Article,
        copy: &Copy,
        (taken, ledger, frame): (&Taken, &Working<'_>, &Frame),
        baseline: bool,
    ) {
        let max_age = self.rules.settings.alert_max_age;
        let oldest = self.now.checked_sub(max_age).unwrap_or(Timestamp::MIN);
        let stale = article.said_at() < oldest;
        for told in &taken.told {
            let claim = &told.claim;
            let said_before = self.said_before(article, copy, &claim.sentence);
            let circumstances = Circumstances { baseline, stale, said_before };
            let notify = decide(told.reception.clone(), circumstances);
            let reason = format!("{} = {}: {notify}", claim.slot, claim.value);
            self.note(None, Some(&article.id), Step::Alert, reason);
            let id = telling::alert_id(told, frame);
            let last = self.added.version(&id).or_else(|| self.memory.version(&id)).unwrap_or(0);
            let version = last.saturating_add(1);
            let at = (version, self.now);
            if let Some(alert) = telling::alert(&notify, told, article, ledger, frame, at) {
                self.added.note_version(id, version);
                self.tell(alert, &article.id);
            }
        }
    }

    /// Whether the text that this one copies, or an earlier version, has the sentence in the same words: of a new version
    /// only the difference is told.
    fn said_before(&self, article: &Article, copy: &Copy, sentence: &str) -> bool {
        let says = |id: &ArticleId| self.print_of(id).is_some_and(|print| print.says(sentence));
        let revises = || self.known(&article.key).is_some_and(|known| known.says(sentence));
        copy.of().is_some_and(says) || revises()
    }

    /// Puts an alert into the outbox of everybody who wants it.
    fn tell(&mut self, alert: Alert, article: &ArticleId) {
        let rules = self.rules;
        for watchlist in &rules.watchlists {
            let wanted = watchlist.wants(&alert);
            let reason = format!("watchlist {}: {wanted}", watchlist.id);
            self.note(None, Some(article), Step::Alert, reason);
            if wanted == Wanted::Yes {
                self.changes.deliveries.extend(telling::deliveries(&alert, watchlist, self.now));
            }
        }
        self.changes.alerts.push(alert);
    }
}
