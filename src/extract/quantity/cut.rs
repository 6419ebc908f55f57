//! A clause cut into words: those of the dictionaries, and between them the words of the segmenter.

use super::phrase::is_han;
use crate::lexicon::{QuantityWords, Role};
use crate::model::{Clean, Span, Token};

/// What a clause is read from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'t> {
    pub chars: &'t [char],
    /// Words of the segmenter, ascending.
    pub tokens: &'t [Token],
    pub words: &'t QuantityWords,
    /// Dates, ascending.
    pub covered: &'t [Span<Clean>],
}

/// Which side of its number a clause stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// A word, or nouns that touch, and what it does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub role: Role,
    pub start: usize,
    pub end: usize,
    /// A verb by its part of speech alone; no dictionary has it.
    pub guessed: bool,
}

/// Last characters of nouns for amounts, which verbs stand before as a part: 检查次数, 投资额.
fn ends_amount(c: char) -> bool {
    matches!(c, '数' | '量' | '率' | '额' | '费' | '值' | '度' | '积' | '比' | '例' | '点' | '龄')
}

/// Last characters of nouns for those who do something, which a verb tells apart: 制造企业, 推荐单位.
fn ends_actor(c: char) -> bool {
    matches!(c, '业' | '位' | '商' | '员' | '队')
}

/// Cuts clauses.
pub(super) struct Cutter<'t> {
    pub sources: Sources<'t>,
    /// The parts of the clause cut last.
    pub parts: Vec<Part>,
    /// The first word of the segmenter, and the first date, that were not passed when a clause was cut last: the next
    /// clause is near.
    token: usize,
    date: usize,
}

impl<'t> Cutter<'t> {
    pub fn new(sources: Sources<'t>) -> Self {
        Cutter { sources, parts: Vec::new(), token: 0, date: 0 }
    }

    /// Cuts `start..end` into parts.
    pub fn cut(&mut self, start: usize, end: usize, side: Side) {
        self.parts.clear();
        let Sources { chars, words, tokens, covered } = self.sources;
        self.token = near(tokens, self.token, |token| token.span.start() < start);
        self.date = near(covered, self.date, |span| span.end() <= start);
        let mut at = start;
        while at < end {
            if let Some(date) = self.next_date(at) {
                self.push(Role::Filler, at, date.min(end));
                at = date.min(end).max(at + 1);
                continue;
            }
            let known = words.clause.longest_where(chars, at, |length, _| at + length <= end);
            let token = self.next_token(at).filter(|token| token.span.end() <= end);
            // A longer word of the segmenter holds one of the dictionary: 公约 (pact) is no 约 (about).
            let (length, role) = match (known, token) {
                (known, Some(token)) if self.holds(token, known, side) => {
                    let length = self.length_of(token);
                    let whole = length == token.span.len();
                    let role = if whole { self.role_of(token, end, side) } else { Role::Noun };
                    self.push(role, at, at + length);
                    if let Some(part) = self.parts.last_mut() {
                        part.guessed = role == Role::Action;
                    }
                    at += length;
                    continue;
                }
                (Some((length, role)), _) => (length, self.role_at(at, length, *role, end, side)),
                (None, _) => (1, Role::Noun),
            };
            self.push(role, at, at + length);
            at += length;
        }
    }

    /// A word of the segmenter that is longer than that of the dictionary; a term such as 走访企业 (visit companies) at a
    /// place where a verb stands is read as two.
    fn holds(&self, token: &Token, known: Option<(usize, &Role)>, side: Side) -> bool {
        let Some((length, role)) = known else { return true };
        let after_noun = self.parts.last().is_some_and(|part| part.role == Role::Noun);
        let opens = after_noun == (side == Side::Behind);
        let phrase = *role == Role::Action && length == 2 && token.span.len() >= 4 && opens;
        // 只有, 将达: the adverb and the verb that tells how many.
        let tells =
            *role == Role::Filler && matches!(self.sources.chars[token.span.end() - 1], '有' | '是' | '为' | '达');
        token.span.len() > length && !phrase && !tells
    }

