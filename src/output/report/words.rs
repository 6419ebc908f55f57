//! What the report says in words, in both languages.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Language of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// As written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// Tag of the language of the page (BCP 47).
    pub(super) fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = [Language::Chinese, Language::English].into_iter().find(|language| language.as_str() == text);
        found.ok_or_else(|| format!("`{text}` is no language of the report; write zh or en"))
    }
}

/// The words of one language by key.
#[derive(Clone, Debug)]
pub(super) struct Words(BTreeMap<&'static str, &'static str>);

impl Words {
    pub fn of(language: Language) -> Self {
        let pick = |(key, chinese, english): &(&'static str, &'static str, &'static str)| match language {
            Language::Chinese => (*key, *chinese),
            Language::English => (*key, *english),
        };
        Words(WORDS.iter().map(pick).collect())
    }

    /// The words of a key; the key itself where there are none, which a test rules out.
    pub fn get(&self, key: &'static str) -> &'static str {
        self.0.get(key).copied().unwrap_or(key)
    }

    /// The name of a code of the tables (`type_` and `annual_summary`); the code where it has none.
    pub fn label(&self, group: &str, code: &str) -> String {
        self.0.get(format!("{group}{code}").as_str()).map_or_else(|| code.to_owned(), |words| (*words).to_owned())
    }

    pub fn all(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.0
    }
}

/// Key, Chinese, English.
const WORDS: &[(&str, &str, &str)] = &[
    ("title", "文脉 · 语料报告", "wenmai · report on a corpus"),
    ("skip", "跳到正文", "Skip to the content"),
    ("contents", "目录", "Contents"),
    ("overview", "概览", "Overview"),
    ("organisations", "组织", "Organisations"),
    ("trends", "趋势", "Trends"),
    ("compare", "比较", "Comparison"),
    ("network", "网络", "Network"),
    ("quality", "数据质量", "Data quality"),
    (
        "lead",
        "点击图上的点或表中的数字，可看到背后的原句、出处与页码。",
        "Click a point of a chart or a number of a table to read the sentences behind it, with document and page.",
    ),
    ("no_script", "图表与原句需要启用脚本；表格不受影响。", "Charts and sentences need scripts; the tables don't."),
    // overview
    ("documents", "文档", "Documents"),
    ("publishers", "发布组织", "Publishing organisations"),
    ("organisations_named", "涉及组织", "Organisations named"),
    ("periods_covered", "时期", "Periods"),
    ("characters", "字数", "Characters"),
    ("sentences", "句子", "Sentences"),
    ("terms_found", "术语", "Terms found"),
    ("rejected", "未能读取", "Rejected inputs"),
    ("by_type", "按文种", "By type of report"),
    ("by_period", "按时期", "By period"),
    ("by_period_and_type", "各时期的文档（按文种）", "Documents by period and type"),
    ("type", "文种", "Type"),
    ("period", "时期", "Period"),
    ("unknown", "未知", "unknown"),
    // organisations
    ("organisation", "组织", "Organisation"),
    ("kind", "类别", "Kind"),
    ("parent", "上级", "Part of"),
    ("aliases", "别名", "Also called"),
    ("mentions", "提及", "Mentions"),
    ("publishers_list", "发布组织一览", "Publishing organisations at a glance"),
    ("choose", "选择组织", "Choose an organisation"),
    ("profile", "概况", "Profile"),
    ("terms_over_time", "历年术语", "Terms over the periods"),
    (
        "terms_over_time_note",
        "折线为每万字次数，字数不足中位数十分之一的时期不画；表中为次数。",
        "Lines show mentions per 10,000 characters, without periods of less than a tenth of the median text; the table shows mentions.",
    ),
    ("term", "术语", "Term"),
    ("category", "类别", "Category"),
    ("total", "合计", "Total"),
    ("keyness", "特色术语", "What sets it apart"),
    (
        "keyness_note",
        "与其余全部组织相比更常用的术语。对数比 1 表示频率为两倍；横线为 95% 区间（Katz 1978）。",
        "Terms it uses more than all others. A log ratio of 1 is twice the rate; bars are 95 % intervals (Katz 1978).",
    ),
    ("count", "次数", "Count"),
    ("rest", "其余组织", "All others"),
    ("log_ratio", "对数比", "Log ratio"),
    ("interval", "95% 区间", "95 % interval"),
    ("log_likelihood", "G²", "G²"),
    ("indicators", "工作指标", "Indicators"),
    (
        "indicators_note",
        "深色为已完成，浅色为计划。点击数值看原句。",
        "Dark: done; light: planned. Click a figure for its sentence.",
    ),
    ("indicator", "指标", "Indicator"),
    ("status", "状态", "Status"),
    ("done", "完成", "done"),
    ("planned", "计划", "planned"),
    ("value", "数值", "Figure"),
    ("partners", "往来组织", "Partners"),
    ("together", "同句", "Sentences together"),
    ("joint_events", "共同活动", "Joint events"),
    ("its_documents", "文档", "Its documents"),
    ("document", "文档", "Document"),
    ("published", "发布", "Published"),
    ("others", "其他常被提及的组织", "Others named most"),
    ("none", "没有可显示的数据。", "Nothing to show."),
    // trends
    ("rising", "上升的术语", "Rising terms"),
    ("falling", "下降的术语", "Falling terms"),
    (
        "trends_note",
        "全部发布组织合计，每万字次数；竖线为 95% 泊松得分区间（Barker 2002）。斜率为 Sen 斜率（每年），p 为 Mann-Kendall 双侧检验；校正 p 按 Benjamini-Hochberg。时期不足四个时没有 p 值。字数不足中位数十分之一的时期不画，但计入。",
        "All publishers together, mentions per 10,000 characters; bars are 95 % Poisson score intervals (Barker 2002). Slope: Sen, per year. p: Mann-Kendall, two-sided; adjusted by Benjamini-Hochberg. Under four periods there is no p-value. Periods of less than a tenth of the median text are not drawn, but count.",
    ),
    ("mean_rate", "平均率", "Mean rate"),
    ("latest_rate", "最近率", "Latest rate"),
    ("change", "环比", "Change"),
    ("slope", "斜率", "Slope"),
    ("p_value", "p 值", "p-value"),
    ("p_adjusted", "校正 p", "Adjusted p"),
    ("burst", "突发期", "Burst"),
    ("counts_by_period", "各时期次数", "Counts by period"),
    ("trend_table", "术语趋势表", "Table of trends"),
    ("rate_unit", "次/万字", "per 10,000 characters"),
    ("slope_unit", "/万字/年", "per 10,000 characters and year"),
    // comparison
    (
        "compare_note",
        "全部时期合计，每万字次数；横线为 95% 泊松得分区间（Barker 2002）。",
        "All periods together, mentions per 10,000 characters; bars are 95 % Poisson score intervals (Barker 2002).",
    ),
    ("first", "组织甲", "First organisation"),
    ("second", "组织乙", "Second organisation"),
    ("terms_side_by_side", "术语", "Terms"),
    ("figures_side_by_side", "最近的指标", "Latest indicators"),
    // network
    (
        "network_note",
        "同一句中出现或共同举办活动的组织。点大小为联系多少；点击点或连线中点看原句。",
        "Organisations named in one sentence or holding an event together. Size: how many ties. Click a node, or the middle of a tie, for the sentences.",
    ),
    ("publishes", "发布组织", "publishes"),
    ("named_only", "仅被提及", "only named"),
    ("ties", "联系", "Ties"),
    ("one", "组织", "One"),
    ("other", "组织", "Other"),
    // quality
    ("duplicates", "重复文档（不计数）", "Copies (count nowhere)"),
    ("no_publisher", "发布者未知的文档", "Documents without a known publisher"),
    ("no_period", "时期未知的文档", "Documents without a known period"),
    ("unplaced", "不计入统计的字数（发布者未知）", "Characters that no aggregate counts (no publisher)"),
    ("repaired_documents", "修复过的文档", "Documents repaired"),
    ("repairs", "修复处", "Repairs"),
    ("formats", "格式", "Formats"),
    ("encodings", "编码", "Encodings"),
    ("scripts", "字体", "Scripts"),
    ("measure", "项目", "What"),
    ("reason", "原因", "Reason"),
    ("detail", "说明", "Detail"),
    ("path", "文件", "File"),
    ("original", "原件", "Original"),
    ("copy", "副本", "Copy"),
    ("rejected_files", "未能读取的输入", "Rejected inputs"),
    ("unknown_hint", "可在 metadata.csv 中补充发布者与时期。", "metadata.csv can tell publisher and period."),
    ("left_out", "本报告未列出的内容", "What this report leaves out"),
    (
        "left_out_note",
        "为保持文件大小，报告只显示最多的部分；完整数据在同一文件夹的 CSV 表中。",
        "To keep the file small, the report shows the largest part; the tables beside it hold everything.",
    ),
    ("shown", "显示", "Shown"),
    ("of_all", "共有", "Of"),
    ("nothing_left_out", "没有省略。", "Nothing is left out."),
    ("omitted_publishers", "有专页的发布组织", "Publishers with a section"),
    ("omitted_documents", "专页中的文档", "Documents of publishers"),
    ("omitted_partners", "专页中的往来组织", "Partners of publishers"),
    ("omitted_others", "其他组织", "Other organisations"),
    ("omitted_terms", "专页中的术语", "Terms of publishers"),
    ("omitted_keyness", "专页中的特色术语", "Key terms of publishers"),
    ("omitted_figures", "专页中的指标数值", "Figures of publishers"),
    ("omitted_trends", "趋势表中的术语", "Terms with a trend"),
    ("omitted_compared", "比较中的术语", "Terms compared"),
    ("omitted_nodes", "网络中的组织", "Organisations of the network"),
    ("omitted_ties", "网络中的联系", "Ties of the network"),
    ("omitted_rejected", "未能读取的输入", "Rejected inputs"),
    ("omitted_copies", "重复文档", "Copies"),
    ("omitted_unknown", "发布者或时期未知的文档", "Documents of unknown publisher or period"),
    ("omitted_sentences", "原句", "Sentences"),
    (
        "sentence_cap_note",
        "每个数字最多附几句原句（按文档顺序的前几句）；过长的句子会截断。",
        "Each number leads to a few sentences at most, the first by document; long ones are cut.",
    ),
    // script
    ("filter", "筛选…", "Filter…"),
    ("filter_label", "筛选表格", "Filter the table"),
    ("rows", "行", "rows"),
    ("close", "关闭", "Close"),
    ("sentences_behind", "背后的原句", "Sentences behind it"),
    ("shows", "显示 {n} 句（计数 {all}）", "{n} sentences shown (count {all})"),
    ("shows_some", "显示 {n} 句", "{n} sentences shown"),
    ("page", "第 {n} 页", "page {n}"),
    ("sentence", "第 {n} 句", "sentence {n}"),
    (
        "no_sentences",
        "报告没有收录这里的原句；可在 term_mentions.csv 等表中查到。",
        "The report holds no sentence for this; the tables, such as term_mentions.csv, do.",
    ),
    // codes of the tables
    ("type_annual_summary", "年度总结", "annual summary"),
    ("type_new_year_address", "新年致辞", "new year address"),
    ("type_work_plan", "工作计划", "work plan"),
    ("type_meeting_news", "会议新闻", "meeting news"),
    ("type_event_news", "活动新闻", "event news"),
    ("type_monthly_report", "月报", "monthly report"),
    ("type_speech", "讲话", "speech"),
    ("type_notice", "通知", "notice"),
    ("type_other", "其他", "other"),
    ("kind_association", "协会", "association"),
    ("kind_society", "学会", "society"),
    ("kind_federation", "联合会", "federation"),
    ("kind_alliance", "联盟", "alliance"),
    ("kind_branch", "分支机构", "branch"),
    ("kind_company", "企业", "company"),
    ("kind_university", "高校", "university"),
    ("kind_institute", "研究机构", "institute"),
    ("kind_government", "政府部门", "government"),
    ("kind_party", "党组织", "party"),
    ("kind_union", "工会", "union"),
    ("kind_media", "媒体", "media"),
    ("kind_fund", "基金会", "fund"),
    ("kind_court", "司法机关", "court"),
    ("kind_international", "国际组织", "international"),
    ("kind_other", "其他", "other"),
    ("category_activity", "活动", "activity"),
    ("category_environment", "绿色环境", "environment"),
    ("category_finance", "财务", "finance"),
    ("category_governance", "治理", "governance"),
    ("category_industry", "产业", "industry"),
    ("category_international", "国际", "international"),
    ("category_party", "党建", "party"),
    ("category_policy", "政策", "policy"),
    ("category_product", "产品", "product"),
    ("category_research", "研究", "research"),
    ("category_service", "服务", "service"),
    ("category_standard", "标准", "standard"),
    ("category_talent", "人才", "talent"),
    ("category_technology", "技术", "technology"),
    ("reason_bad_json", "JSON 有误", "bad JSON"),
    ("reason_binary", "不是文本", "binary"),
    ("reason_damaged", "文件损坏", "damaged"),
    ("reason_dangling_link", "链接失效", "dangling link"),
    ("reason_duplicate_id", "标识重复", "duplicate id"),
    ("reason_empty", "空文件", "empty"),
    ("reason_encrypted", "已加密", "encrypted"),
    ("reason_library_failed", "解析失败", "library failed"),
    ("reason_link_to_folder", "指向文件夹的链接", "link to a folder"),
    ("reason_not_a_file", "不是文件", "not a file"),
    ("reason_no_text_column", "没有正文列", "no text column"),
    ("reason_no_text_layer", "没有文本层（扫描件）", "no text layer (a scan)"),
    ("reason_too_deep", "嵌套过深", "too deep"),
    ("reason_too_large", "文件过大", "too large"),
    ("reason_too_many_pages", "页数过多", "too many pages"),
    ("reason_too_slow", "耗时过长", "too slow"),
    ("reason_unknown_encoding", "编码不明", "unknown encoding"),
    ("reason_unpacks_too_large", "解压后过大", "unpacks too large"),
    ("reason_unknown_format", "格式不明", "unknown format"),
    ("reason_unreadable", "无法读取", "unreadable"),
    ("script_hans", "简体", "simplified"),
    ("script_hant", "繁体", "traditional"),
    ("script_mixed", "混用", "mixed"),
    ("script_", "未知", "unknown"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_stands_once_and_in_both_languages() {
        let keys: BTreeSet<&str> = WORDS.iter().map(|(key, _, _)| *key).collect();
        assert_eq!(keys.len(), WORDS.len(), "a key stands twice");
        for (key, chinese, english) in WORDS {
            assert!(!chinese.is_empty() && !english.is_empty(), "{key}");
            assert!(english.is_ascii() || english.contains(['·', '…', '²']), "{key} is English: {english}");
        }
    }

    #[test]
    fn a_language_reads_as_it_is_written() {
        for language in [Language::Chinese, Language::English] {
            assert_eq!(language.to_string().parse(), Ok(language));
        }
        assert!("fr".parse::<Language>().unwrap_err().contains("zh or en"));
    }

    #[test]
    fn codes_without_a_name_stand_for_themselves() {
        let words = Words::of(Language::Chinese);
        assert_eq!(words.label("type_", "annual_summary"), "年度总结");
        assert_eq!(words.label("reason_", "new_reason"), "new_reason");
    }
}
