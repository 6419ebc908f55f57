use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::lexicon::Files;
use crate::model::{Modifier, QuantityKind, Source, SourceText};
use crate::segment::Segmenter;

fn clean(text: &str) -> CleanText {
    CleanText::new(text.chars().enumerate().map(|(at, c)| (c, Span::<Source>::new(at, at + 1))))
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).unwrap());
static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&LEXICON));

fn scan_all(
    text: &CleanText,
    source: &str,
    covered: &[Span<Clean>],
    names: &[Span<Clean>],
) -> Vec<QuantityMention<Clean>> {
    QuantityGrammar::new(&LEXICON).scan(text, &SEGMENTER.segment(text).tokens, &SourceText::new(source), covered, names)
}

fn scan(text: &str) -> Vec<QuantityMention<Clean>> {
    scan_all(&clean(text), text, &[], &[])
}

fn words<'t>(written: &'t Option<Written>, source: &'t str) -> Option<&'t str> {
    written.as_ref().map(|written| written.within(source))
}

/// `kind [span] min..max unit object action`, one a quantity.
fn told(text: &str) -> String {
    let clean = clean(text);
    let told = scan(text).into_iter().map(|q| {
        let kind = match q.kind {
            QuantityKind::Cardinal => "n",
            QuantityKind::Ordinal => "o",
            QuantityKind::Percent => "%",
            QuantityKind::Money => "$",
            QuantityKind::Measure => "m",
        };
        let bound = |bound: Option<rust_decimal::Decimal>| bound.map(|b| b.to_string()).unwrap_or_default();
        let approx = if q.modifier == Modifier::Approx { bound(q.value) } else { String::new() };
        format!("{kind}[{}]{}..{}{approx}", clean.slice(q.span), bound(q.min), bound(q.max))
    });
    told.collect::<Vec<_>>().join(" ")
}