    /// How much of a word is taken: a term such as 团体标准立项 ends with its verb.
    fn length_of(&self, token: &Token) -> usize {
        let length = token.span.len();
        let ends_with_verb = length >= 4
            && self.sources.words.clause.longest(self.sources.chars, token.span.end() - 2) == Some((2, &Role::Action));
        if ends_with_verb { length - 2 } else { length }
    }

    /// The role of a word that the dictionary does not have, by its part of speech.
    fn role_of(&self, token: &Token, end: usize, side: Side) -> Role {
        let last = token.span.end() == end;
        let after_noun = self.parts.last().is_some_and(|part| part.role == Role::Noun);
        let single = token.span.len() == 1;
        let opens = !after_noun || self.after_beneficiary();
        let tag = token.pos.as_str().as_bytes();
        let verb = match tag {
            b"v" | b"vd" | b"vi" | b"vq" => true,
            // 竞赛决出一等奖: a noun that does what the verb behind it says.
            b"vn" => {
                let next =
                    self.sources.words.clause.longest(self.sources.chars, token.span.end()).map(|(_, role)| *role);
                opens && !last && next != Some(Role::Action)
            }
            _ => false,
        };
        match tag {
            _ if verb && side == Side::Before && !last && self.heads_amount(token, end) => Role::Noun,
            b"vn" if verb && ends_actor(self.sources.chars[end - 1]) => Role::Noun,
            b"vn" if verb && side == Side::Before => Role::Action,
            b"v" | b"vd" | b"vi" | b"vq" => match side {
                Side::Behind if after_noun || !single => Role::Action,
                Side::Before if !single && (last || opens) => Role::Action,
                _ => Role::Noun,
            },
            b"d" if !single || after_noun => Role::Filler,
            b"p" | b"c" | b"r" | b"y" if !single || after_noun && side == Side::Behind => Role::Stop,
            b"f" if single && last => Role::Stop,
            b"t" if !single && side == Side::Behind && after_noun => Role::Filler,
            _ => Role::Noun,
        }
    }

    /// The role of a word of the dictionary at its place: a single character is one of these words only where the words
    /// beside it say so.
    fn role_at(&self, at: usize, length: usize, role: Role, end: usize, side: Side) -> Role {
        let Sources { chars, words, .. } = self.sources;
        let last = at + length == end;
        let after_noun = self.parts.last().is_some_and(|t| t.role == Role::Noun);
        match role {
            Role::Modifier => {
                let next = words.clause.longest(chars, at + length).map(|(_, role)| *role);
                if !last && matches!(next, None | Some(Role::Noun)) { Role::Noun } else { Role::Action }
            }
            Role::Action
                if length == 2 && side == Side::Before && !after_noun && self.opens_share(at + length, end) =>
            {
                Role::Noun
            }
            role if length > 1 => role,
            // 新产品, but 新发展会员 (newly).
            Role::Filler if chars[at] == '新' && !last => {
                let next = words.clause.longest(chars, at + 1).map(|(_, role)| *role);
                if matches!(next, None | Some(Role::Noun | Role::Modifier)) { Role::Noun } else { Role::Filler }
            }
            Role::Edge if last => Role::Stop,
            Role::Edge => Role::Noun,
            // 占总收入的八成: what it is a part of stands behind the verb.
            Role::Change if chars[at] == '占' && !last => Role::Action,
            // 有, 是, 为 before the number tell how many; elsewhere they end a noun.
            Role::Change if matches!(chars[at], '有' | '是' | '为') => {
                if last {
                    Role::Change
                } else {
                    Role::Stop
                }
            }
            Role::Change if !last => Role::Noun,
            Role::Action if after_noun && !last && side == Side::Behind && self.is_verb(at) => Role::Action,
            Role::Action if after_noun && !last => Role::Noun,
            Role::Filler if after_noun && !last && !matches!(chars[at], '了' | '已' | '将' | '仅') => {
                let next = words.clause.longest(chars, at + 1).map(|(_, role)| *role);
                let adverb =
                    side == Side::Behind && matches!(chars[at], '都' | '均' | '还' | '仍' | '也' | '先' | '再');
                // 订单仍比年初少: a comparison follows.
                let compared = chars.get(at + 1).is_some_and(|c| matches!(c, '比' | '较')) && next == Some(Role::Stop);
                if adverb || compared || matches!(next, Some(Role::Action | Role::Change | Role::Filler)) {
                    Role::Filler
                } else {
                    Role::Noun
                }
            }
            role => role,
        }
    }

