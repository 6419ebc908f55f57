//! Units of an organisation that stands right before them: a college of a university, a branch of a bank.

use crate::lexicon::{NameClass, Needs, Suffix};
use crate::model::{Clean, OrganisationForm, OrganisationKind, OrganisationMention};

use super::left::begins_strongly;
use super::view::View;

/// An organisation right before makes this its unit: a college of a university, a branch of a bank, a party committee.
pub(super) fn is_unit_of(suffix: &Suffix, parent: Option<&OrganisationMention<Clean>>) -> bool {
    use OrganisationKind as Kind;
    let Some(parent) = parent else { return false };
    match suffix.kind {
        Kind::Branch | Kind::Party | Kind::Union => true,
        Kind::University => parent.kind == Kind::University,
        Kind::Institute => matches!(parent.kind, Kind::University | Kind::Institute | Kind::Company | Kind::Government),
        Kind::Government if suffix.text.starts_with("办公") || suffix.needs == Needs::Parent => {
            matches!(parent.kind, Kind::Government | Kind::Party)
        }
        Kind::Government => parent.kind == Kind::Government,
        // a hospital of a university
        Kind::Other => matches!(parent.kind, Kind::University) && suffix.text.ends_with("医院"),
        Kind::Court => parent.kind == Kind::Court,
        Kind::Media => parent.kind == Kind::Media,
        Kind::Company => parent.kind == Kind::Company,
        // 新西兰乳业公司协会: the association of such bodies
        Kind::Association if !ends_legally(parent) => parent.kind == Kind::Company,
        Kind::Alliance | Kind::Society | Kind::Federation => matches!(parent.kind, Kind::Association | Kind::Society),
        _ => false,
    }
}

/// No kind of companies, but one that is registered or known.
fn ends_legally(parent: &OrganisationMention<Clean>) -> bool {
    parent.name.ends_with("有限公司") || parent.form != OrganisationForm::Full
}

/// What stands between an organisation and the suffix of its unit names the unit's field: neither a place (that begins
/// another organisation) nor a verb (甲协会联合乙市总会).
pub(super) fn is_field(view: &View<'_>, start: usize, suffix_start: usize, suffix: &Suffix) -> bool {
    let last = view.token_at(suffix_start);
    (view.token_at(start)..last).all(|t| {
        let long = view.tokens[t].span.len() > 1;
        let places = !takes_place(suffix);
        let inner = view.is(t, NameClass::Inner);
        let stop = view.classes(t).is_stop() && !inner;
        let verb = view.tokens[t].pos.as_str() == "v" && long && !inner;
        if verb
            && suffix.needs == Needs::Parent
            && suffix.kind == OrganisationKind::Government
            && view.tokens[t].span.end() != suffix_start
        {
            return false;
        }
        // 联合党委, 组织处: here the verb is the field
        let stop = stop && !(suffix.kind == OrganisationKind::Party || view.tokens[t].span.end() == suffix_start);
        !(places && begins_strongly(view, t) || view.tokens[t].span.start() == start && stop && long)
    })
}

/// Units that are told by where they are: 世界知识产权组织中国办事处, 中国科学院沈阳自动化研究所.
fn takes_place(suffix: &Suffix) -> bool {
    use OrganisationKind as Kind;
    matches!(suffix.kind, Kind::Branch | Kind::Company | Kind::Institute | Kind::Party | Kind::Union)
        || matches!(suffix.text.as_str(), "局" | "分局" | "监察局" | "管理局")
}
