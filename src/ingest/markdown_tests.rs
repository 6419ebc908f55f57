use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// Debug builds on a busy machine; quadratic time would take far longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Blocks as lines: kind, then the text; `·` between pieces that do not touch, `|` between cells.
fn shown(source: &str) -> String {
    let block = |block: &Block| {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Paragraph => "p".into(),
            BlockKind::TableRow => "r".into(),
        };
        let cell =
            |cell: &[Range<usize>]| cell.iter().map(|piece| &source[piece.clone()]).collect::<Vec<_>>().join("·");
        format!("{kind} {}", block.cells().map(cell).collect::<Vec<_>>().join("|"))
    };
    blocks(source, 0).iter().map(block).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn gives(source: &str, expected: &[&str]) {
    assert_eq!(shown(source), expected.join("\n"), "{source}");
}

#[test]
fn headings() {
    gives("# **总结**\n\n## 一、工作 ##\n正文", &["h1 总结", "h2 一、工作", "p 正文"]);
    gives("##二、会员\n正文\n#话题#\n", &["h2 二、会员", "p 正文\n#话题#"]);
    gives("　　### 3.1 标准", &["h3 3.1 标准"]);
    gives("标题\n===\n甲\n乙\n---\n丙", &["h1 标题", "p 甲\n乙", "p 丙"]);
    gives("#\n\n甲", &["p 甲"]);
}

#[test]
fn bold_marks_go_and_stars_stay() {
    gives("**办好竞赛。**与**各单位**筹备", &["p 办好竞赛。·与·各单位·筹备"]);
    gives("1. **恢复展会。**4月18日", &["p 1. ·恢复展会。·4月18日"]);
    gives("称**“本会”**和**《公约》**、**20**项", &["p 称·“本会”·和·《公约》·、·20·项"]);
    gives("张**、李**和138****0000", &["p 张**、李**和138****0000"]);
    gives("3*5*7米，2**3**4，*注*", &["p 3*5*7米，2**3**4，·注"]);
    gives(r"\*\*甲\*\*", &["p *·*甲·*·*"]);
    gives("**甲\n\n乙**", &["p **甲", "p 乙**"]);
}

#[test]
fn items_are_blocks_and_keep_their_numbers() {
    gives("1. 甲\n2. 乙\n   续\n", &["p 1. 甲", "p 2. 乙\n·续"]);
    gives("1) 甲\n\n2) 乙\n", &["p 1) 甲", "p 2) 乙"]);
    gives("- 甲\n  - 乙\n* 丙\n- [x] 丁", &["p 甲", "p 乙", "p 丙", "p 丁"]);
    gives("1. 2022 年 10 月 16 日召开\n\n2. 10 家", &["p 1. 2022 年 10 月 16 日召开", "p 2. 10 家"]);
    gives("- 5 -\n\n正文", &["p - 5 -", "p 正文"]);
    gives("正文\n2.去年\n3. 今年", &["p 正文\n2.去年\n3. 今年"]);
}

#[test]
fn lines_and_breaks() {
    gives("甲\n乙", &["p 甲\n乙"]);
    gives("甲\r\n乙\r\n\r\n丙\r丁", &["p 甲·\n乙", "p 丙\r丁"]);
    gives("甲  \n乙\\\n丙<br>丁", &["p 甲", "p 乙", "p 丙", "p 丁"]);
    gives("    甲\n\n\t乙\n　　丙\n　　丁", &["p 甲", "p 乙", "p 丙", "p 丁"]);
    gives("> 甲\n> 乙\n\n---\n```text\n丙\n丁\n```", &["p 甲\n·乙", "p 丙\n丁"]);
}

#[test]
fn tables_keep_their_cells() {
    gives(
        "指标如下：\n| 指标 | 2022年 |\n| --- | --- |\n| **会员** | **786家**以上 |\n| | 0场 |\n| a\\|b | x<br>y |\n注：略",
        &["p 指标如下：", "r 指标|2022年", "r 会员|786家·以上", "r |0场", "r a·|b|x<br>y", "p 注：略"],
    );
    gives("a | b\n--- | ---\n1 | \n", &["r a|b", "r 1|"]);
}

