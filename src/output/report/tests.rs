use jiff::civil::date;

use super::*;
use crate::lexicon::{Files, Lexicon};
use crate::measure::period::Granularity;
use crate::measure::tally::Tally;
use crate::model::{
    Aspect, CharIndex, DateRange, DocumentFacts, Facts, Format, OrganisationForm, OrganisationKind,
    OrganisationMention, Profile, Publisher, Record, ReportType, Sentence as Told, Span, Status, TermMention,
};

/// A document of one sentence a text; each of them names the publisher and speaks of the term.
fn document(key: &str, title: &str, publisher: &str, year: i16, texts: &[String], term: u32) -> Facts {
    let range = DateRange { from: Some(date(year, 1, 1)), to: Some(date(year, 12, 31)) };
    let aspect = Aspect { period: Some(range), status: Status::Done };
    let (mut source, mut sentences, mut terms, mut organisations) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    for text in texts {
        let end = at + text.chars().count();
        sentences.push(Told { span: Span::new(at, end), section: None, characters: (end - at) as u32, aspect });
        terms.push(TermMention { span: Span::new(at, at + 1), term, nested: false, negated: false });
        for name in [publisher, "云州大学"] {
            organisations.push(OrganisationMention {
                span: Span::new(at, at + 1),
                name: name.to_owned(),
                kind: OrganisationKind::Association,
                form: OrganisationForm::Full,
                parent: None,
            });
        }
        source.push_str(text);
        at = end;
    }
    Facts {
        document: DocumentFacts {
            key: key.to_owned(),
            format: Format::Text,
            encoding: "UTF-8".into(),
            script: "hans".into(),
            pages: None,
            characters: at as u64,
            words: at as u64,
            repairs: 0,
            sha256: String::new(),
            profile: Profile {
                title: Some(title.to_owned()),
                publisher: Some(Publisher { name: publisher.to_owned(), kind: OrganisationKind::Association }),
                report_type: ReportType::AnnualSummary,
                period: Some(range),
                ..Profile::default()
            },
            duplicate_of: None,
        },
        source,
        pages: Vec::new(),
        sections: Vec::new(),
        sentences,
        terms,
        organisations,
        persons: Vec::new(),
        dates: Vec::new(),
        quantities: Vec::new(),
        indicators: Vec::new(),
        events: Vec::new(),
    }
}

/// The page over documents, which go to two collectors by turns.
fn page_of(documents: &[Facts], language: Language, most: usize) -> String {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let mut tally = Tally::new(Granularity::Year);
    for facts in documents {
        tally.add(&Record::of(facts), &CharIndex::new(&facts.source));
    }
    let publishers = Publishers::of(&tally);
    let mut collectors = [0, 1].map(|_| Collector::new(&publishers, Granularity::Year));
    for (number, facts) in documents.iter().enumerate() {
        collectors[number % 2].add(number as u32, &Record::of(facts));
    }
    let [mut collector, other] = collectors;
    collector.merge(other);
    let aggregates = Aggregates { tally: &tally, lexicon: &lexicon, granularity: Granularity::Year, sparse: false };
    let rejected = [Rejected { path: HOSTILE, reason: "damaged", detail: HOSTILE }];
    let findings = Findings { aggregates: &aggregates, collector: &collector, rejected: &rejected, language };
    let fetch = |places: &[Place]| {
        let sentence = |place: &Place| {
            let facts = &documents[place.document as usize];
            let span = facts.sentences[place.sentence as usize].span;
            Sentence {
                document: facts.document.key.clone(),
                number: u64::from(place.sentence) + 1,
                page: None,
                text: CharIndex::new(&facts.source).slice(&facts.source, span).to_owned(),
            }
        };
        Ok(places.iter().map(sentence).collect())
    };
    page(&findings, most, &mut { fetch }).unwrap()
}

const HOSTILE: &str = "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)>{{ 7 * 7 }}";

fn small() -> Vec<Facts> {
    let text = |n: i16| vec![format!("第{n}年，机器人产业发展。"), HOSTILE.to_owned()];
    let one = |n: i16| document(&format!("甲/{n}.txt"), "年度总结", "云州省机器人产业协会", n, &text(n), 0);
    let other = |n: i16| document(&format!("{HOSTILE}{n}"), HOSTILE, HOSTILE, n, &text(n), 1);
    (2019..2025).flat_map(|n| [one(n), other(n)]).collect()
}

#[test]
fn no_text_of_a_document_becomes_markup() {
    let page = page_of(&small(), Language::Chinese, MOST_BYTES).replace(&figure::script(), "");
    assert_eq!(page.matches("<script").count(), 3, "data, plotly, ours");
    assert_eq!(page.matches("</script").count(), 3);
    assert!(!page.contains("<img") && !page.contains("<b>"), "no element of a document");
    assert!(page.contains("&lt;img src=x onerror=alert(2)&gt;"), "but its text");
    assert!(page.contains("{{ 7 * 7 }}") || page.contains("{{ 7 * 7 &#x7d;}"), "which is no template");
}

#[test]
fn both_languages_have_words_for_everything() {
    for (language, word) in [(Language::Chinese, "数据质量"), (Language::English, "Data quality")] {
        let page = page_of(&small(), language, MOST_BYTES);
        assert!(page.contains(word) && page.contains(&format!("lang=\"{}\"", language.tag())));
        assert_eq!(page, page_of(&small(), language, MOST_BYTES), "the same bytes twice");
    }
}

#[test]
fn an_empty_corpus_has_a_report() {
    let page = page_of(&[], Language::Chinese, MOST_BYTES);
    assert!(page.contains("没有可显示的数据"));
}

#[test]
fn the_page_keeps_below_its_limit_and_tells_what_it_leaves_out() {
    let long = |seed: usize| -> Vec<String> {
        (0..8).map(|n| format!("{seed}第{n}句").chars().chain(std::iter::repeat_n('长', 600)).collect()).collect()
    };
    let name = |n: usize| format!("{}第{n}协会", "很".repeat(200));
    let documents: Vec<Facts> = (0..600)
        .map(|n| {
            document(
                &format!("{}/{n}", "路".repeat(300)),
                &name(n),
                &name(n % 60),
                2015 + (n % 10) as i16,
                &long(n),
                (n % 90) as u32,
            )
        })
        .collect();
    let scripts = figure::script().len();
    let all = page_of(&documents, Language::Chinese, MOST_BYTES);
    assert!(all.len() > scripts + (1 << 20) && all.len() <= MOST_BYTES, "{} bytes", all.len());
    assert!(all.contains("有专页的发布组织") && all.contains(">60<"), "20 of 60 publishers have no section");
    let most = scripts + (1 << 20);
    let less = page_of(&documents, Language::Chinese, most);
    assert!(less.len() <= most, "{} bytes of {most}", less.len());
    let told = |page: &str| {
        page.split_once("<h3>本报告未列出的内容</h3>")
            .map(|(_, rest)| rest[..rest.find("</table>").unwrap()].to_owned())
    };
    assert!(told(&less).is_some() && told(&less) != told(&all), "the smaller page tells that it leaves out more");
}

#[test]
fn the_script_is_plotly_alone() {
    let script = figure::script();
    assert!(script.contains("Plotly") && !script.contains("<script") && !script.contains("</script"));
    assert!(!script.contains("MathJax=") && script.len() < 5 << 20, "{} bytes", script.len());
}