    /// A noun for an amount stands behind the verb: 检查次数, 产能利用率.
    fn heads_amount(&self, token: &Token, end: usize) -> bool {
        let Sources { chars, tokens, .. } = self.sources;
        let next = || {
            let next = tokens.get(tokens.partition_point(|t| t.span.start() < token.span.end()));
            next.is_some_and(|next| next.span.end() <= end && ends_amount(chars[next.span.end() - 1]))
        };
        ends_amount(chars[end - 1]) || next()
    }

    /// The word at `at` is one for a share or a number of something, and ends its noun: 培训 | 合格率, 参观 | 人数.
    fn opens_share(&self, at: usize, end: usize) -> bool {
        let Sources { chars, words, .. } = self.sources;
        let Some(token) = self.token_at(at).filter(|token| token.span.end() <= end) else { return false };
        let leads = words.leaders.longest(chars, at - 2).is_some_and(|(length, ())| length == 2);
        let behind = token.span.end();
        let ends = behind == end || words.clause.longest(chars, behind).is_some_and(|(_, role)| *role != Role::Noun);
        !leads && ends && matches!(chars[behind - 1], '率' | '数' | '量')
    }

    /// The noun cut last stands behind 为 or 向 (for, to): 为企业节约资金.
    fn after_beneficiary(&self) -> bool {
        let Some([before, _]) = self.parts.last_chunk::<2>() else { return false };
        before.end == before.start + 1 && matches!(self.sources.chars[before.start], '为' | '向' | '给' | '对')
    }

    /// The character at `at` is a verb by itself, by the segmenter.
    fn is_verb(&self, at: usize) -> bool {
        self.token_at(at).is_some_and(|token| token.span.len() == 1 && token.pos.as_str().starts_with('v'))
    }

    /// Adds a word; nouns that touch are one.
    fn push(&mut self, role: Role, start: usize, end: usize) {
        match self.parts.last_mut() {
            Some(last) if last.role == Role::Noun && role == Role::Noun => last.end = end,
            _ => self.parts.push(Part { role, start, end, guessed: false }),
        }
    }

    /// End of the date that stands at `at`, not before the place asked for last.
    fn next_date(&mut self, at: usize) -> Option<usize> {
        let covered = self.sources.covered;
        while covered.get(self.date).is_some_and(|span| span.end() <= at) {
            self.date += 1;
        }
        covered.get(self.date).filter(|span| span.start() <= at).map(|span| span.end())
    }

    /// As [`Self::token_at`], for a place not before the one asked for last.
    fn next_token(&mut self, at: usize) -> Option<&'t Token> {
        let tokens = self.sources.tokens;
        while tokens.get(self.token).is_some_and(|token| token.span.start() < at) {
            self.token += 1;
        }
        tokens.get(self.token).filter(|token| token.span.start() == at && is_han(self.sources.chars[at]))
    }

    /// The word of the segmenter that begins at `at`, where it is a Chinese one.
    fn token_at(&self, at: usize) -> Option<&'t Token> {
        let tokens = self.sources.tokens;
        let found = tokens.partition_point(|token| token.span.start() < at);
        tokens.get(found).filter(|token| token.span.start() == at && is_han(self.sources.chars[at]))
    }
}

/// What `partition_point` gives, looked for in steps that double from `from` on: it is near most times.
fn near<T>(items: &[T], from: usize, passed: impl Fn(&T) -> bool) -> usize {
    let (mut low, mut high, mut step) = (from, from, 8);
    while low > 0 && !passed(&items[low - 1]) {
        (low, high, step) = (low.saturating_sub(step), low - 1, 2 * step);
    }
    while high < items.len() && passed(&items[high]) {
        (low, high, step) = (high + 1, items.len().min(high + step), 2 * step);
    }
    low + items[low..high].partition_point(passed)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn what_is_near_is_found_from_everywhere() {
        let items: Vec<usize> = (0..50).collect();
        for wanted in 0..=50 {
            for from in 0..=50 {
                assert_eq!(near(&items, from, |item| *item < wanted), wanted, "from {from}");
            }
        }
    }
}
