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
    description: "One report a row.",
    key: &["document"],
    foreign_keys: &[ORGANISATION_REFERENCE],
    columns: &[
        Column::text(
            "document",
            "Path below the corpus root with `/`; a line of a JSON Lines file adds `#` and its id.",
        )
        .required(),
        Column::text("title", "Title."),
        Column::text(
            "organisation",
            "Canonical name of the organisation that speaks or publishes; empty where unknown.",
        ),
        Column::one_of("report_type", REPORT_TYPES, "What sort of report it is."),
        Column::new(
            "published",
            ColumnKind::Pattern(PARTIAL_DATE_PATTERN),
            "Day, month or year of publication, as fine as it is known (YYYY, YYYY-MM or YYYY-MM-DD).",
        ),
        Column::date("period_from", "First day of the period that the report is about."),
        Column::date("period_to", "Last day of the period that the report is about."),
        Column::period("period", "Label of the period that the report is about; empty where unknown."),
        Column::one_of(
            "format",
            &["txt", "md", "jsonl", "csv", "html", "docx", "doc", "odt", "rtf", "pdf"],
            "Format of the file.",
        )
        .required(),
        Column::text("encoding", "Encoding that the file was decoded from, such as UTF-8 or GB18030.").required(),
        Column::one_of(
            "script",
            &["hans", "hant", "mixed"],
            "Simplified or traditional characters, or both; empty where no character tells.",
        ),
        Column::new("pages", ColumnKind::Integer { minimum: 1 }, "Pages, where the format has any.").unit("pages"),
        Column::count("characters", "characters", "Characters of the repaired text (Unicode scalar values)."),
        Column::count("sentences", "sentences", "Sentences, headings included."),
        Column::count("words", "words", "Words, punctuation left out."),
        Column::count(
            "repairs",
            "repairs",
            "Places where the text was repaired (broken lines, blanks, radicals, pasted pinyin).",
        ),
        Column::new("sha256", ColumnKind::Pattern("[0-9a-f]{64}"), "SHA-256 of the file, of the line for JSON Lines.")
            .required(),
        Column::text(
            "duplicate_of",
            "Key of the document that it is a copy of; a copy has a row here and counts nowhere else.",
        ),
    ],
};

/// One organisation a row.
pub const ORGANISATIONS: Table = Table {
    name: "organisations",
    title: "Organisations",
    description: "One organisation a row: all that publish, are mentioned, or are the parent of one that is.",
    key: &["organisation"],
    foreign_keys: &[ForeignKey { columns: &["parent"], table: "organisations", referenced: &["organisation"] }],
    columns: &[
        Column::text("organisation", "Canonical name.").required(),
        Column::one_of("kind", ORGANISATION_KINDS, "What it is.").required(),
        Column::text("parent", "Canonical name of the organisation that it is a part of."),
        Column::text("aliases", "Other names, `|` between."),
        Column::count("documents_published", "documents", "Documents in which it speaks or that it publishes."),
        Column::count("mentions", "mentions", "Mentions by name in all documents."),
        Column::count("documents", "documents", "Documents that mention it."),
        Column::period("first_period", "First period that mentions it."),
        Column::period("last_period", "Last period that mentions it."),
        Column::boolean("in_dictionary", "The dictionary of organisations knows it."),
    ],
};

/// One term a row.
pub const TERMS: Table = Table {
    name: "terms",
    title: "Terms",
    description: "One term of the dictionary a row: all that occur, and the broader terms of those.",
    key: &["term"],
    foreign_keys: &[ForeignKey { columns: &["broader"], table: "terms", referenced: &["term"] }],
    columns: &[
        Column::text("term", "The term.").required(),
        Column::text("category", "Category that the dictionary gives it."),
        Column::text("broader", "The next broader term."),
        Column::text("aliases", "Other forms that count as the term, `|` between."),
        Column::count("count", "mentions", "Mentions that don't stand inside a longer term."),
        Column::count("documents", "documents", "Documents that mention it."),
        Column::count("organisations", "organisations", "Organisations whose documents mention it."),
        Column::period("first_period", "First period that mentions it."),
        Column::period("last_period", "Last period that mentions it."),
    ],
};

/// One sentence a row.
pub const SENTENCES: Table = Table {
    name: "sentences",
    title: "Sentences",
    description: "One sentence or heading a row: where a figure leads back to.",
    key: &["document", "sentence"],
    foreign_keys: &[DOCUMENT_REFERENCE],
    columns: &[
        Column::text("document", "Key of the document.").required(),
        Column::new("sentence", ColumnKind::Integer { minimum: 1 }, "Number of the sentence in its document, from 1.")
            .required(),
        Column::new("page", ColumnKind::Integer { minimum: 1 }, "Page, where the format has pages."),
        Column::count(
            "start",
            "characters",
            "Offset of the first character in the decoded source text (Unicode scalar values).",
        ),
        Column::count("end", "characters", "Offset behind the last character."),
        Column::text("section", "Headings above the sentence, outermost first, ` > ` between."),
        Column::period("period", "Period that the sentence is about; empty where unknown."),
        Column::one_of("status", STATUSES, "Told as done, told as planned, or neither.").required(),
        Column::text("text", "The sentence in repaired text.").required(),
    ],
};

/// One rejected input a row.
pub const REJECTED: Table = Table {
    name: "rejected",
    title: "Rejected inputs",
    description: "One input a row that gave no document, and why.",
    key: &["path"],
    foreign_keys: &[],
    columns: &[
        Column::text(
            "path",
            "Path below the corpus root with `/`; a line of a JSON Lines file adds `#` and its id or line.",
        )
        .required(),
        Column::new("reason", ColumnKind::Pattern("[a-z0-9_]+"), "Short code of the reason.").required(),
        Column::text("detail", "What was wrong and what to do about it."),
    ],
};
