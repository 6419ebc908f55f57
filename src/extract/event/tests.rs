use super::*;
use crate::lexicon::Files;
#[test]
fn dbg() {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let segmenter = crate::segment::Segmenter::new(&lexicon);
    for t in [
        "2019年11月16日至17日,第十二届南屏市自动化学术年会暨南屏市自动化学会成立30周年纪念大会在南屏理工学院举行。",
        "12月25日至26日,协会年会暨35周年庆祝大会在北京举行",
        "本会共同主办2022机床云展与技术周,线上展示",
    ] {
        let text = CleanText::new(t.chars().enumerate().map(|(i, c)| (c, Span::new(i, i + 1))));
        let tokens = segmenter.segment(&text);
        println!("{:?}", tokens.iter().map(|t| (text.slice(t.span), t.pos.as_str())).collect::<Vec<_>>());
        let o = crate::extract::organisation::OrganisationFinder::new(&lexicon).scan(&text, &tokens);
        println!("{:?}", o.mentions.iter().map(|t| text.slice(t.span)).collect::<Vec<_>>());
    }
}
