//! Organisations: names by suffix and dictionary, short names, bare nouns that stand for one.
//!
//! A suffix (协会, association; 有限公司, company) ends a name; [`left`] finds where it begins. Names known from
//! `dictionaries/organisations/known.csv` need no suffix. [`short`] finds short names of the companies and bodies that
//! the text names in full, and names made of an unknown word and a trade; [`definition`] finds where a text says which
//! short name it will use (以下简称). Which organisation a mention means is settled later, by `link`.

mod beside;
mod definition;
mod edges;
mod left;
mod shape;
mod short;
mod slot;
#[cfg(test)]
mod tests;
mod unit;
mod view;
mod word;

use crate::lexicon::{Lexicon, NameClass, Places, Suffix};
use crate::model::{
    Clean, CleanText, Definition, OrganisationForm, OrganisationKind, OrganisationMention, Span, Token,
};

use view::View;
use word::{KnownWords, Lists};

/// Finds organisations.
#[derive(Debug)]
pub struct OrganisationFinder<'l> {
    lists: Lists<'l>,
    words: KnownWords,
}

/// What the finder sees in one text.
#[derive(Debug, Default)]
pub struct OrganisationScan {
    /// Mentions in order; `name` is the text of the mention, simplified, not yet canonical.
    pub mentions: Vec<OrganisationMention<Clean>>,
    /// Short names that the text defines.
    pub definitions: Vec<Definition<Clean>>,
}

impl<'l> OrganisationFinder<'l> {
    /// A finder over the dictionaries of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        let Lexicon { organisations, persons, name_words: names, .. } = lexicon;
        OrganisationFinder { lists: Lists { names, organisations, persons }, words: KnownWords::new() }
    }

    /// Mentions and definitions of one text.
    pub fn scan(&self, text: &CleanText, tokens: &[Token], places: &Places) -> OrganisationScan {
        let view = View::new(self, text, tokens, places);
        let mut mentions = self.known(&view);
        self.add_suffixed(&view, &mut mentions);
        edges::trim(view.text, &mut mentions);
        let definitions = definition::find(&view, &mentions);
        short::add(&view, &definitions, &mut mentions);
        mentions.retain(|mention| !is_venue(&view, mention.span));
        self.add_generic(&view, &mut mentions);
        mentions.sort_by_key(|m| m.span);
        OrganisationScan { mentions, definitions }
    }

    fn known(&self, view: &View<'_>) -> Vec<OrganisationMention<Clean>> {
        let mut mentions = Vec::new();
        for (start, end, body) in self.lists.organisations.known(view.chars, view.places) {
            let span = Span::new(start, end);
            if view.is_boundary(span.start()) && view.is_boundary(span.end()) {
                let span = behind_country(view, span, body.kind);
                if let Some(end) =
                    slot::trade_behind(view, span.end()).filter(|_| body.kind == OrganisationKind::Company)
                {
                    mentions.push(slot::mention(view, Span::new(span.start(), end)));
                    continue;
                }
                let written = view.text.slice(span);
                let form = if written == body.name { OrganisationForm::Full } else { OrganisationForm::Alias };
                mentions.push(OrganisationMention {
                    span,
                    name: body.name.clone(),
                    kind: body.kind,
                    form,
                    parent: None,
                });
            }
        }
        mentions
    }

    /// Names that end in a suffix. A unit right behind its organisation makes one longer name with it.
    fn add_suffixed(&self, view: &View<'_>, mentions: &mut Vec<OrganisationMention<Clean>>) {
        let known = std::mem::take(mentions);
        let mut known = known.into_iter().peekable();
        for (start, end, suffix) in self.lists.organisations.suffixes(view.chars, view.places) {
            while let Some(body) = known.next_if(|body| body.span.start() < start && body.span.end() <= end) {
                push(mentions, body);
            }
            if known.peek().is_some_and(|body| body.span.overlaps(Span::new(start, end)) && body.span.end() > end) {
                continue;
            }
            if !ends_word(view, end) || is_verb(view, start, end) || is_office_of_party(view, end, suffix) {
                continue;
            }
            if let Some(mention) = self.suffixed(view, start, end, suffix, mentions) {
                push(mentions, mention);
            }
        }
        for body in known {
            push(mentions, body);
        }
    }

    fn suffixed(
        &self,
        view: &View<'_>,
        suffix_start: usize,
        end: usize,
        suffix: &Suffix,
        before: &[OrganisationMention<Clean>],
    ) -> Option<OrganisationMention<Clean>> {
        let name = left::find(view, suffix_start, suffix, before)?;
        let (end, founded) = (end, view.chars.get(end..end + 3) == Some(&['(', '筹', ')']));
        let span = Span::new(name.start, if founded { end + 3 } else { end });
        let written = view.text.slice(Span::new(name.start, end));
        let kind = kind_of(written, suffix.kind);
        let form = if matches!(kind, OrganisationKind::Branch) && name.parent.is_none() {
            OrganisationForm::Alias
        } else {
            OrganisationForm::Full
        };
        // registered names of companies are written with full-width brackets, however a text writes them
        let name_of = |written: &str| match kind {
            OrganisationKind::Company => written.replace('(', "（").replace(')', "）"),
            _ => written.to_owned(),
        };
        Some(OrganisationMention { span, name: name_of(written), kind, form, parent: name.parent })
    }

    /// 协会, 本会, 我会 and the like by themselves.
    fn add_generic(&self, view: &View<'_>, mentions: &mut Vec<OrganisationMention<Clean>>) {
        let mut taken: Vec<Span<Clean>> = mentions.iter().map(|m| m.span).collect();
        taken.sort_unstable();
        let free = |span: Span<Clean>| {
            let at = taken.partition_point(|t| t.end() <= span.start());
            taken.get(at).is_none_or(|t| !t.overlaps(span))
        };
        for &word in &view.generic {
            let Some(kind) = generic_noun(&view.chars[word.range()]) else { continue };
            let own = matches!(view.chars[..word.start()], [.., '本' | '我']);
            let span = Span::new(word.start() - usize::from(own), word.end());
            if free(span) && !named_around(view, word) {
                mentions.push(mention(view, span, kind));
            }
        }
        for own in ["本会", "我会"].into_iter().flat_map(|own| view.places(own)) {
            if view.is_boundary(own.end()) && free(own) {
                mentions.push(mention(view, own, OrganisationKind::Other));
            }
        }
    }
}

