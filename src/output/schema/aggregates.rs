//! Aggregates: what was counted, and how it changes.

use super::{
    Column, ColumnKind, DOCUMENT_REFERENCE, ORGANISATION_REFERENCE, SENTENCE_REFERENCE, TERM_REFERENCE, Table,
};

const ORGANISATION: Column = Column::text("organisation", "机构", "Canonical name.").required();
const TERM: Column = Column::text("term", "术语", "Canonical term.").required();
const PERIOD: Column = Column::period("period", "期间", "Period that the sentences are about.").required();
const RATE: &str = "mentions per 10000 characters";

/// How often an organisation spoke of a term in a period.
pub const TERM_COUNTS: Table = Table {
    name: "term_counts",
    title: "Terms by organisation and period",
    title_zh: "机构分期术语频次",
    description: "How often each publishing organisation spoke of each term in each period. The period is the sentence's, so \
                  a paper that reviews one year and plans the next counts in both. Zeros are written unless the run was sparse.",
    key: &["organisation", "period", "term"],
    foreign_keys: &[ORGANISATION_REFERENCE, TERM_REFERENCE],
    columns: &[
        ORGANISATION,
        PERIOD,
        TERM,
        Column::text("category", "类别", "Category that the dictionary gives the term."),
        Column::count("count", "次数", "mentions", "Mentions that don't stand inside a longer term."),
        Column::count("count_nested", "嵌套次数", "mentions", "Mentions inside longer terms, not part of `count`."),
        Column::count("negated", "否定次数", "mentions", "Mentions of `count` that stand under a negation."),
        Column::count("documents", "文档数", "documents", "Documents with a mention of `count`."),
        Column::count("characters", "字数", "characters", "Text of the organisation in the period."),
        Column::number_from(
            "per_10k_characters",
            "每万字次数",
            0,
            RATE,
            "`count` for 10000 `characters`; empty where there is no text.",
        ),
    ],
};

/// How the use of a term changes over the periods.
pub const TERM_TRENDS: Table = Table {
    name: "term_trends",
    title: "Trends of terms",
    title_zh: "术语趋势",
    description: "How the rate of a term (mentions per 10000 characters) changes over the periods of an organisation.",
    key: &["organisation", "term"],
    foreign_keys: &[TERM_REFERENCE],
    columns: &[
        Column::text("organisation", "机构", "Canonical name; `*` is all organisations together.").required(),
        TERM,
        Column::new(
            "periods",
            "期数",
            ColumnKind::Integer { minimum: 1 },
            "Periods of the organisation that have text.",
        )
        .unit("periods")
        .required(),
        Column::period("first_period", "首次期间", "First of the periods.").required(),
        Column::period("last_period", "末次期间", "Last of the periods.").required(),
        Column::count("total", "总次数", "mentions", "Mentions over all periods, those inside longer terms left out."),
        Column::number_from("mean_rate", "平均每万字次数", 0, RATE, "Mean of the rates of the periods."),
        Column::number_from("latest_rate", "末期每万字次数", 0, RATE, "Rate of the last period."),
        Column::number_from(
            "change",
            "末期与前期之比",
            0,
            "ratio",
            "Rate of the last period divided by the one before; empty where that is zero or missing.",
        ),
        Column::number(
            "slope",
            "Sen 斜率",
            "mentions per 10000 characters per year",
            "Sen's slope: median of the slopes between all pairs of periods, whatever their length.",
        ),
        Column::new(
            "tau",
            "Kendall τ",
            ColumnKind::Number { minimum: Some(-1), maximum: Some(1) },
            "Kendall's tau of rate and time.",
        ),
        Column::new(
            "p_value",
            "p 值",
            ColumnKind::Number { minimum: Some(0), maximum: Some(1) },
            "Two-sided p-value of the Mann-Kendall test, exact for few periods.",
        ),
        Column::period(
            "burst_from",
            "突增起始期间",
            "First period of the weightiest burst (Kleinberg 2003); empty where there is none.",
        ),
        Column::period("burst_to", "突增结束期间", "Last period of that burst."),
    ],
};

/// In how many sentences an organisation and a term stand together.
pub const ORGANISATION_TERMS: Table = Table {
    name: "organisation_terms",
    title: "Organisations and terms in one sentence",
    title_zh: "机构与术语同句",
    description: "In how many sentences an organisation and a term stand together: every organisation mentioned, publisher or not.",
    key: &["organisation", "term", "period"],
    foreign_keys: &[ORGANISATION_REFERENCE, TERM_REFERENCE],
    columns: &[
        ORGANISATION,
        TERM,
        PERIOD,
        Column::count("sentences", "共现句子数", "sentences", "Sentences in which both stand."),
    ],
};

