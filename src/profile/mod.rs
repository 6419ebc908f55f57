//! What a document is, read from its mentions: title, publisher, report type, publication, period under review, and
//! what each sentence is about.
//!
//! Names and dates are found first and grounded after: [`Outline::infer`] needs organisations with their document
//! names and parsed dates; the dates it says are then read against it, and [`Outline::complete`] takes from them what
//! only they can tell.

mod aspects;
mod moments;
mod passages;
mod published;
mod publisher;
mod review;
mod title;

use aspects::MarkedWord;

use crate::lexicon::Lexicon;
use crate::model::{
    Aspect, Clean, CleanText, DateContext, DateExpression, DateMention, Definition, Document, EventMention, Given,
    OrganisationMention, PartialDate, Passage, Profile, Publisher, QuantityMention, ReportType, SourceText, Span,
    Token,
};

/// A document's profile while it is being read.
#[derive(Clone, Debug)]
pub struct Outline {
    /// What is known so far.
    pub profile: Profile,
    /// Parts of the text with a year of their own.
    pub passages: Vec<Passage>,
    /// Lines of the title.
    title: Vec<Span<Clean>>,
    /// Words that tell deeds from plans, by sentences.
    marks: Vec<MarkedWord>,
}

/// What the profile is read from.
#[derive(Clone, Copy)]
pub struct Evidence<'d> {
    /// The report: what is told of it wins, and its name may hold a year.
    pub document: &'d Document,
    /// The repaired text.
    pub text: &'d CleanText,
    /// The text as it stands.
    pub source: &'d SourceText<'d>,
    /// Organisations, resolved within the document, bare nouns not yet.
    pub organisations: &'d [OrganisationMention<Clean>],
    /// Short names that the text defines.
    pub definitions: &'d [Definition<Clean>],
    /// Parsed dates.
    pub dates: &'d [DateExpression],
}

impl Outline {
    /// Reads what can be read before dates are grounded.
    pub fn infer(evidence: Evidence<'_>, lexicon: &Lexicon) -> Self {
        let Evidence { document: Document { key, given, .. }, text, .. } = evidence;
        let paragraphs: Vec<Span<Clean>> = paragraphs(text).collect();
        let title_spans = title::find(text, &|line| lexicon.reports.is_telling(line));
        let title = given.title.clone().or_else(|| join_title(evidence, &title_spans));
        let publisher = match &given.publisher {
            Some(name) => Some(told_publisher(name, evidence.organisations, lexicon)),
            None => publisher::find(&paragraphs, &title_spans, evidence.organisations, evidence.definitions),
        };
        let report_type = lexicon.reports.type_of(&telling_line(text, given, &title_spans, lexicon), text.chars());
        let published = given.published.or_else(|| published::find(text, &paragraphs, &title_spans, evidence.dates));
        let told = given.period.and_then(|(from, to)| Some((from.first_day()?, to.last_day()?)));
        let opening = text.sentences.first().filter(|_| title_spans.is_empty()).map(|s| s.span);
        let headline: Vec<Span<Clean>> = title_spans.iter().copied().chain(opening).collect();
        let name_year = key.rsplit('/').next().and_then(review::year_in_name);
        let review =
            review::Review::read(text, &headline, report_type, published, evidence.dates, name_year, &lexicon.status);
        let period = told.map(|(from, to)| crate::model::DateRange::closed(from, to)).or(review.period);
        let passages = passages::find(text, &paragraphs, evidence.dates, &lexicon.status, &review, report_type);
        let new_year = |year: i16| PartialDate { year: year + 1, month: Some(1), day: Some(1) };
        let assumed = review.year.map(|year| match report_type {
            ReportType::NewYearAddress => new_year(year),
            _ => PartialDate { year, month: None, day: None },
        });
        let reference = published.or(assumed);
        let profile = Profile { title, publisher, report_type, published, reference, period };
        Outline { profile, passages, title: title_spans, marks: Vec::new() }
    }

