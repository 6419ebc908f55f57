//! The `wenmai.toml` that `wenmai init` writes.

use clap::Command;

use super::keys::KEYS;

/// What a project folder has in other places than the defaults say.
const LAID_OUT: [(&str, &str); 2] = [("corpus", "reports"), ("dictionaries", "dictionaries")];

const HEAD: &str = "\
# wenmai 的设置。在这个文件所在的文件夹里运行 wenmai，就按这里的设置；命令行上写的优先。
# 每一项写着它的默认值（没有默认值的写着一个例子）：去掉行首的「# 」再改。
# 文字写在英文双引号里；路径从这个文件所在的文件夹算起，Windows 上也用 / 分隔。
# 改完运行 wenmai check，有错会指出在哪一行、该怎么写。
";

/// The file: every key with what it does and its default, commented out but for those that the project needs.
///
/// `run` is the command whose flags the keys stand for.
pub(in crate::cli) fn template(run: &Command) -> String {
    let mut text = HEAD.to_owned();
    for key in KEYS {
        let Some(flag) = key.argument(run) else { continue };
        text += &format!("\n# {}\n", key.about);
        match LAID_OUT.iter().find(|(name, _)| *name == key.name) {
            Some((name, folder)) => text += &format!("{name} = \"{folder}\"\n"),
            None => text += &format!("# {}\n", key.line(flag)),
        }
    }
    text
}
