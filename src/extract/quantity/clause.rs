//! What a number counts and the verb that governs it, read from the words of its clause.
//!
//! There is no tokeniser here: the words of the dictionaries (verbs, fillers, stops, and nouns that hold one of these) cut a
//! clause, and what lies between them is a noun.

use super::phrase::{Phrase, is_han};
use crate::lexicon::{QuantityWords, Role};
use crate::model::{Clean, QuantityKind, Span};

/// What the clause says of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub object: Option<Span<Clean>>,
    pub action: Option<Span<Clean>>,
}

/// Reads clauses of a text; asked for its numbers in order.
pub(super) struct Clause<'t> {
    chars: &'t [char],
    words: &'t QuantityWords,
    covered: &'t [Span<Clean>],
    /// The number before, and what was said of it.
    last: Option<(Phrase<'t>, Counted)>,
    /// Buffer for the words of a clause.
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    role: Role,
    start: usize,
    end: usize,
}

/// How far a clause is read from its number, in characters.
const REACH: usize = 48;

/// Longest noun, in characters.
const LONGEST: usize = 24;

/// Last characters of names of organisations, who act and are not counted.
const ACTORS: &str = "会司部处院局厅盟心团校室组者方";

impl<'t> Clause<'t> {
    pub fn new(chars: &'t [char], words: &'t QuantityWords, covered: &'t [Span<Clean>]) -> Self {
        Clause { chars, words, covered, last: None, tokens: Vec::new() }
    }

    /// What `phrase` counts.
    pub fn counted(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut counted = self.read(phrase);
        if phrase.kind == QuantityKind::Ordinal {
            counted.action = None;
        }
        self.last = Some((phrase.clone(), counted));
        counted
    }

    fn read(&mut self, phrase: &Phrase<'t>) -> Counted {
        let after = self.behind(phrase);
        if phrase.kind == QuantityKind::Ordinal {
            return after;
        }
        let before = self.before(phrase);
        let action = before.action.or(after.action);
        if after.object.is_some() {
            return Counted { object: after.object, action };
        }
        Counted { object: before.object.or_else(|| self.inherited(phrase)), action }
    }

    /// The noun and the verb behind a number: `86家企业参展`.
    fn behind(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut start = phrase.span.end();
        let share = phrase.kind == QuantityKind::Percent;
        if share && self.chars.get(start) == Some(&'的') {
            start += 1;
        }
        let limit = self.chars.len().min(start + LONGEST);
        let end = (start..limit).find(|&at| self.bounds_clause(at) || self.chars[at].is_ascii_digit()).unwrap_or(limit);
        self.cut(start, end);
        let mut object = None;
        let mut words = self.tokens.iter().peekable();
        let nominal = |token: &&&Token| match token.role {
            Role::Noun => true,
            // A verb straight behind things, not people, is a noun or part of one: 19项申请, 5项培训活动.
            Role::Action => !phrase.people && !share && token.start == start,
            _ => false,
        };
        if !matches!(phrase.kind, QuantityKind::Money | QuantityKind::Measure) {
            while let Some(token) = words.next_if(|token| nominal(&token)) {
                let begin = object.map_or(token.start, Span::start);
                object = Some(Span::new(begin, token.end));
            }
        }
        let passing = |token: &&Token| matches!(token.role, Role::Filler | Role::Stop);
        let action = words.find(|token| !passing(token)).filter(|token| token.role == Role::Action);
        Counted { object, action: action.map(|token| Span::new(token.start, token.end)) }
    }

    /// The noun and the verb before a number: `发展会员11家`, `会员达到365家`.
    fn before(&mut self, phrase: &Phrase<'t>) -> Counted {
        let end = phrase.span.start();
        let floor = end.saturating_sub(REACH).max(self.last.as_ref().map_or(0, |(last, _)| last.span.end()));
        let quoted = self.quoted(floor, end);
        let end = quoted.map_or(end, |span| span.start() - 1);
        let start = (floor..end).rev().find(|&at| self.bounds_clause(at)).map_or(floor, |at| at + 1);
        self.cut(start, end);
        let mut counted = self.governed();
        if let Some(quoted) = quoted {
            counted.object = Some(quoted);
        }
        counted.object = counted.object.filter(|span| span.len() <= LONGEST);
        counted
    }