/// 美国微软公司: the country before a company, a school or a newspaper belongs to the name.
fn behind_country(view: &View<'_>, span: Span<Clean>, kind: OrganisationKind) -> Span<Clean> {
    use OrganisationKind as Kind;
    let takes = matches!(kind, Kind::Company | Kind::University | Kind::Media | Kind::Institute);
    let before = view
        .token_at(span.start())
        .checked_sub(1)
        .filter(|&token| takes && view.tokens[token].span.end() == span.start() && view.is(token, NameClass::Country));
    before.map_or(span, |country| Span::new(view.tokens[country].span.start(), span.end()))
}

/// 在甲酒店召开: where something takes place.
fn is_venue(view: &View<'_>, span: Span<Clean>) -> bool {
    let chars = view.chars;
    let house = matches!(chars[span.range()], [.., '酒', '店'] | [.., '宾', '馆'] | [.., '饭', '店']);
    house && matches!(chars[..span.start()], [.., '在' | '于'] | [.., '地', '点', ':'])
}

/// What a bare noun that can stand for an organisation says it is.
fn generic_noun(word: &[char]) -> Option<OrganisationKind> {
    match word {
        ['协' | '公' | '商', '会'] => Some(OrganisationKind::Association),
        ['学', '会'] | ['研', '究', '会'] => Some(OrganisationKind::Society),
        ['联', '合', '会'] | ['总', '会'] => Some(OrganisationKind::Federation),
        ['联', '盟'] | ['联', '合', '体'] => Some(OrganisationKind::Alliance),
        _ => None,
    }
}

