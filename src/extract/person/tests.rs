use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::clean::clean;
use crate::extract::organisation::OrganisationFinder;
use crate::ingest;
use crate::lexicon::Files;
use crate::model::{Format, Source, SourceText};
use crate::segment::Segmenter;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).unwrap());
static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&LEXICON));
static ORGANISATIONS: LazyLock<OrganisationFinder<'static>> = LazyLock::new(|| OrganisationFinder::new(&LEXICON));

/// Mentions of a text, with spans of the source too.
fn scan(text: &str, format: Option<Format>) -> Vec<(Span<Source>, PersonMention<Clean>)> {
    let document = ingest::from_text("", text.to_owned(), format, Default::default());
    let (clean, _) = clean(&document, &LEXICON.variants);
    let tokens = SEGMENTER.segment(&clean).tokens;
    let places = LEXICON.signs.places(&clean, &tokens);
    let organisations = ORGANISATIONS.scan(&clean, &tokens, &places).mentions;
    let sources = PersonSources {
        text: &clean,
        source: &SourceText::new(&document.text),
        tokens: &tokens,
        places: &places,
        organisations: &organisations,
        publisher: Some("某市轴承协会"),
    };
    let found = PersonFinder::new(&LEXICON).scan(sources);
    found.into_iter().map(|mention| (clean.to_source(mention.span), mention)).collect()
}

/// `name/title` of each mention, blanks between.
fn brief(text: &str, format: Option<Format>) -> String {
    let brief = |(_, m): (_, PersonMention<Clean>)| format!("{}/{}", m.name, m.title.unwrap_or_default());
    scan(text, format).into_iter().map(brief).collect::<Vec<_>>().join(" ")
}

