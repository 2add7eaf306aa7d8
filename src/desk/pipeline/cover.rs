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
            let said_at = self.said_at(article);
            let same_as = same.to_vec();
            let reading = &study.reading;
            let report = telling::report(article, reading, stating, storyline, said_at, same_as);
            let claims = stating.claims.iter();
            let claims = claims
                .map(|stated| telling::claim(article, reading, stated, storyline, said_at))
                .collect();
            let taken = ledger.take(report, claims, self.now);
            self.note_links(article, stating, &taken);
            self.tell_news(article, copy, (&taken, &ledger, terms.frame), baseline);
        }
        self.ledgers.insert(storyline.id.clone(), ledger);
    }

    /// When the claims of an article were made. An edit that its publisher has not dated was made by its arrival.
    fn said_at(&self, article: &Article) -> Timestamp {
        let published = article.published.at;
        let before = self.added.known(&article.key).or_else(|| self.memory.known(&article.key));
        match before {
            Some(before) if before.published == published => published.max(self.now),
            _ => published,
        }
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
        let stale = article.published.at < oldest;
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

    /// Whether the text that this one copies or revises has the sentence in the same words.
    fn said_before(&self, article: &Article, copy: &Copy, sentence: &str) -> bool {
        let says = |id: &ArticleId| self.print_of(id).is_some_and(|print| print.says(sentence));
        copy.of().is_some_and(says) || article.revision_of.as_ref().is_some_and(says)
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