    /// The words before a number, read from it backwards.
    fn governed(&self) -> Counted {
        let mut rest = &self.tokens[..];
        let mut change = None;
        while let Some((last, head)) = rest.split_last() {
            match last.role {
                Role::Filler => {}
                Role::Change if change.is_none() => change = Some(*last),
                // 会员由41家, 会员为86家: the noun stands before the preposition.
                Role::Stop if matches!(self.chars[last.start], '由' | '从' | '自' | '已' | '均' | '共') => {}
                _ => break,
            }
            rest = head;
        }
        let span = |token: Token| Span::new(token.start, token.end);
        let run = rest.iter().rev().take_while(|t| matches!(t.role, Role::Noun | Role::Action)).count();
        let run = &rest[rest.len() - run..];
        let action = change.map(span);
        match run {
            [] => Counted { object: None, action },
            [.., last] if last.role == Role::Action && change.is_none() => {
                // The verb itself is counted where another governs it: 开展宣贯27场.
                let governor = run[..run.len() - 1].iter().find(|t| t.role == Role::Action);
                if let Some(governor) = governor {
                    return Counted { object: Some(Span::new(governor.end, last.end)), action: Some(span(*governor)) };
                }
                let subject = (run.len() > 1).then(|| Span::new(run[0].start, last.start)).filter(|s| !self.acts(*s));
                Counted { object: subject, action: Some(span(*last)) }
            }
            [first, .., last] => {
                let verb = run.iter().position(|t| t.role == Role::Action).filter(|&at| change.is_none() || at == 0);
                let Some(verb) = verb else {
                    return Counted { object: Some(Span::new(first.start, last.end)), action };
                };
                let after = verb + run[verb..].iter().take_while(|t| t.role == Role::Action).count();
                let governor = run[after - 1];
                Counted { object: Some(Span::new(governor.end, last.end)), action: Some(span(governor)) }
            }
            [one] => Counted { object: Some(span(*one)), action },
        }
    }

    /// What is quoted right before a number.
    fn quoted(&self, floor: usize, end: usize) -> Option<Span<Clean>> {
        let close = end.checked_sub(1).filter(|&at| at >= floor && self.chars[at] == '”')?;
        let open = (floor..close)
            .rev()
            .find(|&at| matches!(self.chars[at], '“' | '”' | '\n'))
            .filter(|&at| self.chars[at] == '“')?;
        (open + 1 < close).then(|| Span::new(open + 1, close))
    }

    /// A clause that names nothing goes on about what the last number of its sentence counted: 立项14项、发布5项.
    fn inherited(&self, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let (last, counted) = self.last.as_ref()?;
        let object = counted.object?;
        let unit = |phrase: &Phrase<'t>| phrase.unit.map(|span| &self.chars[span.range()]);
        let alike = unit(last) == unit(phrase) || phrase.kind == QuantityKind::Percent;
        let between = &self.chars[last.span.end().min(phrase.span.start())..phrase.span.start()];
        let one_sentence =
            between.len() <= REACH && !between.iter().any(|c| matches!(c, '。' | '!' | '?' | '\n' | ';'));
        let silent = self.tokens.iter().all(|t| t.role != Role::Noun);
        (alike && one_sentence && silent).then_some(object)
    }

    /// The span names somebody who acts.
    fn acts(&self, span: Span<Clean>) -> bool {
        ACTORS.contains(self.chars[span.end() - 1])
    }

    /// A mark that ends a clause, and so a noun.
    fn bounds_clause(&self, at: usize) -> bool {
        let c = self.chars[at];
        !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '·' | '/' | '&' | '+')
    }

    /// Cuts `start..end` into words.
    fn cut(&mut self, start: usize, end: usize) {
        self.tokens.clear();
        let mut at = start;
        while at < end {
            if let Some(date) = self.date_at(at) {
                self.push(Role::Stop, at, date.min(end));
                at = date.min(end).max(at + 1);
                continue;
            }
            match self.words.clause.longest(self.chars, at) {
                Some((length, role)) if at + length <= end => {
                    self.push(*role, at, at + length);
                    at += length;
                }
                _ => {
                    self.push(Role::Noun, at, at + 1);
                    at += 1;
                }
            }
        }
    }

    /// Adds a word; nouns that touch are one.
    fn push(&mut self, role: Role, start: usize, end: usize) {
        match self.tokens.last_mut() {
            Some(last) if last.role == Role::Noun && role == Role::Noun => last.end = end,
            _ => self.tokens.push(Token { role, start, end }),
        }
    }

    /// End of the date that stands at `at`.
    fn date_at(&self, at: usize) -> Option<usize> {
        let found = self.covered.partition_point(|span| span.end() <= at);
        self.covered.get(found).filter(|span| span.start() <= at).map(|span| span.end())
    }
}
