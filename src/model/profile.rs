//! What a document is: who speaks, of which time, when.

use serde::{Deserialize, Serialize};

use super::{DateRange, OrganisationKind, PartialDate, Status};

/// The organisation that speaks or publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
}

/// What a report is, by its title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ReportType {
    AnnualSummary,
    NewYearAddress,
    WorkPlan,
    MeetingNews,
    EventNews,
    MonthlyReport,
    Speech,
    Notice,
    #[default]
    Other,
}

impl ReportType {
    /// As written in `documents.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportType::AnnualSummary => "annual_summary",
            ReportType::NewYearAddress => "new_year_address",
            ReportType::WorkPlan => "work_plan",
            ReportType::MeetingNews => "meeting_news",
            ReportType::EventNews => "event_news",
            ReportType::MonthlyReport => "monthly_report",
            ReportType::Speech => "speech",
            ReportType::Notice => "notice",
            ReportType::Other => "other",
        }
    }
}

/// What is told or inferred of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Title.
    pub title: Option<String>,
    /// Who speaks or publishes.
    pub publisher: Option<Publisher>,
    /// What the report is.
    pub report_type: ReportType,
    /// Day, month or year of publication.
    pub published: Option<PartialDate>,
    /// What relative dates are read against: the publication, or the best that is known of it.
    pub reference: Option<PartialDate>,
    /// First and last day under review.
    pub period: Option<DateRange>,
}

/// What a sentence is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    /// The time it is about.
    pub period: Option<DateRange>,
    /// Done or planned.
    pub status: Status,
}
