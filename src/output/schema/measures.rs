//! Measures: what sets organisations apart, what keeps together, how it is spread, what is new.

use super::{Column, ColumnKind, ORGANISATION_REFERENCE, TERM_REFERENCE, Table};

const ORGANISATION: Column = Column::text("organisation", "机构", "Canonical name.").required();
const TERM: Column = Column::text("term", "术语", "Canonical term.").required();
const PROBABILITY: ColumnKind = ColumnKind::Number { minimum: Some(0), maximum: Some(1) };

/// What an organisation speaks of more, or less, than all others.
pub const KEYNESS: Table = Table {
    name: "keyness",
    title: "What sets organisations apart",
    title_zh: "机构特色词",
    description: "Words and terms that an organisation uses more, or less, often than all others together: of each kind the 100 with \
                  the largest log-likelihood that it uses three times or the others ten times. p-values suppose that mentions are \
                  independent, which words of one text are not: read them as a ranking.",
    key: &["organisation", "kind", "word"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        ORGANISATION,
        Column::one_of("kind", "类型", &["term", "word"], "A term of the dictionary, or a word.").required(),
        Column::text("word", "词语", "The term or the word.").required(),
        Column::count("count", "次数", "mentions", "Mentions in the text of the organisation."),
        Column::count("words", "词数", "words", "Words of that text."),
        Column::count("count_rest", "其他机构次数", "mentions", "Mentions in the text of all others."),
        Column::count("words_rest", "其他机构词数", "words", "Words of that text."),
        Column::number_from("log_likelihood", "对数似然值 G²", 0, "G²", "Log-likelihood ratio of the 2×2 table (Dunning 1993).").required(),
        Column::number(
            "log_ratio", "对数比",
            "doublings",
            "Binary logarithm of the ratio of the two rates (Hardie 2014); half a mention is added to both where one is zero.",
        )
        .required(),
        Column::number("log_ratio_low", "对数比区间下限", "doublings", "Lower end of its 95 % interval (Katz 1978); empty where a count is zero."),
        Column::number("log_ratio_high", "对数比区间上限", "doublings", "Upper end of its 95 % interval."),
        Column::new("p_value", "p 值", PROBABILITY, "p-value of the log-likelihood; empty where an expected count is under five."),
        Column::new(
            "p_adjusted", "校正后 p 值",
            PROBABILITY,
            "p-value corrected for all words or terms of the organisation that were tested (Benjamini and Hochberg 1995).",
        ),
    ],
};

/// What a year of an organisation is about.
pub const KEYWORDS: Table = Table {
    name: "keywords",
    title: "Keywords by organisation and period",
    title_zh: "分期关键词",
    description: "The twenty words and terms that tell most of what an organisation spoke of in a period. TF-IDF: count times \
                  ln((1 + n) / (1 + n with it)) + 1 over the n organisations and periods. TextRank: rank among the terms of the \
                  period that stand in the same sentences (Mihalcea and Tarau 2004).",
    key: &["organisation", "period", "method", "rank"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        ORGANISATION,
        Column::period("period", "期间", "Period that the sentences are about.").required(),
        Column::one_of("method", "方法", &["textrank", "tfidf"], "How it was found.").required(),
        Column::new("rank", "排名", ColumnKind::Integer { minimum: 1 }, "Rank, 1 the first.").required(),
        Column::text("keyword", "关键词", "The word, or for TextRank the term.").required(),
        Column::number_from(
            "score",
            "得分",
            0,
            "score of the method",
            "Scores of one method and period compare, others don't.",
        )
        .required(),
    ],
};

/// Words near terms.
pub const COLLOCATIONS: Table = Table {
    name: "collocations",
    title: "Words near terms",
    title_zh: "术语搭配",
    description: "Words of two characters and more that stand within five words of a term, in one sentence, three times or more. Stop \
                  words are left out. A mention counts a word once.",
    key: &["term", "word"],
    foreign_keys: &[TERM_REFERENCE],
    columns: &[
        TERM,
        Column::text("word", "词语", "The word.").required(),
        Column::count("count", "共现次数", "mentions", "Mentions of the term that have the word near."),
        Column::number_from(
            "expected",
            "期望值",
            0,
            "mentions",
            "Mentions that would have it near by chance: f(term) f(word) 10 / words.",
        )
        .required(),
        Column::number(
            "log_dice",
            "logDice",
            "logDice",
            "14 where they always stand together, one less for each halving (Rychlý 2008).",
        )
        .required(),
        Column::number("mutual_information", "互信息", "bits", "log2 of count over expected (Church and Hanks 1990).")
            .required(),
        Column::number(
            "t_score",
            "t 值",
            "t",
            "Count less expected over the root of the count (Church and others 1991).",
        )
        .required(),
    ],
};