/// How often an organisation used a word in a period.
pub const WORD_COUNTS: Table = Table {
    name: "word_counts",
    title: "Words by organisation and period",
    title_zh: "机构分期词频",
    description: "How often each publishing organisation used each word in each period.",
    key: &["organisation", "period", "word"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        ORGANISATION,
        PERIOD,
        Column::text("word", "词语", "The word.").required(),
        Column::text("part_of_speech", "词性", "Part of speech, as the word dictionary tags it."),
        Column::count("count", "次数", "mentions", "Times that it stands in the text."),
        Column::count("documents", "文档数", "documents", "Documents in which it stands."),
        Column::number_from(
            "per_million_words",
            "每百万词次数",
            0,
            "mentions per 1000000 words",
            "`count` for a million words of the organisation in the period.",
        ),
    ],
};

/// What organisations did, have and plan, in figures.
pub const INDICATORS: Table = Table {
    name: "indicators",
    title: "Indicators",
    title_zh: "工作指标",
    description: "Figures of the work of associations (members added, standards published, people trained) as the rules of \
                  dictionaries/indicators.toml find them among the numbers of the reports. Mentions of one figure are one row; \
                  figures that contradict or complete each other are all listed.",
    key: &["organisation", "period", "indicator", "status", "figure"],
    foreign_keys: &[ORGANISATION_REFERENCE, DOCUMENT_REFERENCE, SENTENCE_REFERENCE],
    columns: &[
        Column::text("organisation", "机构", "Canonical name of the organisation whose figure it is.").required(),
        Column::period("period", "期间", "Period that the figure is of.").required(),
        Column::text("indicator", "指标代码", "What the figure is: the id of its entry in indicators.toml.").required(),
        Column::one_of("status", "状态", &["done", "planned"], "Whether it was done (or is so) or is planned.")
            .required(),
        Column::new(
            "figure",
            "数值序号",
            ColumnKind::Integer { minimum: 1 },
            "Rank among the figures of the same organisation, period, indicator and status, by mentions.",
        )
        .required(),
        Column::text("title", "指标", "Name of the indicator, in Chinese.").required(),
        Column::decimal("value", "数值", "The number as written, in `unit`; empty for a range."),
        Column::decimal("min", "下限", "Lower bound that the wording gives; empty where it gives none."),
        Column::decimal("max", "上限", "Upper bound that the wording gives; empty where it gives none."),
        Column::text("unit", "单位", "Unit, simplified."),
        Column::date("from", "起始日期", "First day of the longest time that a mention tells the figure of.")
            .required(),
        Column::date("to", "结束日期", "Last day of that time.").required(),
        Column::new("mentions", "提及次数", ColumnKind::Integer { minimum: 1 }, "How often the figure is told.")
            .unit("mentions")
            .required(),
        Column::text("document", "文档", "Document of the first mention.").required(),
        Column::new("sentence", "句子序号", ColumnKind::Integer { minimum: 1 }, "Its sentence, from 1.").required(),
        Column::count(
            "number_start",
            "数字起始位置",
            "characters",
            "Offset of the first character of the number in the source.",
        ),
        Column::count("number_end", "数字结束位置", "characters", "Offset behind its last character."),
        Column::text("text", "句子", "The sentence.").required(),
    ],
};

/// How the figures of an indicator change over the periods.
pub const INDICATOR_TRENDS: Table = Table {
    name: "indicator_trends",
    title: "Trends of indicators",
    title_zh: "指标趋势",
    description: "How the figures of an indicator that were done change over the periods of an organisation. Where a period has \
                  several, the one told of the longest time (for a level: of the latest) counts. Periods without a figure are \
                  left out, not zero.",
    key: &["organisation", "indicator", "unit"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        ORGANISATION,
        Column::text("indicator", "指标代码", "The id of the indicator.").required(),
        Column::text("unit", "单位", "Unit of the values.").required(),
        Column::text("title", "指标", "Name of the indicator, in Chinese.").required(),
        Column::new("periods", "期数", ColumnKind::Integer { minimum: 1 }, "Periods that have a figure.")
            .unit("periods")
            .required(),
        Column::period("first_period", "首次期间", "First of them.").required(),
        Column::period("last_period", "末次期间", "Last of them.").required(),
        Column::number("total", "合计", "as `unit`", "Sum of the values; empty for a level."),
        Column::number("mean_value", "平均值", "as `unit`", "Mean of the values.").required(),
        Column::number("latest_value", "末期值", "as `unit`", "Value of the last period.").required(),
        Column::number(
            "change",
            "末期与前期之比",
            "ratio",
            "Value of the last period divided by the one before; empty where that is zero or missing.",
        ),
        Column::number(
            "slope",
            "Sen 斜率",
            "`unit` per year",
            "Sen's slope: median of the slopes between all pairs of periods.",
        ),
        Column::new(
            "tau",
            "Kendall τ",
            ColumnKind::Number { minimum: Some(-1), maximum: Some(1) },
            "Kendall's tau of value and time.",
        ),
        Column::new(
            "p_value",
            "p 值",
            ColumnKind::Number { minimum: Some(0), maximum: Some(1) },
            "Two-sided p-value of the Mann-Kendall test, exact for few periods; empty under four periods.",
        ),
    ],
};
