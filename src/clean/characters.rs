//! Single characters: full-width forms of ASCII, radicals that PDF fonts put for characters, blanks, invisible ones.

/// The Kangxi radicals U+2F00 to U+2FD5 as the characters a reader sees in them.
///
/// Not Unicode's compatibility folding: it turns U+2F3E (⼾) into a traditional character.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶\
    白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
    辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Characters of the radicals supplement (U+2E80 to U+2EFF) that stand for whole characters in text out of PDF.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The character that the grammars see for `c`, and whether that repairs damage; `None` drops it.
pub(super) fn fold(c: char) -> Option<(char, bool)> {
    match c {
        '\u{4e00}'..='\u{9fff}' | ' '..='~' => Some((c, false)),
        '\u{ff01}'..='\u{ff5e}' => Some((char::from_u32(c as u32 - 0xfee0).unwrap_or(c), false)),
        '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
            Some((if c == '\t' { '\t' } else { ' ' }, false))
        }
        '\u{2f00}'..='\u{2fd5}' => Some((KANGXI.chars().nth((c as u32 - 0x2f00) as usize).unwrap_or(c), true)),
        '\u{2e80}'..='\u{2eff}' => {
            let found = SUPPLEMENT.iter().find(|(radical, _)| *radical == c);
            Some(found.map_or((c, false), |(_, character)| (*character, true)))
        }
        c if is_invisible(c) => None,
        c if c.is_control() => None,
        c => Some((c, false)),
    }
}

/// Marks of direction, blanks without width, choices between shapes of a character, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        assert_eq!(KANGXI.chars().count(), 214);
        let cases = [
            ("⼈⼯智能", "人工智能"),
            ("⼾", "户"),
            ("８６，（ＡＢ）", "86,(AB)"),
            ("机\u{200b}器", "机器"),
            ("协\u{2066}会\u{e0041}\u{fe0f}", "协会"),
            ("⻋间", "车间"),
            ("、。〇", "、。〇"),
        ];
        for (text, expected) in cases {
            assert_eq!(text.chars().filter_map(fold).map(|f| f.0).collect::<String>(), expected);
        }
    }
}
