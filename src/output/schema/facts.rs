//! Fact tables: one mention a row, with where it stands.

use super::{
    Column, ColumnKind, DOCUMENT_REFERENCE, DURATION_PATTERN, ORGANISATION_KINDS, ORGANISATION_REFERENCE,
    SENTENCE_REFERENCE, STATUSES, TERM_REFERENCE, Table,
};

// Every fact table begins with these five.
const DOCUMENT: Column = Column::text("document", "文档", "Key of the document.").required();
const SENTENCE: Column = Column::new(
    "sentence",
    "句子序号",
    ColumnKind::Integer { minimum: 1 },
    "Number of the sentence in its document, from 1.",
)
.required();
const PAGE: Column =
    Column::new("page", "页码", ColumnKind::Integer { minimum: 1 }, "Page, where the format has pages.");
const START: Column = Column::count(
    "start",
    "起始位置",
    "characters",
    "Offset of the first character in the decoded source text (Unicode scalar values).",
);
const END: Column =
    Column::count("end", "结束位置", "characters", "Offset behind the last character: source[start:end] is the text.");

const TEXT: Column =
    Column::text("text", "原文", "The mention as it stands in the source, damage included.").required();
const PERIOD: Column = Column::period("period", "期间", "Period that the sentence is about; empty where unknown.");
const STATUS: Column =
    Column::one_of("status", "状态", STATUSES, "Told as done, told as planned, or neither.").required();

/// One mention of a term a row.
pub const TERM_MENTIONS: Table = Table {
    name: "term_mentions",
    title: "Mentions of terms",
    title_zh: "术语提及",
    description: "One mention of a dictionary term a row, those inside longer terms included.",
    key: &["document", "start", "end", "term"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE, TERM_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::text("term", "术语", "Canonical term.").required(),
        Column::text("category", "类别", "Category that the dictionary gives the term."),
        Column::boolean("nested", "嵌套于更长术语", "It stands inside a longer term."),
        Column::boolean("negated", "被否定", "It stands under a negation."),
        PERIOD,
        STATUS,
    ],
};

/// One mention of an organisation a row.
pub const ORGANISATION_MENTIONS: Table = Table {
    name: "organisation_mentions",
    title: "Mentions of organisations",
    title_zh: "机构提及",
    description: "One mention of an organisation a row.",
    key: &["document", "start", "end", "organisation"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE, ORGANISATION_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::text("organisation", "机构", "Canonical name.").required(),
        Column::one_of("kind", "类型", ORGANISATION_KINDS, "What the organisation is.").required(),
        Column::one_of(
            "form",
            "称谓形式",
            &["full", "alias", "generic"],
            "By its full name, by a short name, or by a common noun that stands for it.",
        )
        .required(),
    ],
};

/// One mention of a person a row.
pub const PERSON_MENTIONS: Table = Table {
    name: "person_mentions",
    title: "Mentions of people",
    title_zh: "人物提及",
    description: "One name of a person a row, with the nearest title and its organisation. Equal names need not be \
                  the same person.",
    key: &["document", "start", "end"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE, ORGANISATION_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::text("person", "姓名", "The name, simplified, without blanks and damage.").required(),
        Column::text("title", "职务", "The office nearest to the name as written, without its organisation."),
        Column::text(
            "organisation",
            "任职机构",
            "Canonical name of the organisation of that office; empty where none is told.",
        ),
    ],
};

/// One date expression a row.
pub const DATE_MENTIONS: Table = Table {
    name: "date_mentions",
    title: "Mentions of dates",
    title_zh: "日期提及",
    description: "One date expression a row, read against its document.",
    key: &["document", "start", "end"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::one_of(
            "kind",
            "类型",
            &["date", "range", "duration", "set"],
            "A date, a range, a length of time, or a repeated time.",
        )
        .required(),
        Column::date("from", "起始日期", "First day; empty for an open range, a duration or a set."),
        Column::date("to", "结束日期", "Last day; empty for an open range, a duration or a set."),
        Column::one_of(
            "precision",
            "精度",
            &["day", "month", "quarter", "half", "year", "years"],
            "How fine the expression is; empty for durations and sets.",
        ),
        Column::new(
            "duration",
            "时长",
            ColumnKind::Pattern(DURATION_PATTERN),
            "ISO 8601 duration, for kind `duration`.",
        ),
    ],
};