    /// What dates are read against.
    pub fn context(&self) -> DateContext<'_> {
        DateContext { reference: self.profile.reference, period: self.profile.period, passages: &self.passages }
    }

    /// Takes the period of news and notices from their grounded dates.
    pub fn complete(&mut self, text: &CleanText, dates: &[DateMention<Clean>], given: &Given, lexicon: &Lexicon) {
        if given.period.is_none() {
            review::complete(&mut self.profile, text, dates, &lexicon.reports);
        }
    }

    /// What each sentence is about.
    pub fn aspects(
        &mut self,
        text: &CleanText,
        tokens: &[Token],
        dates: &[DateMention<Clean>],
        lexicon: &Lexicon,
    ) -> Vec<Aspect> {
        let (aspects, marks) = aspects::find(text, tokens, dates, &self.passages, &self.profile, &lexicon.status);
        self.marks = marks;
        aspects
    }

    /// What each quantity is told of: its own clause may name another time than its sentence, and tell a deed beside a
    /// plan. Ask for [`Self::aspects`] first. `names` are names of events and papers in order, whose dates tell no time.
    pub fn moments(
        &self,
        text: &CleanText,
        tokens: &[Token],
        dates: &[DateMention<Clean>],
        names: &[Span<Clean>],
        quantities: &[QuantityMention<Clean>],
        lexicon: &Lexicon,
    ) -> Vec<Aspect> {
        let Outline { profile, passages, marks, .. } = self;
        let ground = moments::Ground { text, tokens, marks, dates, names, passages, profile, lexicon };
        moments::find(&ground, quantities)
    }

    /// The profile, the period of notices and speeches narrowed by what is known now.
    pub fn conclude(
        mut self,
        text: &CleanText,
        dates: &[DateMention<Clean>],
        events: &[EventMention<Clean>],
        given: &Given,
    ) -> Profile {
        if given.period.is_none() {
            review::conclude(&mut self.profile, text, &self.title, dates, events);
        }
        self.profile
    }
}

/// The lines of a title as one, as written: a blank between them, none before a dash.
fn join_title(evidence: Evidence<'_>, spans: &[Span<Clean>]) -> Option<String> {
    let mut title = String::new();
    for line in spans.iter().map(|span| evidence.text.as_written(*span, evidence.source)) {
        if !title.is_empty() && !line.starts_with("——") {
            title.push(' ');
        }
        title.push_str(&line);
    }
    (!title.is_empty()).then_some(title)
}

/// The title in simplified characters, or the first sentence of a report without one.
fn telling_line(text: &CleanText, given: &Given, title: &[Span<Clean>], lexicon: &Lexicon) -> String {
    match (&given.title, title) {
        (Some(title), _) => lexicon.variants.simplify(title),
        (None, []) => text.sentences.first().map_or("", |s| text.slice(s.span)).to_owned(),
        (None, lines) => lines.iter().map(|line| text.slice(*line)).collect::<Vec<_>>().join(" "),
    }
}

/// The publisher that is told, with the kind that the text or its name says.
fn told_publisher(name: &str, organisations: &[OrganisationMention<Clean>], lexicon: &Lexicon) -> Publisher {
    let name = lexicon.variants.simplify(name.trim());
    let mentioned = organisations.iter().find(|m| m.name == name).map(|m| m.kind);
    let kind = mentioned.or_else(|| lexicon.organisations.suffix_of(&name).map(|suffix| suffix.kind));
    Publisher { name, kind: kind.unwrap_or(crate::model::OrganisationKind::Other) }
}

/// Paragraphs of a text, line ends left out.
fn paragraphs(text: &CleanText) -> impl Iterator<Item = Span<Clean>> + '_ {
    let (mut start, mut seen) = (0, 0);
    memchr::memchr_iter(b'\n', text.text().as_bytes()).map(move |byte| {
        let end = start + text.text()[seen..byte].chars().count();
        let span = Span::new(start, end);
        (start, seen) = (end + 1, byte + 1);
        span
    })
}
