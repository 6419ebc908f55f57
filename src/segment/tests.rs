use std::collections::BTreeMap;

use jieba_rs::Jieba;

use super::*;
use crate::lexicon::Files;
use crate::model::Source;

fn clean(source: &str) -> CleanText {
    CleanText::new(source.chars().enumerate().map(|(at, c)| (c, Span::<Source>::new(at, at + 1))))
}

/// jieba with the same dictionary.
fn jieba(lexicon: &Lexicon) -> Jieba {
    let mut jieba = Jieba::new();
    for term in lexicon.terms.terms() {
        for name in std::iter::once(&term.name).chain(&term.aliases) {
            if !jieba.has_word(name) {
                jieba.add_word(name, None, Some("n"));
            }
        }
    }
    jieba
}

/// Lines of words drawn from the dictionary, characters and marks between, the same ones each time.
fn drawn_lines(lexicon: &Lexicon) -> Vec<String> {
    let words: Vec<&str> = lexicon.general.words().map(|word| word.text).collect();
    let terms = lexicon.terms.terms();
    let between = [
        "", "", "", "", "，", "。", "·", " ", "㐂", "12", "a", "4.5%", "γ射线", "C++", "é", "\u{3000}", "龘", "𠮷", "“",
    ];
    let mut state: u64 = 1;
    let mut draw = |among: usize| {
        // Knuth's MMIX generator
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % among
    };
    let mut line = || {
        let words = (0..40).map(|_| match draw(8) {
            0 => terms[draw(terms.len())].name.as_str(),
            1 => words[draw(words.len())],
            2..4 => words[draw(300)],
            _ => words[draw(20_000)],
        });
        let words: Vec<&str> = words.collect();
        words.iter().map(|word| format!("{word}{}", between[draw(between.len())])).collect()
    };
    (0..4000).map(|_| line()).collect()
}

#[test]
fn words_are_those_of_jieba() {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let (segmenter, jieba) = (Segmenter::new(&lexicon), jieba(&lexicon));
    for line in drawn_lines(&lexicon) {
        let text = clean(&line);
        let own = segmenter.segment(&text);
        let own = own.tokens.iter().map(|token| (text.slice(token.span), token.pos.as_str()));
        let theirs = jieba.tag(&line, false);
        // of unknown characters it guesses what they are
        let known = |word: &str| jieba.has_word(word) || word.is_ascii();
        let theirs = theirs.iter().filter(|tag| !tag.word.trim().is_empty());
        let theirs = theirs.map(|tag| (tag.word, if known(tag.word) { tag.tag } else { "x" }));
        assert_eq!(own.collect::<Vec<_>>(), theirs.collect::<Vec<_>>(), "{line}");
    }
}

#[test]
fn a_word_has_one_number_and_frequent_words_have_small_ones() {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let segmenter = Segmenter::new(&lexicon);
    let mut numbers: BTreeMap<String, Option<NonZeroU32>> = BTreeMap::new();
    for line in drawn_lines(&lexicon).iter().take(500) {
        let text = clean(line);
        for token in segmenter.segment(&text).tokens {
            let word = text.slice(token.span);
            assert_eq!(*numbers.entry(word.to_owned()).or_insert(token.word), token.word, "{word}");
        }
    }
    let number = |word: &str| segmenter.dictionary.word(&word.chars().collect::<Vec<_>>());
    assert!(number("的") < 100 && number("我们") < number("机器人") && number("没有这个词") == 0);
}

#[test]
fn names_of_terms_are_told_wherever_they_stand() {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let segmenter = Segmenter::new(&lexicon);
    let found = |source: &str| {
        let text = clean(source);
        let mut terms = segmenter.segment(&text).terms;
        terms.sort_unstable_by_key(|(span, _)| (span.start(), span.end()));
        terms.iter().map(|(span, _)| text.slice(*span).to_owned()).collect::<Vec<_>>().join(" ")
    };
    let cases = [
        ("人形机器人与AGV、agv", "人形机器人 机器人 AGV agv"),
        ("我们发展会员", "发展会员 展会"),
        ("智能\n制造", ""),
        ("智能制造\n机器人", "智能制造 机器人"),
        ("", ""),
    ];
    for (source, expected) in cases {
        assert_eq!(found(source), expected, "{source}");
    }
}

#[test]
fn words_of_the_user_are_kept_whole() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("words.extend.txt"), "蓝雀簧片 nz\n云端大脑体 9 n\n的了 1\n").unwrap();
    let lexicon = Lexicon::compile(&Files::overlaid(folder.path())).unwrap();
    let segmenter = Segmenter::new(&lexicon);
    let text = clean("新蓝雀簧片与云端大脑体的了");
    let shown: Vec<String> =
        segmenter.segment(&text).tokens.iter().map(|t| format!("{}/{}", text.slice(t.span), t.pos.as_str())).collect();
    assert_eq!(shown.join(" "), "新/a 蓝雀簧片/nz 与/p 云端大脑体/n 的/uj 了/ul");
}
