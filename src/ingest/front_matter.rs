//! The metadata that a Markdown file begins with: YAML between two lines of `---`.
//!
//! Keys: `title`; `organisation`, `publisher` or `author`; `published` or `date`; `period`, or `period_from` and
//! `period_to`. Values stand as written (`2022-10` is no number here); other keys say nothing.

use saphyr_parser::{Event, Parser};

use super::given::{Field, Told};
use crate::lexicon::Faults;
use crate::model::Given;

/// Lines within which front matter must end; a rule (`---`) at the head of a report is none.
const LINES: usize = 100;

/// Bytes within which it must end.
const BYTES: usize = 1 << 16;

/// What front matter tells and where the text begins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) given: Given,
    /// Byte behind its closing line; 0 where there is none.
    pub(super) end: usize,
}

/// Reads the front matter of a text; its faults are added under `file`, and the sound fields kept.
pub(super) fn read(text: &str, file: &str, faults: &mut Faults) -> FrontMatter {
    let Some((yaml, end)) = find(text) else { return FrontMatter::default() };
    let mut told = Told::default();
    if let Err((line, problem)) = pairs(yaml, |line, key, value| {
        let Some(field) = Field::named(key) else { return };
        match value {
            Some(value) => told.take(field, value, file, line, faults),
            None => faults.add(file, line, format!("`{key}` is no single value"), "write it on one line"),
        }
    }) {
        faults.add(file, line, format!("the front matter is no YAML ({problem})"), "write `key: value` lines");
    }
    FrontMatter { given: told.finish(file, 1, faults), end }
}

/// The YAML and the byte behind the closing line.
fn find(text: &str) -> Option<(&str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = opening.len();
    let mut keyed = false;
    for line in lines.take(LINES) {
        let start = end;
        end += line.len();
        if end > BYTES {
            return None;
        }
        if matches!(line.trim_end(), "---" | "...") {
            return keyed.then(|| (&text[opening.len()..start], end));
        }
        keyed |= is_keyed(line);
        if !keyed && !line.trim().is_empty() && !line.starts_with('#') {
            return None;
        }
    }
    None
}

/// `key: value`
fn is_keyed(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            && (value.trim().is_empty() || value.starts_with([' ', '\t']))
    })
}

/// Calls `take` with line (in the file), key and value of each pair of the outermost mapping; the value is `None` where
/// it is a list or a mapping.
fn pairs(yaml: &str, mut take: impl FnMut(usize, &str, Option<&str>)) -> Result<(), (usize, String)> {
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    for event in Parser::new_from_str(yaml) {
        let (event, span) = event.map_err(|error| (error.marker().line() + 1, error.info().to_owned()))?;
        let line = span.start.line() + 1;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if depth == 1
                    && let Some(key) = key.take()
                {
                    take(line, &key, None);
                }
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            Event::Scalar(value, ..) if depth == 1 => match key.take() {
                Some(key) => take(line, &key, Some(if value == "~" || value == "null" { "" } else { &value })),
                None => key = Some(value.into_owned()),
            },
            Event::Alias(_) if depth == 1 => key = None,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_told_and_faults_named() {
        let text = "---\r\ntitle: \"总结: 2022\"\npublisher: 某协会\ntags: [a, b]\nauthor: 别人\ndate: 2023-01\nperiod: 2022\n---\n正文";
        let mut faults = Faults::default();
        let front = read(text, "a.md", &mut faults);
        assert!(faults.is_empty(), "{faults}");
        assert_eq!(&text[front.end..], "正文");
        let date = |text: &str| text.parse().ok();
        let given = Given {
            title: Some("总结: 2022".into()),
            publisher: Some("某协会".into()),
            published: date("2023-01"),
            period: date("2022").zip(date("2022")),
        };
        assert_eq!(front.given, given);

        let front = read("---\ntitle: 甲\ndate: 昨天\nperiod:\n  - 2022\nauthor: [\n---\n", "a.md", &mut faults);
        assert_eq!(front.given.title.as_deref(), Some("甲"));
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert!(lines.starts_with(&[3, 5]) && lines.len() == 4, "{faults}");
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for text in [
            "",
            "---",
            "---\n正文\n---\n",
            "---\n时间：2022年\n---\n",
            "正文\n---\ntitle: a\n---\n",
            "---\ntitle: a\n",
            "---\n---\n",
            "---\nhttp://a.cn\n---\n",
        ] {
            assert_eq!(read(text, "a.md", &mut Faults::default()), FrontMatter::default(), "{text}");
        }
    }

    #[test]
    fn hostile_front_matter_ends_soon() {
        let started = std::time::Instant::now();
        for part in [
            "[", "{", "- ", "? ", "&a ", "*a ", "!", "a: ", "'", "\"", "|", ">", "\t", "%", "#", "[{", "{?", "a,",
            "\u{feff}",
        ] {
            let text = format!("---\na: {}\n---\n", part.repeat(60_000 / part.len()));
            read(&text, "a.md", &mut Faults::default());
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "---\n([a-z]{0,3}[:\\[\\]{}&*!|>'\"#,?@`~% \n\t甲-]{0,4}){0,12}\n---\n") {
            let front = read(&text, "a.md", &mut Faults::default());
            prop_assert!(text.is_char_boundary(front.end));
        }
    }
}
