//! What stands around the name of an event: place, number of people, organisers.

use rust_decimal::Decimal;

use crate::model::{Clean, Organiser, OrganiserRole, QuantityMention, Token};

use super::EventName;
use super::view::View;

pub(super) struct Surroundings<'v, 't> {
    pub view: &'v View<'t>,
    pub names: &'v [EventName],
    pub quantities: &'v [QuantityMention<Clean>],
    /// What their units are written in.
    pub source: &'v str,
    pub publisher: Option<&'v str>,
}

/// A sentence that begins so goes on about the event before it (本次, 会议, 该).
fn opens_on_event(c: char) -> bool {
    matches!(c, '本' | '会' | '活' | '大' | '竞' | '论' | '峰' | '展' | '由' | '该' | '此')
}

impl Surroundings<'_, '_> {
    /// What stands between 在 and the verb of holding, behind the name or before it.
    pub fn place(&self, at: usize) -> Option<String> {
        let view = self.view;
        let name = self.names[at].span;
        let sentence = view.sentence(name.start());
        let mark = |c: &char| matches!(c, ',' | ';' | '。' | '!' | '?');
        let end = view.chars[name.end()..sentence.end().max(name.end())].iter().position(mark);
        let end = end.map_or(sentence.end(), |length| name.end() + length);
        let start = view.chars[sentence.start()..name.start()].iter().rposition(mark);
        let start = start.map_or(sentence.start(), |length| sentence.start() + length + 1);
        self.place_in(name.end(), end).or_else(|| self.place_in(start, name.start()))
    }

    fn place_in(&self, from: usize, to: usize) -> Option<String> {
        const LONGEST: usize = 24;
        let tokens = self.tokens(from, to);
        for (at, token) in tokens.iter().enumerate().rev() {
            if !matches!(self.view.chars[token.span.range()], ['在' | '假' | '赴']) {
                continue;
            }
            let start = token.span.end();
            let inside = |t: &&Token| {
                self.view.organisation_at(t.span.start()).is_some() || !self.view.is_in(&self.view.words.stops, t)
            };
            let end = tokens[at + 1..].iter().take_while(inside).last().map_or(start, |t| t.span.end());
            let verb = self.view.word_after(end);
            let held = self.view.words.stops.contains(verb) && verb != "的";
            if end > start && end - start <= LONGEST && held {
                return Some(self.view.slice(start, end).to_owned());
            }
        }
        let online = |t: &Token| matches!(self.view.chars[t.span.range()], ['线', '上'] | ['在', '线']);
        tokens.iter().any(online).then(|| "线上".to_owned())
    }

    /// People of the same sentence or the next who came.
    pub fn attendance(&self, at: usize) -> Option<Decimal> {
        const NEAR: usize = 12;
        let view = self.view;
        let name = self.names[at].span;
        let sentence = view.sentence_number(name.start());
        let own_end = view.text.sentences.get(sentence)?.span.end();
        let next_end = view.text.sentences.get(sentence + 1).map_or(own_end, |s| s.span.end());
        let next_name = self.names.get(at + 1).map_or(next_end, |n| n.span.start());
        let end = if next_name < own_end { next_name } else { next_end.min(next_name) };
        let first = self.quantities.partition_point(|q| q.span.start() < name.end());
        let people = self.quantities[first..].iter().take_while(|q| q.span.end() <= end).filter(|q| {
            let unit = q.unit.as_ref().map(|unit| unit.within(self.source));
            matches!(unit, Some("人" | "名" | "位" | "人次")) && q.value.is_some()
        });
        let mut came = people.filter(|q| {
            let from = q.span.start().saturating_sub(NEAR).max(name.end());
            self.tokens(from, (q.span.end() + NEAR).min(end)).iter().any(|t| view.is_in(&view.words.attend, t))
        });
        came.next().and_then(|q| q.value)
    }

    /// Organisations before a verb that says their role, in the sentence of the name or the next; else the subject of
    /// the verb of holding; else the publisher, where it holds the event.
    pub fn organisers(&self, at: usize) -> Vec<Organiser> {
        let view = self.view;
        let name = self.names[at].span;
        let number = view.sentence_number(name.start());
        let mut found = Vec::new();
        let sentence = view.sentence(name.start());
        let start = at.checked_sub(1).map_or(0, |at| self.names[at].span.end()).max(sentence.start());
        let next = self.names.get(at + 1).map_or(usize::MAX, |n| n.span.start());
        self.in_roles(start, sentence.end().min(next), &mut found);
        if let Some(following) = view.text.sentences.get(number + 1).filter(|s| s.span.end() <= next)
            && found.is_empty()
            && view.chars.get(following.span.start()).is_some_and(|c| opens_on_event(*c))
        {
            self.in_roles(following.span.start(), following.span.end(), &mut found);
        }
        if found.is_empty() {
            self.subject(start, name.start(), &mut found);
        }
        found
    }

    /// Every organisation of a stretch that leads to a verb of its role.
    fn in_roles(&self, from: usize, to: usize, found: &mut Vec<Organiser>) {
        let view = self.view;
        let mut start = from;
        let named = view.organisations.partition_point(|m| m.span.start() < from);
        let Some(first) = view.organisations.get(named).map(|m| m.span.start()) else { return };
        for token in self.tokens(from, to).iter().skip_while(|token| token.span.end() <= first) {
            let Some(&role) = view.of_list(&view.words.organising, token) else { continue };
            let listed = view.organisations.partition_point(|m| m.span.start() < start);
            let before = view.organisations[listed..].iter().take_while(|m| m.span.end() <= token.span.start());
            for organisation in before {
                if found.iter().all(|o: &Organiser| o.name != organisation.name) {
                    found.push(Organiser { name: organisation.name.clone(), role });
                }
            }
            start = token.span.end();
        }
    }

    /// The organisations before the verb of holding that governs the name.
    fn subject(&self, from: usize, name: usize, found: &mut Vec<Organiser>) {
        let view = self.view;
        let role = OrganiserRole::Host;
        let tokens = self.tokens(from, name);
        let joins = tokens.iter().rev().take(6).any(|t| view.is_in(&view.words.join, t));
        if joins {
            return;
        }
        let Some(verb) = tokens.iter().rposition(|t| view.is_in(&view.words.hold, t)) else { return };
        let end = tokens[verb].span.start();
        let listed = view.organisations.partition_point(|m| m.span.start() < from);
        for organisation in view.organisations[listed..].iter().take_while(|m| m.span.end() <= end) {
            let venue =
                organisation.span.start().checked_sub(1).is_some_and(|at| matches!(view.chars[at], '在' | '假'));
            if !venue && found.iter().all(|o| o.name != organisation.name) {
                found.push(Organiser { name: organisation.name.clone(), role });
            }
        }
        if let Some(publisher) = self.publisher.filter(|_| found.is_empty()) {
            found.push(Organiser { name: publisher.to_owned(), role });
        }
    }

    fn tokens(&self, from: usize, to: usize) -> &[Token] {
        let all = self.view.tokens;
        // a token that holds `from` or `to` but begins or ends elsewhere is left out
        let begins = |at: usize| all.get(at).is_none_or(|t| t.span.start() >= from);
        let first = self.view.places.token(from);
        let first = if begins(first) { first } else { first + 1 };
        let last = self.view.places.token(to);
        all.get(first..last).unwrap_or_default()
    }
}
