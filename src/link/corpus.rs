//! Which organisation a name means where its own document does not say: another document of the corpus may.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::is_subsequence;
use crate::model::{OrganisationForm, OrganisationKind, OrganisationMention, Record};

/// A brand begins at most this far into a full name, behind its place.
const DEEPEST_BRAND: usize = 5;
/// What full names of companies end with.
const LEGAL_FORMS: [&str; 3] = ["公司", "集团", "厂"];

/// What the documents of a corpus, or of a part of it, say about names. Merging parts in any order gives the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// For each canonical name of a document: how often it stands in full there, by kind.
    names: FxHashMap<String, BTreeMap<OrganisationKind, u64>>,
    /// For each short name that a document resolves: how often to which name.
    short: FxHashMap<String, BTreeMap<String, u64>>,
}

impl Evidence {
    /// Adds the mentions of one document: (text of the mention, mention).
    pub fn add<'t, S: 't>(&mut self, mentions: impl IntoIterator<Item = (&'t str, &'t OrganisationMention<S>)>) {
        for (written, mention) in mentions {
            if mention.form == OrganisationForm::Generic {
                continue;
            }
            match self.names.get_mut(&mention.name) {
                Some(kinds) => *kinds.entry(mention.kind).or_default() += 1,
                None => drop(self.names.insert(mention.name.clone(), BTreeMap::from([(mention.kind, 1)]))),
            }
            if mention.form == OrganisationForm::Alias && written != mention.name && mention.parent.is_none() {
                let names = known(&mut self.short, written);
                match names.get_mut(&mention.name) {
                    Some(count) => *count += 1,
                    None => drop(names.insert(mention.name.clone(), 1)),
                }
            }
        }
    }

    /// Adds what another part of the corpus says.
    pub fn merge(&mut self, other: Evidence) {
        for (name, kinds) in other.names {
            let own = self.names.entry(name).or_default();
            for (kind, count) in kinds {
                *own.entry(kind).or_default() += count;
            }
        }
        for (short, names) in other.short {
            let own = self.short.entry(short).or_default();
            for (name, count) in names {
                *own.entry(name).or_default() += count;
            }
        }
    }

    /// 川润仪表 is 四川川润仪表股份有限公司 where one full name of the corpus alone holds its characters, brand first.
    fn link_brands(&self, links: &mut FxHashMap<String, String>) {
        let company = |kinds: &BTreeMap<OrganisationKind, u64>| kinds.contains_key(&OrganisationKind::Company);
        let companies = || self.names.iter().filter(|(_, kinds)| company(kinds)).map(|(name, _)| name);
        let mut brands: BTreeMap<[char; 2], Vec<(&String, usize)>> = BTreeMap::new();
        for full in companies().filter(|name| LEGAL_FORMS.iter().any(|form| name.ends_with(form))) {
            for (at, (byte, first)) in full.char_indices().enumerate().take(DEEPEST_BRAND) {
                let Some(second) = full[byte..].chars().nth(1) else { break };
                let same = brands.entry([first, second]).or_default();
                if at < DEEPEST_BRAND && !same.iter().any(|(other, _)| *other == full) {
                    same.push((full, byte));
                }
            }
        }
        for short in companies().filter(|name| !LEGAL_FORMS.iter().any(|form| name.ends_with(form))) {
            let mut chars = short.chars();
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { continue };
            let rest = chars.as_str();
            if links.contains_key(short) || rest.chars().count() < 2 {
                continue;
            }
            let behind = |byte: usize| byte + first.len_utf8() + second.len_utf8();
            let found = brands.get(&[first, second]).into_iter().flatten();
            let mut found = found.filter(|(full, byte)| is_subsequence(rest, &full[behind(*byte)..]));
            if let (Some((full, _)), None) = (found.next(), found.next()) {
                links.insert(short.clone(), (*full).clone());
            }
        }
    }

    /// Settles names over the whole corpus.
    pub fn settle(&self) -> Links {
        let mut links = FxHashMap::default();
        for name in self.names.keys() {
            let told = self.short.get(name).map(|names| names.keys().filter(|full| *full != name).collect::<Vec<_>>());
            // documents that explain the short name agree
            if let Some([full]) = told.as_deref() {
                links.insert(name.clone(), (*full).clone());
            }
        }
        self.link_brands(&mut links);
        let kinds = self.names.iter().map(|(name, kinds)| {
            let most = kinds.iter().max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)));
            (name.clone(), most.map_or(OrganisationKind::Other, |(kind, _)| *kind))
        });
        Links { links, kinds: kinds.collect() }
    }
}

