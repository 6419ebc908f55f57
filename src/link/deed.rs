//! Whose deed a quantity tells of.

use crate::model::{Clean, CleanText, OrganisationForm, OrganisationKind, OrganisationMention, Publisher, Span};

/// Characters from the start of a sentence in which its subject stands.
const SUBJECT: usize = 14;

/// The organisation that a sentence begins with, or the bare noun for the publisher, before the quantity; else the
/// publisher. `None` where no publisher is known either.
///
/// An organisation behind a preposition (由, 与, 根据《…) or a verb of working with others (邀请, invite; 联合, join with) takes
/// part, but is not the one who acts.
pub fn doer<'n>(
    text: &CleanText,
    quantity: Span<Clean>,
    organisations: &'n [OrganisationMention<Clean>],
    publisher: Option<&'n str>,
) -> Option<&'n str> {
    let (start, before) = said_before(text, quantity, organisations);
    acting(text, start, before).map(|mention| mention.name.as_str()).or(publisher)
}

/// Whose figure an indicator is: an association that acts, or the one that a branch which acts belongs to. Where another
/// body acts, the publisher where it is named in between, or where only an association can have the figure (`own`).
pub fn owner<'n>(
    text: &CleanText,
    quantity: Span<Clean>,
    organisations: &'n [OrganisationMention<Clean>],
    publisher: Option<&'n Publisher>,
    own: bool,
) -> Option<&'n str> {
    use OrganisationKind::{Alliance, Association, Branch, Federation, Society, Union};
    let publisher = publisher.map(|p| p.name.as_str());
    let (start, before) = said_before(text, quantity, organisations);
    let Some(acting) = acting(text, start, before) else { return publisher };
    match acting.kind {
        _ if publisher == Some(acting.name.as_str()) => publisher,
        Branch => acting.parent.as_deref().or(publisher).or(Some(&acting.name)),
        Association | Society | Federation | Alliance | Union => Some(&acting.name),
        _ if own || before.iter().any(|m| publisher == Some(m.name.as_str())) => publisher,
        _ => None,
    }
}

/// Where the quantity's sentence begins, and the mentions in it before the quantity.
fn said_before<'n>(
    text: &CleanText,
    quantity: Span<Clean>,
    organisations: &'n [OrganisationMention<Clean>],
) -> (usize, &'n [OrganisationMention<Clean>]) {
    let sentence = text.sentences.partition_point(|s| s.span.start() <= quantity.start()).saturating_sub(1);
    let start = text.sentences.get(sentence).map_or(0, |s| s.span.start());
    let before = &organisations[..organisations.partition_point(|m| m.span.end() <= quantity.start())];
    (start, &before[before.partition_point(|m| m.span.start() < start)..])
}

/// The first of the organisations said in a sentence that begins at `start` that acts.
fn acting<'n>(
    text: &CleanText,
    start: usize,
    said: &'n [OrganisationMention<Clean>],
) -> Option<&'n OrganisationMention<Clean>> {
    let chars = text.chars();
    said.iter().find(|mention| {
        let subject = mention.form == OrganisationForm::Generic || mention.span.start() <= start + SUBJECT;
        subject
            && !helps(&chars[mention.span.end()..])
            && !mention.span.start().checked_sub(1).is_some_and(|at| is_leading(chars[at]))
    })
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
            assert_eq!(doer(&text, Span::new(at, at + 1), &mentions, Some("本会")), expected, "{sentence}");
        }
    }
}
