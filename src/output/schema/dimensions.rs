//! Dimension tables: documents, organisations, terms, sentences, and what was rejected.

use super::{
    Column, ColumnKind, DOCUMENT_REFERENCE, ForeignKey, ORGANISATION_KINDS, ORGANISATION_REFERENCE,
    PARTIAL_DATE_PATTERN, STATUSES, Table,
};

const REPORT_TYPES: &[&str] = &[
    "annual_summary",
    "new_year_address",
    "work_plan",
    "meeting_news",
    "event_news",
    "monthly_report",
    "speech",
    "notice",
    "other",
];

/// One report a row.
pub const DOCUMENTS: Table = Table {
    name: "documents",
    title: "Documents",
    title_zh: "文档",
    description: "One report a row.",
    key: &["document"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        Column::text(
            "document",
            "文档",
            "Path below the corpus root with `/`; a line of a JSON Lines file adds `#` and its id.",
        )
        .required(),
        Column::text("title", "标题", "Title."),
        Column::text(
            "organisation",
            "发布机构",
            "Canonical name of the organisation that speaks or publishes; empty where unknown.",
        ),
        Column::one_of("report_type", "报告类型", REPORT_TYPES, "What sort of report it is."),
        Column::new(
            "published",
            "发布日期",
            ColumnKind::Pattern(PARTIAL_DATE_PATTERN),
            "Day, month or year of publication, as fine as it is known (YYYY, YYYY-MM or YYYY-MM-DD).",
        ),
        Column::date("period_from", "所述期间起", "First day of the period that the report is about."),
        Column::date("period_to", "所述期间止", "Last day of the period that the report is about."),
        Column::period("period", "所述期间", "Label of the period that the report is about; empty where unknown."),
        Column::one_of(
            "format",
            "文件格式",
            &["txt", "md", "jsonl", "csv", "html", "docx", "doc", "odt", "rtf", "pdf"],
            "Format of the file.",
        )
        .required(),
        Column::text("encoding", "编码", "Encoding that the file was decoded from, such as UTF-8 or GB18030.")
            .required(),
        Column::one_of(
            "script",
            "字形",
            &["hans", "hant", "mixed"],
            "Simplified or traditional characters, or both; empty where no character tells.",
        ),
        Column::new("pages", "页数", ColumnKind::Integer { minimum: 1 }, "Pages, where the format has any.")
            .unit("pages"),
        Column::count("characters", "字数", "characters", "Characters of the repaired text (Unicode scalar values)."),
        Column::count("sentences", "句子数", "sentences", "Sentences, headings included."),
        Column::count("words", "词数", "words", "Words, punctuation left out."),
        Column::count(
            "repairs",
            "修复处数",
            "repairs",
            "Places where the text was repaired (broken lines, blanks, radicals, pasted pinyin).",
        ),
        Column::new(
            "sha256",
            "SHA-256",
            ColumnKind::Pattern("[0-9a-f]{64}"),
            "SHA-256 of the file, of the line for JSON Lines.",
        )
        .required(),
        Column::text(
            "duplicate_of",
            "重复自",
            "Key of the document that it is a copy of; a copy has a row here and counts nowhere else.",
        ),
    ],
};

/// One organisation a row.
pub const ORGANISATIONS: Table = Table {
    name: "organisations",
    title: "Organisations",
    title_zh: "机构",
    description: "One organisation a row: all that publish, are mentioned, or are the parent of one that is.",
    key: &["organisation"],
    foreign_keys: &[ForeignKey { columns: &["parent"], table: "organisations", referenced: &["organisation"] }],
    columns: &[
        Column::text("organisation", "机构", "Canonical name.").required(),
        Column::one_of("kind", "类型", ORGANISATION_KINDS, "What it is.").required(),
        Column::text("parent", "上级机构", "Canonical name of the organisation that it is a part of."),
        Column::text("aliases", "别名", "Other names, `|` between."),
        Column::count(
            "documents_published",
            "发布文档数",
            "documents",
            "Documents in which it speaks or that it publishes.",
        ),
        Column::count("mentions", "提及次数", "mentions", "Mentions by name in all documents."),
        Column::count("documents", "提及文档数", "documents", "Documents that mention it."),
        Column::period("first_period", "首次期间", "First period that mentions it."),
        Column::period("last_period", "末次期间", "Last period that mentions it."),
        Column::boolean("in_dictionary", "词典收录", "The dictionary of organisations knows it."),
    ],
};

/// One term a row.
pub const TERMS: Table = Table {
    name: "terms",
    title: "Terms",
    title_zh: "术语",
    description: "One term of the dictionary a row: all that occur, and the broader terms of those.",
    key: &["term"],
    foreign_keys: &[ForeignKey { columns: &["broader"], table: "terms", referenced: &["term"] }],
    columns: &[
        Column::text("term", "术语", "The term.").required(),
        Column::text("category", "类别", "Category that the dictionary gives it."),
        Column::text("broader", "上位术语", "The next broader term."),
        Column::text("aliases", "别名", "Other forms that count as the term, `|` between."),
        Column::count("count", "次数", "mentions", "Mentions that don't stand inside a longer term."),
        Column::count("documents", "提及文档数", "documents", "Documents that mention it."),
        Column::count("organisations", "提及机构数", "organisations", "Organisations whose documents mention it."),
        Column::period("first_period", "首次期间", "First period that mentions it."),
        Column::period("last_period", "末次期间", "Last period that mentions it."),
    ],
};

/// One sentence a row.
pub const SENTENCES: Table = Table {
    name: "sentences",
    title: "Sentences",
    title_zh: "句子",
    description: "One sentence or heading a row: where a figure leads back to.",
    key: &["document", "sentence"],
    foreign_keys: &[DOCUMENT_REFERENCE],
    columns: &[
        Column::text("document", "文档", "Key of the document.").required(),
        Column::new(
            "sentence",
            "句子序号",
            ColumnKind::Integer { minimum: 1 },
            "Number of the sentence in its document, from 1.",
        )
        .required(),
        Column::new("page", "页码", ColumnKind::Integer { minimum: 1 }, "Page, where the format has pages."),
        Column::count(
            "start",
            "起始位置",
            "characters",
            "Offset of the first character in the decoded source text (Unicode scalar values).",
        ),
        Column::count("end", "结束位置", "characters", "Offset behind the last character."),
        Column::text("section", "所在章节", "Headings above the sentence, outermost first, ` > ` between."),
        Column::period("period", "期间", "Period that the sentence is about; empty where unknown."),
        Column::one_of("status", "状态", STATUSES, "Told as done, told as planned, or neither.").required(),
        Column::text("text", "句子", "The sentence in repaired text.").required(),
    ],
};

/// One rejected input a row.
pub const REJECTED: Table = Table {
    name: "rejected",
    title: "Rejected inputs",
    title_zh: "未能读取的文件",
    description: "One input a row that gave no document, and why.",
    key: &["path"],
    foreign_keys: &[],
    columns: &[
        Column::text(
            "path",
            "路径",
            "Path below the corpus root with `/`; a line of a JSON Lines file adds `#` and its id or line.",
        )
        .required(),
        Column::new("reason", "原因代码", ColumnKind::Pattern("[a-z0-9_]+"), "Short code of the reason.").required(),
        Column::text("detail", "说明", "What was wrong and what to do about it."),
    ],
};