/// How evenly terms are spread.
pub const DISPERSION: Table = Table {
    name: "dispersion",
    title: "How evenly terms are spread",
    title_zh: "术语分布",
    description: "Whether a term stands all over the corpus or in a few documents.",
    key: &["term"],
    foreign_keys: &[TERM_REFERENCE],
    columns: &[
        TERM,
        Column::count("count", "次数", "mentions", "Mentions, those inside longer terms left out."),
        Column::count("range", "出现文档数", "documents", "Documents in which it stands."),
        Column::count("documents", "全部文档数", "documents", "Documents of the corpus."),
        Column::new(
            "dp",
            "离散度 DP",
            PROBABILITY,
            "Deviation of proportions (Gries 2008): 0 spread as the text is, towards 1 in one document.",
        )
        .required(),
        Column::new(
            "dp_norm",
            "标准化 DP",
            PROBABILITY,
            "DP over its largest possible value (Lijffijt and Gries 2012).",
        ),
        Column::new(
            "juilland_d",
            "Juilland D",
            PROBABILITY,
            "Juilland's D over the rates of the documents: 1 spread evenly, 0 in one.",
        ),
    ],
};

/// Words that no dictionary knows.
pub const NEW_TERMS: Table = Table {
    name: "new_terms",
    title: "New terms",
    title_zh: "新词候选",
    description: "Runs of words, two to six characters together, that keep together, stand in many surroundings, and are in no \
                  dictionary. Only documents that repeat a run count it. Write a category into the rows that you want and give the \
                  file to `wenmai check --new-terms`: it prints the rows for terms.extend.csv.",
    key: &["candidate"],
    foreign_keys: &[],
    columns: &[
        Column::text("candidate", "候选词", "The run of words.").required(),
        Column::count("count", "次数", "mentions", "Mentions in documents that repeat it."),
        Column::count("documents", "文档数", "documents", "Documents that repeat it."),
        Column::number("cohesion", "凝固度", "bits", "Pointwise mutual information of its weakest seam.").required(),
        Column::number_from("left_entropy", "左邻熵", 0, "bits", "Entropy of the characters before it.").required(),
        Column::number_from("right_entropy", "右邻熵", 0, "bits", "Entropy of the characters behind it.").required(),
        Column::period("first_period", "首次期间", "First period under review of a document that repeats it."),
        Column::text(
            "category",
            "类别（待填）",
            "Empty: write the category here to take the term into your dictionary.",
        ),
        Column::text("example", "例句", "Text around its first occurrence.").required(),
    ],
};

/// Terms in the same sentences.
pub const COOCCURRENCE: Table = Table {
    name: "cooccurrence",
    title: "Terms in the same sentences",
    title_zh: "术语共现",
    description: "Pairs of terms that stand in the same sentences; terms inside longer ones are left out.",
    key: &["term", "other"],
    foreign_keys: &[TERM_REFERENCE, super::ForeignKey { columns: &["other"], table: "terms", referenced: &["term"] }],
    columns: &[
        TERM,
        Column::text("other", "共现术语", "The other term; it sorts behind the first.").required(),
        Column::count("sentences", "共现句子数", "sentences", "Sentences in which both stand."),
        Column::count("documents", "共现文档数", "documents", "Documents with such a sentence."),
        Column::number_from("expected", "期望值", 0, "sentences", "Sentences in which both would stand by chance.")
            .required(),
        Column::number("pmi", "点互信息", "bits", "Pointwise mutual information.").required(),
        Column::number(
            "log_dice",
            "logDice",
            "logDice",
            "14 where they always stand together, one less for each halving (Rychlý 2008).",
        )
        .required(),
    ],
};

/// Who is named with whom.
pub const ORGANISATION_NETWORK: Table = Table {
    name: "organisation_network",
    title: "Network of organisations",
    title_zh: "机构关系网络",
    description: "Pairs of organisations named in the same sentence or holding an event together. Sentences that name more than \
                  twelve are lists, and count for none. The same network stands in organisation_network.graphml.",
    key: &["source", "target"],
    foreign_keys: &[
        super::ForeignKey { columns: &["source"], table: "organisations", referenced: &["organisation"] },
        super::ForeignKey { columns: &["target"], table: "organisations", referenced: &["organisation"] },
    ],
    columns: &[
        Column::text("source", "机构一", "Canonical name of the one that sorts first.").required(),
        Column::text("target", "机构二", "Canonical name of the other.").required(),
        Column::count("sentences", "共现句子数", "sentences", "Sentences that name both."),
        Column::count("documents", "共现文档数", "documents", "Documents with such a sentence."),
        Column::count("events", "共同活动次数", "mentions", "Namings of events that both hold."),
        Column::period("first_period", "首次期间", "First period of those sentences and events."),
        Column::period("last_period", "末次期间", "Last of them."),
    ],
};
