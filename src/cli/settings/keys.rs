//! The keys of `wenmai.toml`: one line each, in the order of the template.

use std::any::TypeId;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

/// A key. It stands for a long flag of `run`, from which it takes what values it allows, and its default.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// As written in the file: the flag without its dashes, with `_` for those inside.
    pub name: &'static str,
    /// What the template says of it, in Chinese.
    pub about: &'static str,
    /// A value for the template, in TOML, where the flag has no default.
    pub sample: Option<&'static str>,
    /// Commands beside `run` that have the flag and take the key.
    pub also: &'static [&'static str],
    /// It names something that must be there already.
    pub exists: bool,
}

const fn key(name: &'static str, about: &'static str) -> Key {
    Key { name, about, sample: None, also: &[], exists: false }
}

impl Key {
    const fn sample(self, sample: &'static str) -> Self {
        Key { sample: Some(sample), ..self }
    }

    const fn also(self, also: &'static [&'static str]) -> Self {
        Key { also, ..self }
    }

    const fn exists(self) -> Self {
        Key { exists: true, ..self }
    }
}

/// All keys.
pub(super) const KEYS: &[Key] = &[
    key("corpus", "报告所在的文件夹，或者单独一份报告").also(&["kwic", "show", "check"]).exists(),
    key("out", "表格写到哪个文件夹；以前由 wenmai 写的会整个换新"),
    key("dictionaries", "自己的词典文件夹：NAME.csv 取代内置词典，NAME.extend.csv 在内置词典上增补；默认只用内置词典")
        .sample(r#""dictionaries""#)
        .also(&["extract", "kwic", "show", "eval", "check"])
        .exists(),
    key("period", "按多长的时段统计：year 年，half 半年，quarter 季度，month 月").also(&["kwic"]),
    key("format", "写成哪些格式：csv、parquet、xlsx、sql"),
    key("only", "只写这些表；默认全写").sample(r#"["term_counts", "term_trends"]"#),
    key("sparse", "term_counts.csv 里不写计数为零的行"),
    key("excel", "CSV 让 Excel 直接打开不乱码：写入字节顺序标记，像公式的文字不当公式"),
    key("lang", "report.html 用哪种语言：zh 中文，en 英文"),
    key("keep_duplicates", "内容相同的报告也都计数；默认只计路径排在最前的一份"),
    key("write_text", "把每份报告的文字写到这个文件夹，表中的位置都指向这些文字；默认不写").sample(r#""text""#),
    key("threads", "用几个线程；默认每个处理器核心一个")
        .sample("4")
        .also(&["extract", "kwic", "show", "eval", "check"]),
    key("quiet", "除了错误什么也不说"),
    key("max_file_bytes", "一个文件最多多少字节；超过以下各项限度的文件记入 rejected.csv"),
    key("max_unpacked_bytes", "一个压缩文件解开后最多多少字节"),
    key("max_ratio", "一个压缩文件解开后最多是原来的多少倍"),
    key("max_depth", "网页和 Word 文件里元素最多套多少层"),
    key("max_pages", "一份 PDF 最多多少页"),
    key("max_seconds", "读一个压缩文件，或要靠外部程序库读的文件，最多多少秒"),
];

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Switch,
    Number,
    Path,
    Text,
}

impl Kind {
    pub(super) fn of(flag: &Arg) -> Self {
        let parsed = flag.get_value_parser().type_id();
        let is = |wanted: &[TypeId]| wanted.iter().any(|id| parsed == *id);
        if is(&[TypeId::of::<bool>()]) {
            Kind::Switch
        } else if is(&[TypeId::of::<u16>(), TypeId::of::<u32>(), TypeId::of::<u64>(), TypeId::of::<usize>()]) {
            Kind::Number
        } else if is(&[TypeId::of::<PathBuf>()]) {
            Kind::Path
        } else {
            Kind::Text
        }
    }
}

/// A flag that may stand several times is a list in the file.
pub(super) fn is_list(flag: &Arg) -> bool {
    matches!(flag.get_action(), ArgAction::Append)
}

impl Key {
    /// The flag that it stands for, in a command that has it.
    pub(super) fn argument<'c>(&self, command: &'c Command) -> Option<&'c Arg> {
        let long = self.name.replace('_', "-");
        command.get_arguments().find(|argument| argument.get_long() == Some(&long))
    }

    /// A line of the file: the default of the flag, or the sample where it has none.
    pub(super) fn line(&self, flag: &Arg) -> String {
        let default = || {
            let values = flag.get_default_values().iter().map(|value| value.to_string_lossy());
            let values: Vec<String> = values.map(|value| written(&value, Kind::of(flag))).collect();
            if is_list(flag) { format!("[{}]", values.join(", ")) } else { values.join(", ") }
        };
        format!("{} = {}", self.name, self.sample.map_or_else(default, str::to_owned))
    }
}

/// A value in TOML.
pub(super) fn written(value: &str, kind: Kind) -> String {
    match kind {
        Kind::Switch | Kind::Number => value.to_owned(),
        Kind::Path | Kind::Text => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
