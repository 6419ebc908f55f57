//! Whose deed a quantity tells of.

use std::ops::Range;

use crate::model::{Clean, CleanText, Doer, OrganisationForm, OrganisationKind, OrganisationMention, Publisher, Span};

/// Characters from the start of a sentence in which its subject stands.
const SUBJECT: usize = 14;

/// Tells whose deeds and figures the numbers of a text are; at once where they are asked of in the order of the text.
#[derive(Clone, Debug)]
pub struct Doers<'d> {
    text: &'d CleanText,
    organisations: &'d [OrganisationMention<Clean>],
    publisher: Option<&'d Publisher>,
    /// The place that was asked of last.
    place: usize,
    /// How many sentences begin at or before it, and where the last of them does.
    sentences: usize,
    start: usize,
    /// The mentions in that sentence that end at or before the place.
    said: Range<usize>,
    /// The first of them that acts.
    acting: Option<usize>,
}

impl<'d> Doers<'d> {
    /// Of a text with its organisations in order.
    pub fn new(
        text: &'d CleanText,
        organisations: &'d [OrganisationMention<Clean>],
        publisher: Option<&'d Publisher>,
    ) -> Self {
        let start = text.sentences.first().map_or(0, |sentence| sentence.span.start());
        Doers { text, organisations, publisher, place: 0, sentences: 0, start, said: 0..0, acting: None }
    }

    /// The organisation that a sentence begins with, or the bare noun for the publisher, before the quantity; else the
    /// publisher. `None` where no publisher is known either.
    ///
    /// An organisation behind a preposition (由, 与, 根据《…) or a verb of working with others (邀请, invite; 联合, join with)
    /// takes part, but is not the one who acts.
    pub fn doer(&mut self, quantity: Span<Clean>) -> Option<Doer> {
        self.turn_to(quantity.start());
        self.acting.map(|at| Doer::Mentioned(at as u32)).or(self.publisher.map(|_| Doer::Publisher))
    }

    /// Whose figure an indicator is: an association that acts, or the one that a branch which acts belongs to. Where another
    /// body acts, the publisher where it is named in between, or where only an association can have the figure (`own`).
    pub fn owner(&mut self, quantity: Span<Clean>, own: bool) -> Option<Doer> {
        use OrganisationKind::{Alliance, Association, Branch, Federation, Society, Union};
        self.turn_to(quantity.start());
        let publisher = self.publisher.map(|_| Doer::Publisher);
        let publishes = |mention: &OrganisationMention<Clean>| self.publisher.is_some_and(|p| p.name == mention.name);
        let Some(at) = self.acting else { return publisher };
        let acting = &self.organisations[at];
        match acting.kind {
            _ if publishes(acting) => publisher,
            Branch if acting.parent.is_some() => Some(Doer::ParentOf(at as u32)),
            Branch => publisher.or(Some(Doer::Mentioned(at as u32))),
            Association | Society | Federation | Alliance | Union => Some(Doer::Mentioned(at as u32)),
            _ if own || self.organisations[self.said.clone()].iter().any(publishes) => publisher,
            _ => None,
        }
    }

    /// Goes to the sentence that holds a place, and to the mentions in it before the place.
    fn turn_to(&mut self, place: usize) {
        let back = place < self.place;
        if back {
            *self = Doers::new(self.text, self.organisations, self.publisher);
        }
        let sentences = &self.text.sentences;
        let begun = passed(&sentences[self.sentences..], back, |s| s.span.start() <= place);
        if begun > 0 {
            self.sentences += begun;
            self.start = sentences[self.sentences - 1].span.start();
            self.acting = None;
        }
        let known = self.said.end;
        self.said.end += passed(&self.organisations[known..], back, |m| m.span.end() <= place);
        let said = &self.organisations[self.said.clone()];
        self.said.start += passed(said, back, |m| m.span.start() < self.start);
        if self.acting.is_none() {
            let mut new = if begun > 0 { self.said.clone() } else { known.max(self.said.start)..self.said.end };
            self.acting = new.find(|at| self.acts(&self.organisations[*at]));
        }
        self.place = place;
    }

    /// The organisation of a mention acts in the sentence in hand.
    fn acts(&self, mention: &OrganisationMention<Clean>) -> bool {
        let chars = self.text.chars();
        let subject = mention.form == OrganisationForm::Generic || mention.span.start() <= self.start + SUBJECT;
        subject
            && !helps(&chars[mention.span.end()..])
            && !mention.span.start().checked_sub(1).is_some_and(|at| is_leading(chars[at]))
    }
}

/// How many items at the head of a list are `before` a place that is near or far.
fn passed<T>(items: &[T], far: bool, before: impl Fn(&T) -> bool) -> usize {
    if far { items.partition_point(before) } else { items.iter().take_while(|item| before(item)).count() }
}

/// What those do who carry out an event for another stands behind their name.
fn helps(behind: &[char]) -> bool {
    matches!(behind, ['承' | '协', '办', ..] | ['支', '持', ..])
}

/// Before an organisation that takes part and does not act: prepositions, opening marks, the ends of 邀请, 联合, 协助, 委托.
fn is_leading(c: char) -> bool {
    matches!(c, '由' | '与' | '和' | '在' | '对' | '向' | '从' | '据' | '为' | '给' | '《' | '“')
        || matches!(c, '请' | '赴' | '到' | '合' | '助' | '托' | '同' | '受')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SentenceSpan;

    #[test]
    fn who_acts() {
        let cases = [
            ("甲协会新增会员9家", &[(0, 3)][..], Some("甲协会")),
            ("由甲协会指导,举办9场", &[(1, 4)], Some("本会")),
            ("根据《民政部关于治理的通知》,撤销9个", &[(3, 6)], Some("本会")),
            ("联合甲协会举办9场", &[(2, 5)], Some("本会")),
            ("甲公司承办,展出9件", &[(0, 3)], Some("本会")),
            ("9家企业参加", &[], Some("本会")),
        ];
        for (sentence, mentions, expected) in cases {
            let mut text = CleanText::new(sentence.chars().enumerate().map(|(at, c)| (c, Span::new(at, at + 1))));
            let whole = Span::new(0, text.chars().len());
            text.sentences.push(SentenceSpan { span: whole, section: None, heading: false });
            let at = text.chars().iter().position(|c| *c == '9').unwrap();
            let mention = |&(start, end): &(usize, usize)| OrganisationMention {
                span: Span::new(start, end),
                name: text.slice(Span::new(start, end)).to_owned(),
                kind: OrganisationKind::Association,
                form: OrganisationForm::Full,
                parent: None,
            };
            let mentions: Vec<_> = mentions.iter().map(mention).collect();
            let publisher = Publisher { name: "本会".into(), kind: OrganisationKind::Association };
            let mut doers = Doers::new(&text, &mentions, Some(&publisher));
            // asked forwards, backwards, and again
            for place in [0, at, 0, at] {
                doers.doer(Span::new(place, place + 1));
            }
            let name = match doers.doer(Span::new(at, at + 1)) {
                Some(Doer::Mentioned(at)) => Some(mentions[at as usize].name.as_str()),
                Some(Doer::Publisher) => Some("本会"),
                Some(Doer::ParentOf(_)) | None => None,
            };
            assert_eq!(name, expected, "{sentence}");
        }
    }
}