/// A noun that stands for the publisher, 本 or 我 before it or not.
fn is_generic_noun(short: &[char]) -> bool {
    let own = short.iter().take_while(|c| matches!(c, '本' | '我')).count();
    let bare = &short[own..];
    generic_noun(bare).is_some() || (bare == ['会'] && own > 0)
}

fn mention(view: &View<'_>, span: Span<Clean>, kind: OrganisationKind) -> OrganisationMention<Clean> {
    OrganisationMention { span, name: view.name(span), kind, form: OrganisationForm::Generic, parent: None }
}

/// 行业协会, 兄弟协会: the word before makes it another one than the publisher.
fn named_around(view: &View<'_>, span: Span<Clean>) -> bool {
    let Some(before) = view.token_at(span.start()).checked_sub(1) else { return false };
    let adjacent = view.tokens[before].span.end() == span.start();
    adjacent && !matches!(view.characters(before), ['本' | '我']) && view.classes(before).is_modifier()
}

/// A later mention that covers earlier ones takes their place; one that only overlaps is dropped.
fn push(mentions: &mut Vec<OrganisationMention<Clean>>, mention: OrganisationMention<Clean>) {
    while mentions.last().is_some_and(|last| mention.span.contains(last.span)) {
        mentions.pop();
    }
    if !mentions.last().is_some_and(|last| last.span.overlaps(mention.span)) {
        mentions.push(mention);
    }
}

/// The word ends at `end`: 大学 in 大学生 and 局 in 局长 end none.
fn ends_word(view: &View<'_>, end: usize) -> bool {
    let chars = view.chars;
    // 经贸处处长: the head of the division, whatever the segmenter drew together
    let headed = end > 0 && chars.get(end) == Some(&chars[end - 1]) && chars.get(end + 1) == Some(&'长');
    let alone =
        view.tokens.get(view.token_at(end)).is_none_or(|token| token.span.start() < end || token.span.len() == 1);
    let joined = matches!(chars.get(end), Some('长' | '生' | '化' | '法' | '们')) && alone;
    // 省摄协|会员: members, unless staff (协会员工)
    let member =
        end > 0 && chars[end - 1] == '会' && chars.get(end) == Some(&'员') && chars.get(end + 1) != Some(&'工');
    if member {
        return false;
    }
    headed || (view.is_boundary(end) || splits_before_stop(view, end)) && !joined
}

/// 党委书记: the secretary of the committee, named by the organisation before it.
fn is_office_of_party(view: &View<'_>, end: usize, suffix: &Suffix) -> bool {
    if suffix.kind != OrganisationKind::Party || !suffix.text.starts_with(['党', '支']) {
        return false;
    }
    let behind = &view.chars[end..];
    let behind = behind.strip_prefix(&['专', '职']).unwrap_or(behind);
    matches!(behind, ['书', '记', ..] | ['副', '书', '记', ..] | ['委' | '成', '员', ..])
}

/// 签署 is a verb, no office (署).
fn is_verb(view: &View<'_>, start: usize, end: usize) -> bool {
    let token = view.tokens[view.token_at(start)];
    token.span.start() < start && token.span.end() == end && token.pos.as_str() == "v"
}

/// 大学教授 as one word of the dictionary: what stands behind the edge is a word at which names end.
fn splits_before_stop(view: &View<'_>, edge: usize) -> bool {
    let token = view.tokens[view.token_at(edge)];
    // 苏湾|大学物理: a word of the dictionary that begins with the suffix of a name that stands right before it
    let whole =
        view.chars[..edge].ends_with(&['大', '学']) && token.span.start() + 2 == edge && token.span.end() > edge + 1;
    view.classes_of(edge, token.span.end()).has(NameClass::HardStop) || whole
}

/// What a name is when its suffix leaves it open: 中国科学院 is an institute, a 学院 of medicine a university.
fn kind_of(name: &str, kind: OrganisationKind) -> OrganisationKind {
    let international = name.starts_with("国际") && kind == OrganisationKind::Government;
    if international { OrganisationKind::International } else { kind }
}
