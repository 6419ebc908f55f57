//! What a page says of itself: title, source, day of publication.

use dom_query::Document as Dom;

use super::furniture;
use super::walk::Part;
use crate::ingest::compose::Composer;
use crate::model::{Given, PartialDate};

/// Names of `meta` elements, the best first: the vocabulary of Chinese government sites, Open Graph, others.
const TITLES: &[&str] = &["articletitle", "og:title", "dc.title", "twitter:title"];
const DAYS: &[&str] =
    &["pubdate", "article:published_time", "publishdate", "og:release_date", "datepublished", "dc.date", "date"];
const SOURCES: &[&str] = &["contentsource", "source", "sitename", "og:site_name", "application-name"];

/// Labels of a byline: source, day of publication.
const SOURCE_LABELS: &[&str] = &["来源", "發布單位", "发布单位", "供稿", "來源"];
const DAY_LABELS: &[&str] = &["发布时间", "发布日期", "发文日期", "日期", "时间", "發布時間", "發布日期"];

/// Characters of a byline at most.
const BYLINE: usize = 120;
/// Blocks of the body in which a title or byline is looked for from the top of the text.
const TOP: usize = 6;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    title: Option<String>,
    source: Option<String>,
    byline: Option<String>,
    /// What it tells for sure.
    pub given: Given,
}

impl Facts {
    pub(super) fn of(dom: &Dom, body: &[Part]) -> Self {
        let metas = metas(dom);
        let meta = |names: &[&str]| {
            names.iter().find_map(|name| metas.iter().find(|(n, _)| n == name)).map(|(_, v)| v.clone())
        };
        let told = meta(TITLES).or_else(|| only_heading(body)).map(|title| without_site(&title, body));
        let title = told.clone().or_else(|| titled(dom, body));
        let published: Option<PartialDate> = meta(DAYS).as_deref().and_then(day).or_else(|| stamped(dom));
        Facts {
            title,
            source: meta(SOURCES),
            byline: byline(body),
            given: Given { title: told, published, ..Given::default() },
        }
    }

    /// Title and byline, where they don't stand in the main text.
    pub(super) fn head(&self, main: &[Part], composer: &mut Composer) {
        let stands = |text: &str| main.iter().take(TOP).any(|part| bare(part.text()).contains(&bare(text)));
        if let Some(title) = self.title.as_deref().filter(|title| !stands(title)) {
            composer.heading(1, title);
        }
        match (&self.byline, &self.source) {
            (Some(byline), _) if !main.iter().any(|part| furniture::line(part.text()).as_ref() == Some(byline)) => {
                composer.paragraph(byline);
            }
            (None, Some(source)) => composer.paragraph(&format!("来源：{source}")),
            _ => {}
        }
    }
}

fn metas(dom: &Dom) -> Vec<(String, String)> {
    let one = |node: &dom_query::NodeRef<'_>| {
        let name = node.attr("name").or_else(|| node.attr("property")).or_else(|| node.attr("itemprop"))?;
        let content = node.attr("content")?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
    };
    dom.select("meta").nodes().iter().filter_map(one).collect()
}

/// The first heading of the first level, where there is one alone.
fn only_heading(body: &[Part]) -> Option<String> {
    let mut headings = body.iter().filter(|part| matches!(part, Part::Heading(1, _)));
    let heading = headings.next()?.text().to_owned();
    headings.next().is_none().then_some(heading)
}

/// The part of `<title>` that stands in the body too: the rest names the site.
fn titled(dom: &Dom, body: &[Part]) -> Option<String> {
    let title = dom.select("title").nodes().first()?.text().to_string();
    let candidates = title.split(['_', '|', '-', '–', '—']).map(str::trim).chain([title.trim()]);
    let stands = |text: &&str| text.chars().count() > 4 && body.iter().any(|part| part.text().contains(*text));
    candidates.filter(stands).max_by_key(|text| text.chars().count()).map(str::to_owned)
}

/// A title without the name of the site behind a rule, where the rest stands in the body by itself.
fn without_site(title: &str, body: &[Part]) -> String {
    let head = title.split(['_', '|', '-', '–', '—']).next().unwrap_or(title).trim();
    let stands = |text: &str| body.iter().any(|part| bare(part.text()) == bare(text));
    if head.len() < title.len() && stands(head) && !stands(title) { head.to_owned() } else { title.to_owned() }
}

/// The line that tells source and day, view counts cut out.
fn byline(body: &[Part]) -> Option<String> {
    let holds = |text: &str, labels: &[&str]| {
        labels.iter().any(|label| text.find(label).is_some_and(|at| text[at + label.len()..].starts_with([':', '：'])))
    };
    let lines = body.iter().map(Part::text).filter(|text| text.chars().count() <= BYLINE);
    let dated = |text: &&str| text.chars().filter(char::is_ascii_digit).count() >= 6;
    lines
        .filter(|text| (holds(text, DAY_LABELS) && dated(text)) || holds(text, SOURCE_LABELS))
        .find_map(furniture::line)
}

/// `<time datetime>`, where there is one alone.
fn stamped(dom: &Dom) -> Option<PartialDate> {
    match dom.select("time[datetime]").nodes() {
        [time] => time.attr("datetime").as_deref().and_then(day),
        _ => None,
    }
}

/// The day that a stamp begins with.
fn day(stamp: &str) -> Option<PartialDate> {
    let length = stamp.find(['T', ' ']).unwrap_or(stamp.len());
    stamp[..length].trim_matches('/').parse().ok().filter(|date: &PartialDate| date.day.is_some())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
