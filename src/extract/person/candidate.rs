//! Shapes that a Chinese name may have, and how much each looks like one.

use std::sync::LazyLock;

use crate::lexicon::{CharSet, SurnameStrength, TitleKind};

use super::evidence::{self, TITLED};
use super::search::{Known, Place};
use super::table::Columns;
use super::title::Titles;
use super::view::{View, is_han};

/// Characters that stand in no given name: pronouns, particles, adverbs, measure words.
static NEVER_GIVEN: LazyLock<CharSet> = LazyLock::new(|| NEVER_GIVEN_CHARACTERS.chars().collect());
const NEVER_GIVEN_CHARACTERS: &str = "的了着过吗呢吧们等及与这那哪什么怎该此我你您她他它每各某个被把将从很也都还没不或并且而但因所位名届次号是有就让使某总氏组部";

/// From this score on a candidate is a name.
pub(super) const ENOUGH: i32 = 6;
/// From this score on a name is worth looking for in the rest of the text.
pub(super) const CERTAIN: i32 = 7;
/// From this score on a candidate beside a name in a list is one too.
pub(super) const LISTED: i32 = 3;

/// A place that may be a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub start: usize,
    pub end: usize,
    pub score: i32,
}

/// What is known while candidates are weighed.
pub(super) struct Weigh<'v, 't> {
    pub view: &'v View<'t>,
    pub titles: &'v Titles,
    pub columns: &'v Columns,
    /// Names that stand elsewhere in the text in a clear context.
    pub known: &'v Known<'t>,
}

/// A surname and a given name.
struct Shape {
    start: usize,
    /// First character of the given name.
    given: usize,
    end: usize,
    /// The surname has two characters.
    double: bool,
    strength: SurnameStrength,
}