/// The counts under a name; a name that is there already is not copied.
fn known<'m, C: Default>(counts: &'m mut FxHashMap<String, C>, name: &str) -> &'m mut C {
    if !counts.contains_key(name) {
        counts.insert(name.to_owned(), C::default());
    }
    counts.get_mut(name).expect("inserted above")
}

/// The canonical name of every name in a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    links: FxHashMap<String, String>,
    kinds: FxHashMap<String, OrganisationKind>,
}

impl Links {
    /// The canonical name for the name that a document gives.
    pub fn canonical<'n>(&'n self, name: &'n str) -> &'n str {
        self.links.get(name).filter(|full| !self.links.contains_key(*full)).map_or(name, String::as_str)
    }

    /// Puts canonical names, and the kinds that most mentions give them, into the record of a document.
    pub fn apply<'r>(&'r self, record: &mut Record<'r>) {
        let told = record.text.document.profile.publisher.as_ref();
        let settled = told.map(|told| self.canonical(&told.name)).filter(|name| told.is_some_and(|t| t.name != *name));
        if let Some(name) = settled.map(str::to_owned)
            && let Some(publisher) = &mut record.text.document.to_mut().profile.publisher
        {
            publisher.name = name;
        }
        record.settle(|name| self.canonical(name));
        let kinds: Vec<Option<OrganisationKind>> =
            record.names().iter().map(|name| self.kinds.get(*name).copied()).collect();
        for mention in &mut record.organisations {
            mention.kind = kinds.get(mention.name.index()).copied().flatten().unwrap_or(mention.kind);
        }
    }

    /// What an organisation is by most of its mentions.
    pub fn kind(&self, name: &str) -> OrganisationKind {
        self.kinds.get(name).copied().unwrap_or(OrganisationKind::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Span};

    fn mention(name: &str, form: OrganisationForm) -> OrganisationMention<Source> {
        OrganisationMention {
            span: Span::new(0, 1),
            name: name.into(),
            kind: OrganisationKind::Company,
            form,
            parent: None,
        }
    }

    #[test]
    fn a_brand_is_linked_to_the_one_full_name_that_holds_it() {
        let cases: [(&[&str], &str, &str); 4] = [
            (&["北省丙丁仪表股份有限公司"], "丙丁仪表", "北省丙丁仪表股份有限公司"),
            // another brand, another trade
            (&["北省丙丁仪表股份有限公司"], "丁丙仪表", "丁丙仪表"),
            (&["北省丙丁仪表股份有限公司"], "丙丁轴承", "丙丁轴承"),
            // two full names leave it open
            (&["北省丙丁仪表股份有限公司", "南省丙丁仪表有限公司"], "丙丁仪表", "丙丁仪表"),
        ];
        for (full, short, expected) in cases {
            let mut evidence = Evidence::default();
            for name in full {
                evidence.add([(*name, &mention(name, OrganisationForm::Full))]);
            }
            evidence.add([(short, &mention(short, OrganisationForm::Alias))]);
            assert_eq!(evidence.settle().canonical(short), expected, "{full:?} {short}");
        }
    }

    #[test]
    fn a_short_name_is_explained_by_another_document() {
        let mut first = Evidence::default();
        first.add([("丙丁科技", &mention("甲乙丙丁科技有限公司", OrganisationForm::Alias))]);
        let mut second = Evidence::default();
        second.add([
            ("丙丁科技", &mention("丙丁科技", OrganisationForm::Alias)),
            ("戊己软件", &mention("戊己软件", OrganisationForm::Alias)),
        ]);
        let mut one = first.clone();
        one.merge(second.clone());
        let mut other = second;
        other.merge(first);
        assert_eq!(one, other);
        assert_eq!(one.settle().canonical("丙丁科技"), "甲乙丙丁科技有限公司");
        assert_eq!(one.settle().canonical("戊己软件"), "戊己软件");
    }

    #[test]
    fn documents_that_disagree_settle_nothing() {
        let mut evidence = Evidence::default();
        for full in ["甲省丙丁科技有限公司", "乙省丙丁科技有限公司", "丙丁科技"] {
            evidence.add([("丙丁科技", &mention(full, OrganisationForm::Alias))]);
        }
        assert_eq!(evidence.settle().canonical("丙丁科技"), "丙丁科技");
    }
}