/// One number with its unit a row.
pub const QUANTITY_MENTIONS: Table = Table {
    name: "quantity_mentions",
    title: "Mentions of quantities",
    title_zh: "数量提及",
    description: "One number a row with its bounds, its unit, what it counts, and whose deed it tells of.",
    key: &["document", "start", "end"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE, ORGANISATION_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::one_of(
            "kind",
            "类型",
            &["cardinal", "ordinal", "percent", "money", "measure"],
            "What sort of number it is.",
        )
        .required(),
        Column::decimal(
            "value",
            "数值",
            "The number as written (14万 is 140000), in `unit`; percentages in per cent; empty for a range.",
        ),
        Column::decimal("min", "下限", "Lower bound that the wording gives; empty where it gives none."),
        Column::decimal("max", "上限", "Upper bound that the wording gives; empty where it gives none."),
        Column::one_of(
            "modifier",
            "限定方式",
            &["exact", "approx", "at_least", "at_most", "more_than", "less_than", "range"],
            "How the wording bounds the number.",
        )
        .required(),
        Column::text("unit", "单位", "Unit or measure word as written."),
        Column::text("object", "计量对象", "The thing counted, as written."),
        Column::text("action", "动作", "The verb that governs it, as written."),
        Column::text(
            "organisation",
            "行为机构",
            "Canonical name of the organisation whose deed it is; empty where unknown.",
        ),
        Column::date("from", "起始日期", "First day of the time that the number is told of; empty where unknown."),
        Column::date("to", "结束日期", "Last day of the time that the number is told of; empty where unknown."),
        STATUS,
        Column::text("unit_code", "单位代码", "ISO 4217 or UCUM code of the unit, where there is one."),
        Column::boolean("in_name", "位于专名内", "It stands inside a proper name."),
        Column::count(
            "numeral_start",
            "数字起始位置",
            "characters",
            "Offset of the first character of the numeral alone.",
        ),
        Column::count(
            "numeral_end",
            "数字结束位置",
            "characters",
            "Offset behind the last character of the numeral alone.",
        ),
    ],
};

/// One event a row.
pub const EVENT_MENTIONS: Table = Table {
    name: "event_mentions",
    title: "Mentions of events",
    title_zh: "活动提及",
    description: "One naming of an event a row: a conference, a fair, a contest, a course, a meeting.",
    key: &["document", "start", "end"],
    foreign_keys: &[DOCUMENT_REFERENCE, SENTENCE_REFERENCE],
    columns: &[
        DOCUMENT,
        SENTENCE,
        PAGE,
        START,
        END,
        TEXT,
        Column::text(
            "event",
            "活动名称",
            "Name without its edition or leading year: the same for every event of a series.",
        )
        .required(),
        Column::text(
            "edition",
            "届次",
            "Edition, session or leading year, as written in the name (第十四届, 二届二次, 2024).",
        ),
        Column::one_of("kind", "类型", EVENT_KINDS, "What the event is.").required(),
        Column::date("from", "起始日期", "First day that the text gives; empty where it gives none."),
        Column::date("to", "结束日期", "Last day that the text gives; empty where it gives none."),
        Column::text("place", "地点", "Where it is held, as written."),
        Column::decimal(
            "attendance",
            "参加人数",
            "How many people came or will come: the number as written, bounds left aside.",
        ),
        Column::text("organisers", "主办机构", "Canonical names of those who hold it, `|` between."),
    ],
};

const EVENT_KINDS: &[&str] =
    &["conference", "forum", "exhibition", "contest", "training", "meeting", "visit", "launch", "ceremony", "other"];