#[test]
fn names_and_titles() {
    let cases = [
        // before and behind the name
        ("会议由会长李国强主持。", "李国强/会长"),
        ("李国强会长作了总结讲话。", "李国强/会长"),
        ("李国强会长兼党支部书记到会。", "李国强/会长兼党支部书记"),
        ("东海大学王晓明教授围绕标准作了报告。", "王晓明/教授"),
        ("常务副会长 陈立新 致辞。", "陈立新/常务副会长"),
        ("协会会长、党支部书记张建国带领大家学习。", "张建国/会长、党支部书记"),
        ("协会副理事长兼秘书长周文斌主持。", "周文斌/副理事长兼秘书长"),
        ("东海科技有限公司技术总监赵海涛介绍了产品。", "赵海涛/技术总监"),
        // the title spreads over a list, until another one stands
        ("副会长王建军、刘美玲、李中,监事长蔡明出席。", "王建军/副会长 刘美玲/副会长 李中/副会长 蔡明/监事长"),
        ("副理事长欧阳建国、慕容雪和司马俊到会。", "欧阳建国/副理事长 慕容雪/副理事长 司马俊/副理事长"),
        // an office that is taken
        ("会议选举孙立平为理事长。", "孙立平/理事长"),
        ("孙立平、吴海燕、郑丽华当选副理事长。", "孙立平/副理事长 吴海燕/副理事长 郑丽华/副理事长"),
        ("大会聘任李明远为副秘书长。", "李明远/副秘书长"),
        ("孙立平等3人任副秘书长。", "孙立平/副秘书长"),
        // labels and bylines
        ("联系人:张伟、李小燕", "张伟/ 李小燕/"),
        ("起草人:张伟、李小燕。", "张伟/起草人 李小燕/起草人"),
        ("编辑:张伟 审核:李小燕", "张伟/编辑 李小燕/审核"),
        ("(张伟/文 李小燕/图)", "张伟/ 李小燕/"),
        ("本网讯(记者 张伟)大会召开。", "张伟/记者"),
        // blanks in short names
        ("何 敏、张 伟等同志参加了座谈会。", "何敏/ 张伟/"),
        // known from another place
        ("会长李国强致辞。审议通过了李国强的报告。", "李国强/会长 李国强/"),
        ("会长李国强致辞。大家听了国强会长的讲话。", "李国强/会长 国强/会长"),
        // traditional text, pinyin pasted into it: titles as written, names simplified
        ("由理事長陳國華主持。", "陈国华/理事長"),
        ("會長(zhǎng)陳國華主持。", "陈国华/會長"),
        // news
        ("记者王丽报道,市长王岐山昨日视察了机场。", "王丽/记者 王岐山/市长"),
        ("俄罗斯总统弗拉基米尔·普京说,双方将继续合作。", "弗拉基米尔·普京/总统"),
        ("美国总统克林顿在华盛顿发表讲话。", "克林顿/总统"),
        ("阿里木江·买买提当选副主席。", "阿里木江·买买提/副主席"),
        ("青年买买提·艾力在大学毕业。", "买买提·艾力/青年"),
        // no title, but the word of the dictionary is a name, and no place, people, team or firm
        ("克林顿与叶利钦在赫尔辛基会晤。", "克林顿/ 叶利钦/"),
        ("巴西队负于法国队,罗纳尔多表现失常。", "罗纳尔多/"),
        ("伊拉克和巴格达,桑塔纳轿车,罗纳尔多杯。", ""),
        ("到莱茵科斯特中国总部走访。", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(brief(text, None), expected, "{text}");
    }
}

#[test]
fn names_by_their_place() {
    let cases = [
        // no surname, but an office in an organisation before it and a mark behind
        ("东海牧业有限公司副总裁云丽、东海大学教授额尔德尼到会。", "云丽/副总裁 额尔德尼/教授"),
        ("东海大学教授在京、教授到会。", ""),
        ("东海大学教授Peter Brown作报告。", "Peter Brown/教授"),
        // characters of sounds around a point win over a surname among them
        ("东海大学教授艾合买提·吐尔逊到会。", "艾合买提·吐尔逊/教授"),
        ("东海集团总裁约翰·史密斯介绍。", "约翰·史密斯/总裁"),
        // the dictionary draws the given name and the title together
        ("厉文博会长对此表示理解。", "厉文博/会长"),
        // a department that the office is the head of
        ("东海大学茶学系主任陈立新到会。", "陈立新/茶学系主任"),
        ("东海市消费者协会投诉部主任陈立新点评。", "陈立新/投诉部主任"),
        // brackets behind the name, rows without borders
        ("主持人:李国强(常务副会长)", "李国强/常务副会长"),
        ("李国强 东海大学 教授\n", "李国强/教授"),
        // a verb between name and office
        ("聘请副秘书长甘棠为技术顾问。", "甘棠/副秘书长"),
    ];
    for (text, expected) in cases {
        assert_eq!(brief(text, None), expected, "{text}");
    }
}

#[test]
fn no_names() {
    let cases = [
        "孙总监先后走访了会员企业,王总、李工陪同。",
        "王女士和李先生来到现场。",
        "副会长单位、常务理事、秘书长会议、会长办公会。",
        "应到理事75名,实到69名。",
        "向全省的教师、工程师和技能选手致敬。",
        "理事长向大会作了报告,秘书长和各部门负责人参加。",
        "高质量发展,金融安全,方面,时间,和谐,成立,常务。",
        "张店区的马路很宽,黄河流经山东。",
        "高校毕业生就业,石油价格上涨,温州商人,于是大家都同意了。",
        "安徽、江苏、浙江、白酒、汽车、石化、纪律、方案、项目。",
        "毛泽东思想和马克思主义,鲁迅文学奖揭晓。",
        "钟声将至,灯火可亲,这里是发展的沃土。",
        "学会长期关注人才,大会长沙会场座无虚席。",
    ];
    for text in cases {
        assert_eq!(brief(text, None), "", "{text}");
    }
}

#[test]
fn columns_of_people() {
    let text = "| 院校 | 选手 | 指导教师 |\n| --- | --- | --- |\n| 东海职业技术学院 | 张伟、李小燕 | 王建国 |\n";
    assert_eq!(brief(text, Some(Format::Markdown)), "张伟/选手 李小燕/选手 王建国/指导教师");
    let found = scan(text, Some(Format::Markdown));
    assert!(found.iter().all(|(_, m)| m.organisation.as_deref() == Some("东海职业技术学院")), "{found:?}");
}

#[test]
fn organisations_of_titles() {
    let cases = [
        ("东海大学教授王晓明到会。", Some("东海大学")),
        ("东海大学的王晓明、李国强获得第一名。", Some("东海大学")),
        ("会长李国强主持。", Some("某市轴承协会")),
        ("局长李国强主持。", None),
    ];
    for (text, expected) in cases {
        assert_eq!(scan(text, None)[0].1.organisation.as_deref(), expected, "{text}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    for part in ["会长李国强、", "王", "第届", "副副副会长", "李·", "| 选手 ", "兼会长", "东海大学"]
    {
        let text = part.repeat(20_000);
        let start = std::time::Instant::now();
        scan(&text, None);
        assert!(start.elapsed().as_secs() < 20, "{part}: {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_bounds(
        text in "(\\PC|[ \n\t|/:、,。·(张王李欧阳会长理事副兼任等当选为教授和的联系人文图)]|会长|秘书长|东海大学){0,120}"
    ) {
        let length = text.chars().count();
        let mut end = 0;
        for (span, mention) in scan(&text, None) {
            prop_assert!(span.start() >= end && span.end() <= length && !span.is_empty());
            prop_assert!(!mention.name.is_empty() && mention.title.as_deref() != Some(""));
            end = span.end();
        }
    }
}
