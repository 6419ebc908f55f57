//! The network of organisations as GraphML, for Gephi, yEd or networkx.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::Aggregates;

/// Name of the file.
pub const GRAPHML: &str = "organisation_network.graphml";

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="mentions" for="node" attr.name="mentions" attr.type="long"/>
<key id="sentences" for="edge" attr.name="sentences" attr.type="long"/>
<key id="documents" for="edge" attr.name="documents" attr.type="long"/>
<key id="events" for="edge" attr.name="events" attr.type="long"/>
<key id="first_period" for="edge" attr.name="first_period" attr.type="string"/>
<key id="last_period" for="edge" attr.name="last_period" attr.type="string"/>
<graph id="organisations" edgedefault="undirected">
"#;

impl Aggregates<'_> {
    /// Writes the network into `folder`: nodes with their kind and mentions, edges with what the table says of them, both in
    /// order.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write_graphml(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(GRAPHML), self.graphml())
    }

    fn graphml(&self) -> String {
        let ties = self.tally.ties();
        let names: BTreeSet<&str> = ties.iter().flat_map(|(source, target, _)| [*source, *target]).collect();
        let mut text = String::from(HEAD);
        for name in names {
            let organisation = self.tally.organisations.get(name);
            let kind =
                organisation.map_or("other", |organisation| super::aggregate_rows::kind_of(organisation).as_str());
            let mentions = organisation.map_or(0, |organisation| organisation.mentions);
            let name = escaped(name);
            // writing to a string can't fail
            let _ = writeln!(
                text,
                r#"<node id="{name}"><data key="kind">{kind}</data><data key="mentions">{mentions}</data></node>"#
            );
        }
        for (source, target, tie) in ties {
            let (source, target) = (escaped(source), escaped(target));
            let _ = write!(
                text,
                r#"<edge source="{source}" target="{target}"><data key="sentences">{}</data><data key="documents">{}</data><data key="events">{}</data>"#,
                tie.sentences, tie.documents, tie.events
            );
            if let Some((first, last)) = tie.periods {
                let _ = write!(text, r#"<data key="first_period">{first}</data><data key="last_period">{last}</data>"#);
            }
            text.push_str("</edge>\n");
        }
        text.push_str("</graph>\n</graphml>\n");
        text
    }
}

/// Text as it stands in an attribute; characters that XML has none for are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Files, Lexicon};
    use crate::measure::period::Granularity;
    use crate::measure::tally::Tally;

    #[test]
    fn names_are_escaped() {
        assert_eq!(escaped("甲&乙<\"丙\">\u{0}"), "甲&amp;乙&lt;&quot;丙&quot;&gt; ");
    }

    #[test]
    fn an_empty_network_is_a_graph() {
        let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
        let tally = Tally::new(Granularity::Year);
        let aggregates = Aggregates { tally: &tally, lexicon: &lexicon, granularity: Granularity::Year, sparse: false };
        let text = aggregates.graphml();
        assert!(text.starts_with("<?xml") && text.ends_with("</graph>\n</graphml>\n"), "{text}");
        assert!(!text.contains("<node") && !text.contains("<edge"));
    }
}
