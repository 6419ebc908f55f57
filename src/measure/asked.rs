//! Which sums are asked for.

/// Sums that take time of their own: what nothing that is written rests on need not be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Words by publisher and period.
    pub words: bool,
    /// Words near terms.
    pub collocations: bool,
    /// Candidates for new terms.
    pub novelty: bool,
    /// Figures of indicators.
    pub indicators: bool,
    /// Terms in the same sentences over the corpus.
    pub cooccurrence: bool,
    /// Terms in the same sentences by publisher and period.
    pub pairs: bool,
    /// Organisations in the same sentences and events.
    pub network: bool,
}

impl Asked {
    /// All that can be counted.
    pub const ALL: Asked = Asked {
        words: true,
        collocations: true,
        novelty: true,
        indicators: true,
        cooccurrence: true,
        pairs: true,
        network: true,
    };
}