impl Weigh<'_, '_> {
    /// The best candidate that begins at a place; `left` is the evidence before it.
    pub fn best(&self, place: &Place, left: i32) -> Option<Candidate> {
        let (view, start) = (self.view, place.at);
        if !(view.is_boundary(start) || left >= LISTED) {
            return None;
        }
        let (longest, strength) = place.surname;
        let mut best: Option<Candidate> = None;
        for length in 1..=longest {
            let shorter = || view.persons.surnames.longest_where(view.chars, start, |l, _| l == length);
            let strength = if length == longest { Some(strength) } else { shorter().map(|(_, strength)| *strength) };
            let Some(strength) = strength else { continue };
            let blank = usize::from(length == 1 && view.char(start + 1) == ' ');
            for given in 1..=2 - blank {
                let first = start + length + blank;
                let (end, double) = (first + given, length > 1);
                let shape = Shape { start, given: first, end, double, strength };
                let better = |c: &Candidate, b: &Candidate| (c.score, c.end) > (b.score, b.end);
                if let Some(candidate) = self.weigh(&shape, left).filter(|c| best.is_none_or(|b| better(c, &b))) {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    fn weigh(&self, shape: &Shape, left: i32) -> Option<Candidate> {
        let view = self.view;
        let given = view.chars.get(shape.given..shape.end)?;
        if !given.iter().all(|c| is_han(*c)) || given.iter().any(|c| NEVER_GIVEN.contains(*c)) && !self.may(shape, left)
        {
            return None;
        }
        // 李工, engineer Li: short forms of offices
        if matches!(given, ['工' | '董' | '局' | '处' | '厅' | '院' | '校' | '科']) {
            return None;
        }
        // 王女士: what follows the surname is no name
        if self.titles.from(shape.given).is_some_and(|title| title.end <= shape.end) {
            return None;
        }
        let right = evidence::right(view, self.titles, shape.end);
        let blank = shape.given > shape.start && view.char(shape.given - 1) == ' ';
        // the shape alone, without a word beside it that speaks of people, is not enough
        let known = self.known_score(shape, blank);
        let alone = left.max(right) < 2 || (left < TITLED && right < 1) || quoted(view, shape);
        let word = self.famous(shape);
        if known == 0 && word == 0 && alone || blank && (left < 1 || right < 2) {
            return None;
        }
        // a known name with a verb behind it is no part of an organisation, whatever that rule took it for
        if view.has_organisation(shape.start, shape.end) && (known < 5 || right < 3) {
            return None;
        }
        // 沃土, 钟声: two characters alone are too often a word that the dictionary takes for a name
        let short = shape.end - shape.start == 2 && known == 0 && left.max(right) < 3;
        let mut score = left + right + surname_score(shape) + self.given_score(shape) + known + word;
        score -= if short { 2 } else { 0 };
        score += if blank { 0 } else { self.word_score(shape, left, right) };
        Some(Candidate { start: shape.start, end: shape.end, score })
    }

    /// 董事长任我行、: between an office and a mark any character may be one of a name, but for a few.
    fn may(&self, shape: &Shape, left: i32) -> bool {
        let view = self.view;
        let addressed =
            || left >= 3 && self.titles.from(shape.end).is_some_and(|title| title.kinds.has(TitleKind::Address));
        let marked = || {
            left > TITLED
                && shape.end - shape.start > 2
                && matches!(view.char(shape.end), '、' | ',' | '(' | ')' | '。')
        };
        let never = |c: &char| matches!(c, '等' | '的' | '们' | '了' | '组' | '部');
        (addressed() || marked()) && !view.chars[shape.given..shape.end].iter().any(never)
    }

    fn given_score(&self, shape: &Shape) -> i32 {
        let usual = |c: &&char| self.view.persons.given.contains(**c);
        self.view.chars[shape.given..shape.end].iter().filter(usual).count() as i32
    }

    fn known_score(&self, shape: &Shape, blank: bool) -> i32 {
        if blank || !self.known.holds(self.view, shape.start, shape.end) {
            return 0;
        }
        if shape.end - shape.start > 2 { 5 } else { 3 }
    }

    /// A name that the dictionary knows, of a shape that words seldom have, needs nothing beside it.
    fn famous(&self, shape: &Shape) -> i32 {
        if shape.end - shape.start < 3 || shape.strength != SurnameStrength::Plain {
            return 0;
        }
        let known = self
            .view
            .token_from(shape.start)
            .is_some_and(|token| token.span.end() == shape.end && token.pos.as_str().starts_with("nr"));
        if known && self.given_score(shape) > 0 { 2 } else { 0 }
    }

    /// What the words of the dictionary say for and against.
    fn word_score(&self, shape: &Shape, left: i32, right: i32) -> i32 {
        let view = self.view;
        let clear = left >= TITLED && right >= 2;
        let mut score = 0;
        if let Some((length, ())) = view.persons.not_names.longest(view.chars, shape.start)
            && length > shape.given - shape.start
        {
            score -= if shape.start + length < shape.end && clear { 2 } else { 5 };
        }
        if evidence::cue(view, shape.start).is_some_and(|(length, _)| length == shape.end - shape.start) {
            score -= 4;
        }
        if let Some(token) = view.token_from(shape.start) {
            let name = token.pos.as_str().starts_with("nr");
            score += match token.span.end() {
                end if end == shape.end && name => 2,
                end if end == shape.end
                    && clear
                    && (right > 2 || left > TITLED)
                    && shape.strength == SurnameStrength::Plain =>
                {
                    -2
                }
                // 联系人:相宜 and nothing more in the line
                end if end == shape.end && left > TITLED && matches!(view.char(end), '\n' | ' ') => -1,
                end if end == shape.end => -4,
                end if end > shape.given && end < shape.end && !name => {
                    if clear {
                        -1
                    } else {
                        -3
                    }
                }
                _ => 0,
            };
        }
        score + self.given_word_score(shape, clear) + self.end_score(shape)
    }

    /// 向|大会: a given name that is a word of its own.
    fn given_word_score(&self, shape: &Shape, clear: bool) -> i32 {
        let Some(token) = self.view.token_from(shape.given) else { return 0 };
        let proper = matches!(token.pos.as_str(), "nr" | "nrt" | "nrfg" | "nz");
        if token.span.end() != shape.end || token.span.len() < 2 || proper {
            return 0;
        }
        let surname = self.view.token_from(shape.start).map_or("", |surname| surname.pos.as_str());
        match (shape.strength, surname) {
            (SurnameStrength::Plain, _) => -1,
            (_, "c") => -5,
            (_, "p") if clear => -2,
            _ if clear => -1,
            _ => -5,
        }
    }

    fn end_score(&self, shape: &Shape) -> i32 {
        let view = self.view;
        let mut score = 0;
        let cue = evidence::cue(view, shape.end).filter(|(length, _)| *length > 1);
        if !view.is_boundary(shape.end) && cue.is_none() {
            score -= 2;
        }
        if view.token_from(shape.end).is_some_and(|token| token.span.len() > 1 && view.is_han(shape.end)) {
            score += 1;
        }
        let last = shape.end - 1;
        // 甘棠为顾问: the verb is no part of the name
        if last > shape.given && matches!(view.char(last), '为' | '任') && self.titles.from(shape.end).is_some() {
            score -= 6;
        }
        if last > shape.given && view.is_boundary(last) && evidence::cue(view, last).is_some() {
            score -= 2;
        }
        score
    }
}

/// “金银铜”: marks around a name of its own are seldom about a person.
fn quoted(view: &View<'_>, shape: &Shape) -> bool {
    view.before(shape.start) == '“' && view.char(shape.end) == '”'
}

fn surname_score(shape: &Shape) -> i32 {
    match shape.strength {
        SurnameStrength::Plain if shape.double => 3,
        SurnameStrength::Plain => 1,
        SurnameStrength::Word if shape.double => 0,
        SurnameStrength::Word => -1,
        SurnameStrength::Rare => -2,
    }
}
