use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::clean::clean;
use crate::ingest;
use crate::lexicon::Files;
use crate::model::Given;
use crate::segment::Segmenter;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).unwrap());
static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&LEXICON));
static ORGANISATIONS: LazyLock<OrganisationFinder<'static>> = LazyLock::new(|| OrganisationFinder::new(&LEXICON));

fn scan(text: &str) -> (CleanText, OrganisationScan) {
    let document = ingest::from_text("", text.to_owned(), None, Given::default());
    let (clean, _) = clean(&document, &LEXICON.variants);
    let tokens = SEGMENTER.segment(&clean).tokens;
    let scan = ORGANISATIONS.scan(&clean, &tokens, &LEXICON.signs.places(&clean, &tokens));
    (clean, scan)
}

/// Named mentions, blanks between.
fn named(text: &str) -> String {
    let (clean, scan) = scan(text);
    let named = scan.mentions.iter().filter(|m| m.form != OrganisationForm::Generic);
    named.map(|m| clean.slice(m.span)).collect::<Vec<_>>().join(" ")
}

#[test]
fn names_by_suffix() {
    let cases = [
        // verbs and prepositions before the name stay out
        ("会议由中国轴承工业协会主办。", "中国轴承工业协会"),
        ("协会组织推荐中国机械工业联合会参加评选。", "中国机械工业联合会"),
        ("我们走访了杭州市余杭区科技局和宁波海纳机器人有限公司。", "杭州市余杭区科技局 宁波海纳机器人有限公司"),
        // verbs and 与, 和 inside the name belong to it
        ("与中国机电装备维修与改造技术协会商定。", "中国机电装备维修与改造技术协会"),
        ("得到浙江省人力资源和社会保障厅的支持。", "浙江省人力资源和社会保障厅"),
        ("国家市场监督管理总局发布了公告。", "国家市场监督管理总局"),
        // lists and coordinations are several mentions
        ("甲方为苏州天行机械有限公司、无锡智联科技有限公司。", "苏州天行机械有限公司 无锡智联科技有限公司"),
        ("山东大学和山东省机械工程学会联合举办。", "山东大学 山东省机械工程学会"),
        // an office behind the name ends it
        ("浙江大学教授王明作报告。", "浙江大学"),
        ("济南市总工会主席到会。", "济南市总工会"),
        // a unit right behind its organisation makes one longer name
        ("浙江大学机械工程学院承办。", "浙江大学机械工程学院"),
        ("山东省民政厅社会组织管理局局长到会。", "山东省民政厅社会组织管理局"),
        // brackets inside a name
        ("由海联软件(上海)有限公司承办。", "海联软件(上海)有限公司"),
    ];
    for (text, expected) in cases {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn words_that_name_no_one() {
    for text in [
        "各会员单位、有关部委和兄弟协会出席。",
        "行业协会要发挥作用。",
        "大学生和局长都参加了竞赛。",
        "双方签署了协议，北京签署仪式隆重。",
        "召开了会长办公会。",
        "上市公司和民营企业踊跃参加。",
        "部分高等院校、科研院所参与。",
    ] {
        assert_eq!(named(text), "", "{text}");
    }
}

#[test]
fn branches_drop_the_bare_noun_before_them() {
    assert_eq!(named("协会智能机器人分会承办了论坛。"), "智能机器人分会");
    assert_eq!(named("创新与知识产权专委会秘书长发言。"), "创新与知识产权专委会");
    assert_eq!(named("具身智能专业委员会（筹）召开会议。"), "具身智能专业委员会(筹)");
    assert_eq!(named("三个专业委员会完成换届。"), "");
}

#[test]
fn short_names() {
    let cases = [
        // defined
        ("国际标准联盟（以下简称“国标盟”）成立。国标盟发布了报告。", "国际标准联盟 国标盟 国标盟"),
        // characters of a full name in the same text
        ("宁波海纳机器人有限公司中标。海纳机器人负责实施。", "宁波海纳机器人有限公司 海纳机器人"),
        ("江苏省模具工业协会召开会议，苏模协秘书长到会。", "江苏省模具工业协会"),
        // an unknown word and a trade, in a list
        ("参展的有燊达重工、翀宇软件等企业。", "燊达重工 翀宇软件"),
        // known words and a trade are no brand
        ("大型装备、国产软件和工业机器人增长。", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn the_place_of_a_short_name() {
    let cases = [
        // a list that closes with what its items are; the items vouch for each other
        ("走访了燊达泵业、海之韵、老周记等企业。", "燊达泵业 海之韵 老周记"),
        ("燊达泵业、海之韵四家企业签约。", "燊达泵业 海之韵"),
        ("机械、电子、化工等行业增长。", ""),
        ("张辉、李明、王强等同志参加。", ""),
        ("燊达泵业、泓原检测分获冠亚军。", "燊达泵业 泓原检测"),
        // before an office, and nothing behind one
        ("三泓工坊创始人李明致辞。", "三泓工坊"),
        ("董事长李景行主持。", ""),
        // what the segmenter takes for a verb or a numeral may be a brand before its trade
        ("走访了三维水产。", "三维水产"),
        ("参加了2台教学机器人的调试。", ""),
        // what goes on behind the trade
        ("燊达仪表数字化部部长李明发言。", "燊达仪表"),
        ("第四届燊达机器人大会召开。", ""),
        // the person of a company
        ("燊达泵业的李明同志发言。", "燊达泵业"),
        // a name found in one place is one elsewhere too
        ("骨干企业泓原、燊达泵业等12家企业参加。泓原介绍了经验。", "泓原 燊达泵业 泓原"),
        // known bodies and what they are named after
        ("顺丰冷运承运。", "顺丰冷运"),
        ("美国哈佛大学教授到会。", "美国哈佛大学"),
    ];
    for (text, expected) in cases {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn edges_of_names() {
    let cases = [
        // a verb before the noun is no name; before 工作委员会 it names a field
        ("推动协会发展，整合联合体资源，开好专委会会议。", ""),
        ("双向就业工作委员会成立。", "双向就业工作委员会"),
        // another organisation behind a verb is no unit
        ("平江市养老协会联合平江市慈善总会捐款。", "平江市养老协会 平江市慈善总会"),
        // places that no list has, and their departments
        ("云泷市快递协会与泷原省经信厅对接。", "云泷市快递协会 泷原省经信厅"),
        ("泷川市海洋与渔业局到会。", "泷川市海洋与渔业局"),
        ("党中央决策部署落到实处。", "党中央"),
        // units that are told by their place
        ("世界知识产权组织中国办事处来访。", "世界知识产权组织中国办事处"),
        ("泷川省工信厅经贸处处长到会。", "泷川省工信厅经贸处"),
        // the committee whose secretary is meant, and the committee of a party
        ("泷川市委副书记到会。", "泷川市委"),
        ("泷川集团党委书记到会。", "泷川集团"),
        // a team, a ministry of a country; a word that only ends like them
        ("辽宁队战胜了代表队。", "辽宁队"),
        ("新西兰初级产业部接待。市场部接待。", "新西兰初级产业部"),
        // where something takes place
        ("年会在泷川大酒店召开。", ""),
        ("泷川大酒店捐款。", "泷川大酒店"),
    ];
    for (text, expected) in cases {
        assert_eq!(named(text), expected, "{text}");
    }
}

#[test]
fn companies_have_full_width_brackets() {
    let (_, scan) = scan("由海联软件(上海)有限公司承办。");
    assert_eq!(scan.mentions[0].name, "海联软件（上海）有限公司");
}

#[test]
fn bare_nouns_are_generic() {
    let (_, scan) = scan("协会全年新增会员86家。我会和本联盟联合行动。");
    let generic: Vec<&str> = scan.mentions.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(generic, ["协会", "我会", "本联盟"]);
    assert!(scan.mentions.iter().all(|m| m.form == OrganisationForm::Generic));
}

proptest! {
    #[test]
    fn mentions_lie_in_the_text_apart(text in "(\\PC|[协会学院有限公司中国省市局和与、。（）()简称A-C0-9\n]){0,200}") {
        let (clean, scan) = scan(&text);
        for pair in scan.mentions.windows(2) {
            prop_assert!(pair[0].span.end() <= pair[1].span.start());
        }
        prop_assert!(scan.mentions.iter().all(|m| m.span.end() <= clean.chars().len() && !m.span.is_empty()));
    }
}
