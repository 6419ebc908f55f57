//! Aggregates: what was counted, and how it changes.

use super::{Column, ColumnKind, ORGANISATION_REFERENCE, TERM_REFERENCE, Table};

const ORGANISATION: Column = Column::text("organisation", "Canonical name.").required();
const TERM: Column = Column::text("term", "Canonical term.").required();
const PERIOD: Column = Column::period("period", "Period that the sentences are about.").required();
const RATE: &str = "mentions per 10000 characters";

/// How often an organisation spoke of a term in a period.
pub const TERM_COUNTS: Table = Table {
    name: "term_counts",
    title: "Terms by organisation and period",
    description: "How often each publishing organisation spoke of each term in each period. The period is the sentence's, so \
                  a paper that reviews one year and plans the next counts in both. Zeros are written unless the run was sparse.",
    key: &["organisation", "period", "term"],
    foreign_keys: &[ORGANISATION_REFERENCE, TERM_REFERENCE],
    columns: &[
        ORGANISATION,
        PERIOD,
        TERM,
        Column::text("category", "Category that the dictionary gives the term."),
        Column::count("count", "mentions", "Mentions that don't stand inside a longer term."),
        Column::count("count_nested", "mentions", "Mentions inside longer terms, not part of `count`."),
        Column::count("negated", "mentions", "Mentions of `count` that stand under a negation."),
        Column::count("documents", "documents", "Documents with a mention of `count`."),
        Column::count("characters", "characters", "Text of the organisation in the period."),
        Column::number_from(
            "per_10k_characters",
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
    description: "How the rate of a term (mentions per 10000 characters) changes over the periods of an organisation.",
    key: &["organisation", "term"],
    foreign_keys: &[TERM_REFERENCE],
    columns: &[
        Column::text("organisation", "Canonical name; `*` is all organisations together.").required(),
        TERM,
        Column::new("periods", ColumnKind::Integer { minimum: 1 }, "Periods of the organisation that have text.")
            .unit("periods")
            .required(),
        Column::period("first_period", "First of the periods.").required(),
        Column::period("last_period", "Last of the periods.").required(),
        Column::count("total", "mentions", "Mentions over all periods, those inside longer terms left out."),
        Column::number_from("mean_rate", 0, RATE, "Mean of the rates of the periods."),
        Column::number_from("latest_rate", 0, RATE, "Rate of the last period."),
        Column::number_from(
            "change",
            0,
            "ratio",
            "Rate of the last period divided by the one before; empty where that is zero or missing.",
        ),
        Column::number(
            "slope",
            "mentions per 10000 characters per period",
            "Sen's slope: median of the slopes between all pairs of periods.",
        ),
        Column::new(
            "tau",
            ColumnKind::Number { minimum: Some(-1), maximum: Some(1) },
            "Kendall's tau of rate and time.",
        ),
        Column::new(
            "p_value",
            ColumnKind::Number { minimum: Some(0), maximum: Some(1) },
            "Two-sided p-value of the Mann-Kendall test, exact for few periods.",
        ),
    ],
};

/// In how many sentences an organisation and a term stand together.
pub const ORGANISATION_TERMS: Table = Table {
    name: "organisation_terms",
    title: "Organisations and terms in one sentence",
    description: "In how many sentences an organisation and a term stand together: every organisation mentioned, publisher or not.",
    key: &["organisation", "term", "period"],
    foreign_keys: &[ORGANISATION_REFERENCE, TERM_REFERENCE],
    columns: &[ORGANISATION, TERM, PERIOD, Column::count("sentences", "sentences", "Sentences in which both stand.")],
};

/// How often an organisation used a word in a period.
pub const WORD_COUNTS: Table = Table {
    name: "word_counts",
    title: "Words by organisation and period",
    description: "How often each publishing organisation used each word in each period.",
    key: &["organisation", "period", "word"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        ORGANISATION,
        PERIOD,
        Column::text("word", "The word.").required(),
        Column::text("part_of_speech", "Part of speech, as the word dictionary tags it."),
        Column::count("count", "mentions", "Times that it stands in the text."),
        Column::count("documents", "documents", "Documents in which it stands."),
        Column::number_from(
            "per_million_words",
            0,
            "mentions per 1000000 words",
            "`count` for a million words of the organisation in the period.",
        ),
    ],
};