#[test]
fn bounds_are_those_of_the_wording() {
    for (text, expected) in [
        ("会员86家", "n[86家]86..86"),
        ("300余名代表齐聚", "n[300余名]301.."),
        ("40多人参加", "n[40多人]41.."),
        ("14万人次", "n[14万人次]140000..140000"),
        ("近千家", "n[近千家]..999"),
        ("近1.2万人", "n[近1.2万人]..11999"),
        ("十几家企业", "n[十几家]11.."),
        ("80%以上", "%[80%以上]80.."),
        ("近五成", "%[近五成]..50"),
        ("三成五", "%[三成五]35..35"),
        ("八五折", "%[八五折]85..85"),
        ("百分之三十", "%[百分之三十]30..30"),
        ("2个多百分点", "%[2个多百分点]2.."),
        ("逾1500万元", "$[逾1500万元]15000000.."),
        ("不少于3期", "n[不少于3期]3.."),
        ("超过1000家", "n[超过1000家]1001.."),
        ("突破1万人", "n[突破1万人]10001.."),
        ("不足八成", "%[不足八成]..80"),
        ("20人以内", "n[20人以内]..20"),
        ("300人以下", "n[300人以下]..299"),
        ("最高500万元", "$[最高500万元]..5000000"),
        ("约80家", "n[约80家]..80"),
        ("20家左右", "n[20家左右]..20"),
        ("3-5家", "n[3-5家]3..5"),
        ("3至5家", "n[3至5家]3..5"),
        ("1万元至2万元", "$[1万元至2万元]10000..20000"),
        ("3-5万元", "$[3-5万元]30000..50000"),
        ("30~50人", "n[30~50人]30..50"),
        ("两三个", "n[两三个]2..3"),
        ("五倍多。", "m[五倍多]5.."),
        ("上百家企业", "n[上百家]100.."),
        ("三分之二以上", "m[三分之二以上]0.6666666666666666666666666667.."),
        ("零下25摄氏度", "m[零下25摄氏度]-25..-25"),
        ("壹拾壹元壹角壹分", "$[壹拾壹元壹角壹分]11.11..11.11"),
        ("五元三毛", "$[五元三毛]5.3..5.3"),
        ("$20", "$[$20]20..20"),
        ("70余问题", "n[70余]71.."),
        ("注册用户1.6万。", "n[1.6万]16000..16000"),
        ("≥90%", "%[≥90%]90.."),
        ("至少有10次", "n[至少有10次]10.."),
        ("打对折", "%[对折]50..50"),
        ("约半成。", "%[约半成]..5"),
        ("在20%和30%之间", "%[20%和30%之间]20..30"),
        ("20家和30家", "n[20家]20..20 n[30家]30..30"),
        ("5k-20k", "n[5k-20k]5000..20000"),
        ("共四百多。", "n[四百多]401.."),
        ("十打苹果", "n[十打]120..120"),
        ("两美元又三美分", "$[两美元又三美分]2.03..2.03"),
        ("共花费三块。", "$[三块]3..3"),
        ("切成三块。", "n[三块]3..3"),
        ("第3万回", "o[第3万回]30000..30000"),
        // a dash is no minus sign
        ("会员--9家", "n[9家]9..9"),
        ("合计...9家", "n[9家]9..9"),
        ("增长-9%", "%[-9%]-9..-9"),
        ("$2.5M。", "$[$2.5M]2500000..2500000"),
        ("近半百家", "n[近半百家]..49"),
        ("误差<5%,精度>=99%", "%[<5%]..5 %[>=99%]99.."),
        ("合格率>90%", "%[>90%]90.."),
        ("> 5家企业", "n[5家]5..5"),
        ("会员<br>5家", "n[5家]5..5"),
        ("呈现1<3的效应", ""),
        // bounds on both sides
        ("大于10小于20的数", "n[大于10小于20]11..19"),
        ("最多9家并至少3家", "n[最多9家并至少3家]3..9"),
        ("50人以上,200人以下", "n[50人以上,200人以下]50..199"),
        ("超过20家不足10家", "n[超过20家]21.. n[不足10家]..9"),
        ("超过20家不足90人", "n[超过20家]21.. n[不足90人]..89"),
        ("超过20家,最多90家", "n[超过20家]21.. n[最多90家]..90"),
        ("介于20和30之间", "n[20和30之间]20..30"),
        ("在200与300间的数", "n[200与300间]200..300"),
        ("20和30间客房", ""),
        ("介于2010和2020之间", ""),
        // numbers that the words beside them state
        ("结果不是三而是七。", "n[三]3..3 n[七]7..7"),
        ("这是三那是八", "n[三]3..3 n[八]8..8"),
        ("但是三", ""),
        ("说的是三不管", ""),
        ("一是一,二是二", ""),
        ("这是一。其二在于人", ""),
        ("重点是三、", ""),
        ("指数降至120。", "n[120]120..120"),
        ("个数等于 15的一组", "n[15]15..15"),
        ("个数不等于15。", ""),
        ("一座", "n[一座]1..1"),
        ("一座桥", "n[一座]1..1"),
        ("建成一座桥", ""),
        ("“三”或“六”都行", "n[三]3..3 n[六]6..6"),
        ("“三”字会议", ""),
        ("指数降至120点评", ""),
        ("分机为3037。", ""),
        ("房间是1404。", ""),
        ("起点为1998。", ""),
        ("只有5,6", ""),
        ("没有2,只有1", "n[1]1..1"),
        ("店名“六百”", ""),
        ("1239·903", ""),
        ("3、\n", ""),
        ("排名前三的企业", "n[三]3..3"),
        ("跻身全国前10。", "n[10]10..10"),
        ("跻身前10。", "n[10]10..10"),
        ("站在右前二)", ""),
        ("手镯一对八千。", "n[一对]1..1 n[八千]8000..8000"),
        ("八千里程", ""),
        ("共八千\n一百余名", "n[一百余名]101.."),
        // nothing but numbers
        ("1, 20, 300", "n[1]1..1 n[20]20..20 n[300]300..300"),
        ("...9", "n[9]9..9"),
        ("3:10-8", ""),
        ("2222.333.55555", "n[2222]2222..2222 n[333]333..333 n[55555]55555..55555"),
        ("192.168.1.10", ""),
        ("版本2222.333.55555", ""),
        ("1502222, 二百五,其他", "n[1502222]1502222..1502222 n[二百五]250..250"),
        ("2022,二百五,其他", "n[二百五]250..250"),
        ("1502222, 一是", ""),
        ("一块蛋糕", "n[一块]1..1"),
        ("一块发展起来", ""),
        ("手镯一对五百。", "n[一对]1..1 n[五百]500..500"),
        ("手镯一对三百克。", "m[三百克]300..300"),
        ("四的平方", "n[四]4..4"),
        ("一的倍数", ""),
        ("另四的", ""),
        ("大写是叁。", "n[叁]3..3"),
        ("队长是陆明。", ""),
        ("1 4/3的路", "m[1 4/3]2.3333333333333333333333333333..2.3333333333333333333333333333"),
        ("7 24/7服务", ""),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn ordinals_and_sessions_are_told_from_counts() {
    for (text, expected) in [
        ("第十四届论坛", "o[第十四届]14..14"),
        ("第5次会议", "o[第5次]5..5"),
        ("二届二次理事会", "o[二届]2..2 o[二次]2..2"),
        ("三届理事会", "o[三届]3..3"),
        ("连续举办四届学术年会", "n[四届]4..4"),
        ("首批企业", "o[首批]1..1"),
        ("第一季度", ""),
        ("第一,抓攻关", ""),
        ("第三方机构", ""),
        ("第十二峰", "o[第十二]12..12"),
        ("第三方。", ""),
        ("第十二峰会", ""),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_number_is_left_out() {
    for text in [
        "机电一体化技术",
        "统一标准",
        "大家一起",
        "一些企业",
        "一致通过",
        "万一",
        "千方百计",
        "三重一大",
        "一是发展会员",
        "1.总体情况",
        "二、工作计划",
        "(三)培训",
        "民函〔2022〕19号",
        "T/CAMETA 12-2020",
        "T/XX 012—2023",
        "GB/T 1234.5-2020",
        "电话:010-88889999",
        "https://www.example.com/2020/12.html",
        "2_副本.jpg",
        "v1.2.3",
        "5G网络",
        "AGV2小车",
        "工业4.0",
        "1+X证书",
        "2023年12月25日",
        "20个工作日",
        "3个月",
        "一个交代",
        "上一届",
        "四川",
        "第一时间",
        "14:30",
        "二级调研员",
        "(万元)",
        "签约",
        "“十四五”规划",
        "最近",
        "2022-11-04",
        "十分重要",
        "下午3点半",
        "8点20分",
        "半成品",
        "对折扇面",
        "两两组合",
        "4K电视",
        "十打造",
        "v.5",
    ] {
        assert_eq!(told(text), "", "{text}");
    }
}

#[test]
fn objects_and_actions_are_read_from_the_clause() {
    for (text, object, action) in [
        ("本季度新发展会员11家。", Some("会员"), Some("发展")),
        ("86家企业参展", Some("企业"), Some("参展")),
        ("会员总数212家", Some("会员总数"), None),
        ("会员达到365家", Some("会员"), Some("达到")),
        ("举办供需对接会6场", Some("供需对接会"), Some("举办")),
        ("开展宣贯27场", Some("宣贯"), Some("开展")),
        ("4200余人次参加", None, Some("参加")),
        ("300余名代表齐聚", Some("代表"), Some("齐聚")),
        ("理事会1次、常务理事会3次", Some("常务理事会"), None),
        ("批准发布《甲规范》《乙规范》等团体标准7项", Some("团体标准"), Some("发布")),
        ("会员由41家增加到86家", Some("会员"), Some("增加")),
        ("参赛规模比上年扩大65%", Some("参赛规模"), Some("扩大")),
        ("80%以上的会员单位", Some("会员单位"), None),
        // Verbs that no dictionary lists.
        ("协会组织14家会员单位赴外地考察。", Some("会员单位"), Some("组织")),
        ("20位院士专家作了报告", Some("院士专家"), Some("作")),
        ("种植优质水稻35万亩", Some("优质水稻"), Some("种植")),
        ("为企业节约资金300余万元", Some("资金"), Some("节约")),
        // A verb inside a noun is none.
        ("投资额3亿元", Some("投资额"), None),
        ("其中制造企业27家", Some("制造企业"), None),
        ("28家申报企业通过", Some("申报企业"), Some("通过")),
        // Two verbs: the first leads to the second, or the second belongs to the noun.
        ("参与起草国家标准3项", Some("国家标准"), Some("起草")),
        ("接待来访客商76批", Some("来访客商"), Some("接待")),
        ("女会员占总数的32%", Some("总数"), Some("占")),
        ("表彰了56名护士和12个集体", Some("集体"), Some("表彰")),
        ("会员单位:86家", Some("会员单位"), None),
        ("今年工作要点和会议议程如下:3项", None, None),
        ("授予35家企业“诚信单位”称号", Some("企业"), Some("授予")),
        ("举办“机器人进校园”活动12场", Some("活动"), Some("举办")),
        ("“小巨人”企业11家", Some("“小巨人”企业"), None),
        ("召开两场“行业大会”", Some("行业大会"), Some("召开")),
        // What was counted before goes on, in the same paragraph and for the same unit.
        ("发布标准9项。去年立项5项", Some("标准"), Some("立项")),
        ("发布标准9项。\n去年立项5项", None, Some("立项")),
        ("发布标准9项。去年培训5期", None, Some("培训")),
        ("会员由成立时的32家", Some("会员"), None),
        ("女选手占比首次超过一成", Some("女选手"), Some("占比")),
    ] {
        let found = scan(text);
        let last = found.last().unwrap();
        assert_eq!((words(&last.object, text), words(&last.action, text)), (object, action), "{text}");
    }
}

#[test]
fn cells_count_what_their_heading_or_row_names() {
    for (text, object, action) in [
        ("|组别|院校|队伍|\n|-|-|-|\n|甲组|41所|78支|", Some("队伍"), None),
        ("|指标|2021年|2022年|\n|-|-|-|\n|会员总数|71家|78家|", Some("会员总数"), None),
        ("|指标|2021年|2022年|\n|-|-|-|\n|会员总数|71家|78家|\n|发布团体标准|7项|8项|", Some("团体标准"), Some("发布")),
        ("|序号|指标|数量|\n|-|-|-|\n|1|签约项目|12个|", Some("签约项目"), None),
        ("地区\t企业数\t产值(亿元)\n东市\t32家\t3.5亿元\n西市\t12家\t1.5亿元", Some("产值"), None),
        ("|会员|86家|", Some("会员"), None),
        // Rows of another width are no table with this one; a line between ends it.
        ("|组别|院校|\n|甲组|41所|\n正文\n|乙组|丙|78支|", Some("乙组"), None),
        ("|首页|共78支|关于|", None, None),
    ] {
        let clean = clean(text);
        let date = text.find("2021").map(|_| [Span::new(4, 9), Span::new(10, 15)]);
        let found = scan_all(&clean, text, date.as_ref().map_or(&[], |d| &d[..]), &[]);
        let last = found.last().unwrap();
        assert_eq!((words(&last.object, text), words(&last.action, text)), (object, action), "{text}");
    }
}

#[test]
fn dates_are_left_out_and_names_marked() {
    let text = "3至5月在第三届论坛上有3家企业参展";
    let clean = clean(text);
    let found = scan_all(&clean, text, &[Span::new(0, 4)], &[Span::new(5, 10)]);
    let told: Vec<_> = found.iter().map(|q| (clean.slice(q.span), q.in_name)).collect();
    assert_eq!(told, [("第三届", true), ("3家", false)]);
}

#[test]
fn words_are_written_as_in_the_source() {
    let source = "標準8 項";
    let pieces = [('标', 0, 1), ('准', 1, 2), ('8', 2, 3), ('项', 4, 5)];
    let text = CleanText::new(pieces.map(|(c, start, end)| (c, Span::new(start, end))));
    let found = scan_all(&text, source, &[], &[]);
    assert_eq!((words(&found[0].unit, source), words(&found[0].object, source)), (Some("項"), Some("標準")));
}

proptest! {
    #[test]
    fn any_text_gives_ascending_spans(text in "[0-9一两三十百千万亿第首约近不超过余多家项元%成届次个年会员发展的,。/.:+a-zA-Z|\n“”-]{0,60}") {
        let clean = clean(&text);
        let mut end = 0;
        for quantity in scan_all(&clean, &text, &[], &[]) {
            prop_assert!(quantity.span.start() >= end && !quantity.span.is_empty());
            prop_assert!(quantity.span.contains(quantity.numeral));
            prop_assert!(quantity.min.zip(quantity.max).is_none_or(|(min, max)| min <= max));
            end = quantity.span.end();
        }
        prop_assert!(end <= clean.chars().len());
    }

    #[test]
    fn any_unicode_text_is_read(text in "\\PC{0,80}") {
        scan_all(&clean(&text), &text, &[], &[]);
    }
}