#[test]
fn links_pictures_tags_and_references() {
    gives("见[官网](http://a.cn \"题\")和<https://b.cn>。", &["p 见·官网·和·。"]);
    gives("![图1](1_副本.jpg)\n\n[![图](a.jpg) 详情](b)", &["p 详情"]);
    gives("研发&amp;设计&nbsp;`代码` ``a`b``", &["p 研发&amp;设计&nbsp;·代码· ·a`b"]);
    gives("<p>甲<b>乙</b></p>\n<div>丙</div>\n\n丁<u>戊</u><标准>", &["p 甲·乙", "p 丙", "p 丁·戊·<标准>"]);
    gives("甲[1]\n\n[注]: 数据来自年报\n\n[1]: http://a.cn\n\n乙", &["p 甲·1", "p [注]: 数据来自年报", "p 乙"]);
    gives("1~10月和2~3月，~~甲~~", &["p 1~10月和2~3月，~~甲~~"]);
}

#[test]
fn text_before_the_start_is_left_out() {
    let source = "---\ntitle: a\n---\n# 甲\n";
    let found = blocks(source, 17);
    assert_eq!(found.len(), 1);
    assert_eq!(&source[found[0].pieces[0].clone()], "甲");
}

#[test]
fn hostile_texts_take_linear_time() {
    let started = Instant::now();
    for part in [
        "[",
        "![",
        "](",
        "**甲",
        "*a ",
        "_a",
        "`",
        "`a``b",
        "<",
        "<a",
        "<p",
        "<!--",
        "> ",
        "- ",
        "1. ",
        "|",
        "|-",
        "#",
        "&",
        "\\",
        "**。",
        "[a]: 甲\n",
        "[a]\n",
        "\n>",
        "~",
        "==\n",
        "甲\n--\n",
        "</",
        "<script>",
        "**a*",
        "a**b",
    ] {
        for lead in ["", "<div>", "|a|\n|-|\n|"] {
            check(&format!("{lead}{}", part.repeat(200_000 / part.len())));
        }
    }
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
}

/// Pieces ascend, lie on characters, are not empty, and cells point at them.
fn check(source: &str) {
    let mut last = 0;
    for block in blocks(source, 0) {
        assert!(!block.pieces.is_empty());
        for piece in &block.pieces {
            assert!(last <= piece.start && piece.start < piece.end, "{source:?} {block:?}");
            assert!(source.is_char_boundary(piece.start) && source.is_char_boundary(piece.end), "{source:?}");
            last = piece.end;
        }
        assert!(block.cells.is_sorted() && block.cells.iter().all(|cell| *cell <= block.pieces.len()));
        assert_eq!(block.cells().map(<[_]>::len).sum::<usize>(), block.pieces.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_gives_sound_pieces(text in "([*_`#>|~<!\\[\\]()\\-+=&;:.\\\\ \n\r\t　甲乙。“a1/]|\\*\\*|<br>|&amp;|\n\n|---|http://a.cn|```|<p>|<!--|-->){0,40}") {
        check(&text);
    }

    #[test]
    fn no_word_is_lost(words in proptest::collection::vec("[甲-癸]{1,3}[0-9]{0,2}", 1..12), marks in proptest::collection::vec("\n\n|\n|\\*\\*|\n# |\n- |\n1\\. |。\\*\\*| |\n> |\n    |\n　　", 12)) {
        let text: String = words.iter().zip(&marks).flat_map(|(word, mark)| [word.as_str(), mark.as_str()]).collect();
        let kept: String = blocks(&text, 0).iter().flat_map(|block| &block.pieces).map(|piece| &text[piece.clone()]).collect();
        for word in &words {
            prop_assert!(kept.contains(word.as_str()), "{word} of {text:?} in {kept:?}");
        }
    }
}
