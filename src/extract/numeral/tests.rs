use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Option<(usize, Numeral)> {
    let chars: Vec<char> = text.chars().collect();
    numeral_at(&chars, 0).map(|n| (chars.len(), n))
}

#[test]
fn numerals_have_their_value() {
    for (text, value) in [
        ("0", "0"),
        ("1,260", "1260"),
        ("2,123.5", "2123.5"),
        ("3.5万", "35000"),
        ("36.57亿", "3657000000"),
        ("16.4亿", "1640000000"),
        ("1.23兆", "1230000000000"),
        ("1.2万亿", "1200000000000"),
        ("6千", "6000"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("廿九", "29"),
        ("卅", "30"),
        ("两百", "200"),
        ("三千四百", "3400"),
        ("一万零五", "10005"),
        ("一千零一十", "1010"),
        ("一百十五", "115"),
        ("一百二", "120"),
        ("一万五", "15000"),
        ("三千一百万零五十四", "31000054"),
        ("兩", ""),
        ("二〇二二", "2022"),
        ("五五", "55"),
        ("四十九兆九千五百九十二亿", "49959200000000"),
        ("九千八百七十六万五千四百三十二亿九千八百七十六万五千四百三十二", "9876543298765432"),
        ("壹拾贰万叁仟", "123000"),
        ("壹拾万亿", "10000000000000"),
        ("5万4千6百", "54600"),
        ("1百01", "101"),
        ("一点五", "1.5"),
        ("二十点零五", "20.05"),
        ("一点五亿", "150000000"),
        ("一千零十又3分之1", "1010.3333333333333333333333333"),
        ("负壹拾壹", "-11"),
        ("零下25", "-25"),
        ("-3.5", "-3.5"),
        ("百分之三十", "0.30"),
        ("万分之三", "0.0003"),
        ("三分之二", "0.6666666666666666666666666667"),
        ("1/4", "0.25"),
        ("千", "1000"),
        ("两千三点一", "2300.1"),
        ("四百亿点零五", "40000000000.05"),
        ("10万万", "1000000000"),
        ("百万", "1000000"),
        ("2e5", "200000"),
        ("-12e-1", "-1.2"),
        ("2^5", "32"),
        ("2^-1", "0.5"),
        ("40k", "40000"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("五十打", "600"),
        ("壹", "1"),
        ("半百", "50"),
        ("半百万", "500000"),
        ("俩百", "200"),
        ("零十", "10"),
        ("三万零百二十", "30120"),
        ("$1.5M", ""),
        ("-1.5 M", "-1500000"),
        ("7/5", "1.4"),
        ("-7/5", "-1.4"),
        ("2 8/5", "3.6"),
    ] {
        match read(text) {
            Some((length, numeral)) => {
                assert_eq!(numeral.value, value.parse::<Decimal>().unwrap(), "{text}");
                assert_eq!(numeral.span.range(), 0..length, "{text}");
                assert!(!numeral.more && numeral.upper.is_none(), "{text}");
            }
            None => assert_eq!(value, "", "{text}"),
        }
    }
}

#[test]
fn loose_numerals_keep_their_bounds() {
    for (text, value, upper) in
        [("两三", 2, 3), ("五六十", 50, 60), ("十五六", 15, 16), ("三四百", 300, 400), ("二三十万", 200_000, 300_000)]
    {
        let (length, numeral) = read(text).unwrap();
        assert_eq!((numeral.value, numeral.upper), (value.into(), Some(upper.into())), "{text}");
        assert_eq!(numeral.span.range(), 0..length, "{text}");
    }
    for (text, value) in [
        ("十几", 10),
        ("三十几万", 300_000),
        ("2300余万", 23_000_000),
        ("数十", 10),
        ("几百万", 1_000_000),
        ("十余万", 100_000),
    ] {
        let (length, numeral) = read(text).unwrap();
        assert_eq!((numeral.value, numeral.more), (value.into(), true), "{text}");
        assert_eq!(numeral.span.range(), 0..length, "{text}");
    }
}

#[test]
fn a_numeral_ends_where_its_unit_begins() {
    for (text, end) in [
        ("3千克", 1),
        ("五千瓦", 1),
        ("三千两百两", 4),
        ("二两", 1),
        ("2个百分点", 1),
        ("三点建议", 1),
        ("十余家", 1),
        ("300余千米", 3),
        ("八点二十分", 1),
        ("12,34", 2),
        ("1.2.3", 1),
        ("五十兆字节", 2),
        ("一二三", 3),
        ("二百五万万亿", 6),
        ("4K电视", 1),
        ("1 3/5", 5),
        ("1 13/5", 1),
        ("3／5", 3),
        ("2e5a", 1),
        ("3^x", 1),
        ("12km", 2),
        ("十打造", 1),
        ("24/7小时", 2),
        ("2 8/5小时", 1),
        ("512M内存", 3),
        ("三零百", 3),
    ] {
        assert_eq!(read(text).unwrap().1.span.end(), end, "{text}");
    }
    for text in [
        "",
        "一".repeat(200).as_str(),
        "伍先生",
        "陆续",
        "拾到",
        ".a",
        "打",
        "几家",
        "数字",
        "半百姓",
        "半年",
        "俩人",
        "负责",
        "余",
        "的",
        "-a",
        ".2.3",
        "9".repeat(40).as_str(),
    ] {
        assert!(read(text).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_span_in_bounds(text in "[0-9一二三两十百千万亿兆几数余多点零〇负分之又/.,廿壹拾 年家-]{0,24}", at in 0usize..26) {
        let chars: Vec<char> = text.chars().collect();
        if let Some(numeral) = numeral_at(&chars, at) {
            prop_assert_eq!(numeral.span.start(), at);
            prop_assert!(!numeral.span.is_empty() && numeral.span.end() <= chars.len());
            prop_assert!(numeral.upper.is_none_or(|upper| upper > numeral.value));
        }
    }
}
