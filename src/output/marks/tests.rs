use super::*;
use proptest::prelude::*;

fn mark(start: usize, end: usize, kind: Kind) -> Mark {
    Mark { span: Span::new(start, end), kind, meaning: "a\"<b>".to_owned() }
}

fn shown(text: &str, marks: &[Mark], look: Look) -> String {
    let mut out = Vec::new();
    write(&mut out, text, marks, look).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn marks_nest_and_crossing_ones_are_split() {
    let text = "一二三四五六";
    for (marks, expected) in [
        (vec![], "一二三四五六"),
        (vec![mark(0, 6, Kind::Term)], "[一二三四五六|term]"),
        (vec![mark(2, 3, Kind::Date), mark(1, 4, Kind::Event)], "一[二[三|date]四|event]五六"),
        (vec![mark(0, 2, Kind::Date), mark(2, 4, Kind::Term)], "[一二|date][三四|term]五六"),
        (vec![mark(0, 3, Kind::Term), mark(1, 5, Kind::Date)], "[一[二三|date]|term][四五|date]六"),
        (vec![mark(1, 2, Kind::Term), mark(1, 2, Kind::Organisation)], "一[[二|term]|organisation]三四五六"),
        (vec![mark(4, 99, Kind::Person), mark(50, 60, Kind::Term), mark(3, 3, Kind::Term)], "一二三四[五六|person]"),
    ] {
        assert_eq!(shown(text, &marks, Look::Brackets), expected);
        let reversed: Vec<Mark> = marks.into_iter().rev().collect();
        assert_eq!(shown(text, &reversed, Look::Brackets), expected, "whatever the order of the marks");
    }
}

#[test]
fn colours_come_back_behind_an_inner_mark() {
    let marks = [mark(0, 4, Kind::Event), mark(1, 2, Kind::Term)];
    assert_eq!(shown("一二三四五", &marks, Look::Colours), "\x1b[31m一\x1b[32m二\x1b[0m\x1b[31m三四\x1b[0m五");
}

#[test]
fn hostile_text_steers_nothing() {
    let text = "<script>\"&'\x1b[2J\u{9b}\r\0\r\n\t";
    let page = shown(text, &[mark(0, 3, Kind::Term)], Look::Html);
    assert_eq!(
        page,
        "<mark class=\"term\" title=\"a&quot;&lt;b&gt;\">&lt;sc</mark>ript&gt;&quot;&amp;&#39;\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}\r\n\t"
    );
    for look in [Look::Brackets, Look::Colours] {
        assert_eq!(shown(text, &[], look), "<script>\"&'\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}\r\n\t");
    }
    let mut out = Vec::new();
    begin_page(&mut out, "</title><script>", &[Kind::Date]).unwrap();
    write_article(&mut out, "<b>", "<i>", &[]).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(!page.contains("<script>") && !page.contains("<b>") && !page.contains("<i>"), "{page}");
    assert!(page.contains("日期") && !page.contains("术语"), "the legend has the kinds asked for");
}

#[test]
fn kinds_have_names() {
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.plural()), Some(kind));
    }
    assert_eq!((Kind::named("words"), Kind::named("")), (None, None));
}

proptest! {
    #[test]
    fn without_marks_the_text_is_what_it_was(
        text in "[一二三a\n]{0,30}",
        spans in prop::collection::vec((0_usize..32, 0_usize..12, 0_usize..6), 0..12),
    ) {
        let marks: Vec<Mark> =
            spans.into_iter().map(|(start, length, kind)| mark(start, start + length, Kind::ALL[kind])).collect();
        let mut stripped = shown(&text, &marks, Look::Brackets).replace('[', "");
        for kind in Kind::ALL {
            stripped = stripped.replace(&format!("|{}]", kind.as_str()), "");
        }
        prop_assert_eq!(&stripped, &text);
        let page = shown(&text, &marks, Look::Html);
        prop_assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    }
}
