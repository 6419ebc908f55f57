#!/usr/bin/env python3
"""Computes the measures of a run again, from its mentions and counts, with other people's implementations.

    check_measures.py OUT

Each table of measures is held against SciPy, networkx or scikit-learn over what other tables of the same folder tell; figures must
agree to six significant digits (the tables round). The run must be whole and not sparse, over years. Exit code 0: all agree; 1: some
don't; 2: it could not be checked.

Needs: pip install pandas scipy networkx scikit-learn
"""

import functools
import itertools
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

try:
    import networkx
    import pandas
    from scipy import stats
    from scipy.spatial import distance
    from sklearn.feature_extraction.text import TfidfTransformer
except ImportError as error:
    print(f"check_measures.py: {error}; run: pip install pandas scipy networkx scikit-learn", file=sys.stderr)
    sys.exit(2)

MOST_OF_SENTENCE = 12
WINDOW = 10
# longest series with ties of which all orders are counted out
MOST_ORDERED = 8


class Tables:
    """The tables of a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def __getattr__(self, name):
        labels = {column: "string" for column in ("period", "first_period", "last_period", "burst_from", "burst_to")}
        path = self.folder / f"{name}.csv"
        frame = pandas.read_csv(path, dtype=labels, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        setattr(self, name, frame)
        return frame


class Check:
    """Counts comparisons of one table, and keeps those that fail."""

    def __init__(self, name):
        self.name, self.compared, self.faults = name, 0, []

    def same(self, found, expected, what):
        self.compared += 1
        missing = [value is None or pandas.isna(value) for value in (found, expected)]
        if any(missing):
            if not all(missing):
                self.faults.append(f"{what}: {found}, not {expected}")
        elif not math.isclose(float(found), float(expected), rel_tol=2e-6, abs_tol=2e-6):
            self.faults.append(f"{what}: {found}, not {expected}")

    def report(self):
        print(f"{self.name}: {'FAULTY' if self.faults else 'ok'}, {self.compared} figures")
        for fault in self.faults[:5]:
            print(f"    {fault}")
        if len(self.faults) > 5:
            print(f"    and {len(self.faults) - 5} more")
        return bool(self.faults) or not self.compared


def outer_mentions(tables):
    """Mentions of terms that stand in no longer one, with the publisher of their document; copies count nowhere."""
    mentions = tables.term_mentions
    mentions = mentions[~mentions.nested]
    return mentions.merge(tables.documents[["document", "organisation"]], on="document")


def terms_of_sentences(tables):
    """The different terms of each sentence that holds some."""
    found = defaultdict(set)
    for mention in outer_mentions(tables).itertuples():
        found[mention.document, mention.sentence].add(mention.term)
    return found


def term_counts(tables):
    check = Check("term_counts")
    mentions = outer_mentions(tables).dropna(subset=["organisation", "period"])
    counts = mentions.groupby(["organisation", "period", "term"]).size()
    documents = mentions.drop_duplicates(["organisation", "period", "term", "document"])
    documents = documents.groupby(["organisation", "period", "term"]).size()
    for row in tables.term_counts.itertuples():
        key = row.organisation, row.period, row.term
        check.same(row.count, counts.get(key, 0), f"count of {key}")
        check.same(row.documents, documents.get(key, 0), f"documents of {key}")
        check.same(row.per_10k_characters, row.count * 10_000 / row.characters if row.characters else None, f"rate of {key}")
    check.same(tables.term_counts["count"].sum(), counts.sum(), "mentions in all")
    return check


def cheapest_burst(counts, sizes):
    """The weightiest burst by the automaton of Kleinberg with two states, all paths weighed by dynamic programming."""
    n, rate = len(counts), sum(counts) / sum(sizes)
    if n < 2 or not 0 < rate < 1:
        return None
    cost = [[-stats.binom.logpmf(c, s, min(p, 0.99999)) for p in (rate, 2 * rate)] for c, s in zip(counts, sizes)]
    best = {0: (0.0, ())}
    for calm, burst in cost:
        step = {}
        for state, price in ((0, calm), (1, burst)):
            ways = [(w + price + (math.log(n) if state > before else 0), path + (state,)) for before, (w, path) in best.items()]
            step[state] = min(ways)
        best = step
    path = min(best.values())[1]
    bursts, at = [], 0
    for state, run in itertools.groupby(path):
        length = len(list(run))
        if state:
            weight = sum(cost[t][0] - cost[t][1] for t in range(at, at + length))
            bursts.append((weight, at, at + length - 1))
        at += length
    return max(bursts, key=lambda burst: (burst[0], -burst[1]))[1:] if bursts else None


def trend(times, values):
    """Sen's slope, Kendall's tau and its p-value."""
    slope = stats.theilslopes(values, times).slope if len(values) > 1 else None
    if len(set(values)) < 2:
        return slope, None, None
    tau = stats.kendalltau(times, values).statistic
    if len(values) < 4:
        return slope, tau, None
    if len(set(values)) == len(values):
        return slope, tau, stats.kendalltau(times, values, method="exact").pvalue
    if len(values) > MOST_ORDERED:
        return slope, tau, None
    # SciPy has no exact p-value with ties: all orders are counted out
    ranks = tuple(int(rank) for rank in stats.rankdata(values, method="dense"))
    orders = statistics_of_orders(tuple(sorted(ranks)))
    return slope, tau, sum(n for s, n in orders.items() if s >= statistic(ranks)) / orders.total()


def statistic(order):
    """|S| of Kendall: pairs that rise less pairs that fall."""
    return abs(sum((b > a) - (b < a) for a, b in itertools.combinations(order, 2)))


@functools.cache
def statistics_of_orders(ranks):
    """How many orders of `ranks` have which |S|."""
    return Counter(statistic(order) for order in itertools.permutations(ranks))


def compare_trend(check, row, times, values, what):
    slope, tau, p_value = trend(times, values)
    check.same(row.slope, slope, f"slope of {what}")
    check.same(row.tau, tau, f"tau of {what}")
    if len(values) <= MOST_ORDERED or len(set(values)) == len(values):
        check.same(row.p_value, p_value, f"p of {what}")
    change = values[-1] / values[-2] if len(values) > 1 and values[-2] else None
    check.same(row.change, change, f"change of {what}")


def term_trends(tables):
    check = Check("term_trends")
    counts = tables.term_counts[tables.term_counts.period.str.fullmatch(r"\d{4}") & (tables.term_counts.characters > 0)]
    whole = counts.groupby(["term", "period"], as_index=False)[["count", "characters"]].sum()
    size = counts.drop_duplicates(["organisation", "period"]).groupby("period").characters.sum()
    whole["characters"] = whole.period.map(size)
    series = dict(iter(counts.groupby(["organisation", "term"]))) | {("*", term): rows for term, rows in whole.groupby("term")}
    for row in tables.term_trends.itertuples():
        key = row.organisation, row.term
        rows = series[key].sort_values("period")
        rates = [round(c * 10_000 / s, 9) for c, s in zip(rows["count"], rows.characters)]
        check.same(row.total, rows["count"].sum(), f"total of {key}")
        check.same(row.mean_rate, sum(rates) / len(rates), f"mean of {key}")
        compare_trend(check, row, [int(period) + 0.5 for period in rows.period], rates, key)
        burst = cheapest_burst(list(rows["count"]), list(rows.characters))
        expected = tuple(rows.period.iloc[at] for at in burst) if burst else (None, None)
        for found, wanted in zip((row.burst_from, row.burst_to), expected):
            check.same(None if pandas.isna(found) else int(found), wanted and int(wanted), f"burst of {key}")
    return check


def keyness(tables):
    check = Check("keyness")
    for row in tables.keyness.itertuples():
        key = row.organisation, row.kind, row.word
        cells = [[row.count, row.words - row.count], [row.count_rest, row.words_rest - row.count_rest]]
        told = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        check.same(row.log_likelihood, told.statistic, f"G2 of {key}")
        check.same(row.p_value, told.pvalue if told.expected_freq.min() >= 5 else None, f"p of {key}")
        half = 0 if row.count and row.count_rest else 0.5
        ratio = (row.count + half) / row.words / ((row.count_rest + half) / row.words_rest)
        check.same(row.log_ratio, math.log2(ratio), f"log ratio of {key}")
        if not half:
            interval = stats.contingency.relative_risk(row.count, row.words, row.count_rest, row.words_rest).confidence_interval()
            check.same(row.log_ratio_low, math.log2(interval.low), f"interval of {key}")
            check.same(row.log_ratio_high, math.log2(interval.high), f"interval of {key}")
    terms = tables.term_counts.groupby(["organisation", "term"])["count"].sum()
    for row in tables.keyness[tables.keyness.kind == "term"].itertuples():
        check.same(row.count, terms.get((row.organisation, row.word), 0), f"count of {row.word}")
    return check


def keywords(tables):
    check = Check("keywords")
    words = tables.word_counts
    texts = words.drop_duplicates(["organisation", "period"])[["organisation", "period"]].apply(tuple, axis=1).tolist()
    with_it = words.groupby("word").size()
    found = words.set_index(["organisation", "period", "word"])["count"]
    for row in tables.keywords[tables.keywords.method == "tfidf"].itertuples():
        counts = [[found[row.organisation, row.period, row.keyword]]] + [[1]] * (with_it[row.keyword] - 1)
        counts += [[0]] * (len(texts) - with_it[row.keyword])
        weights = TfidfTransformer(norm=None).fit_transform(counts)
        check.same(row.score, weights[0, 0], f"TF-IDF of {row.keyword}")
    graphs = defaultdict(Counter)
    publishers = tables.documents.set_index("document").organisation
    periods = tables.sentences.set_index(["document", "sentence"]).period
    for (document, sentence), terms in terms_of_sentences(tables).items():
        for pair in itertools.combinations(sorted(terms), 2):
            graphs[publishers[document], periods[document, sentence]][pair] += 1
    ranks = {}
    for key, pairs in graphs.items():
        graph = networkx.Graph()
        graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in pairs.items())
        ranks[key] = networkx.pagerank(graph, tol=1e-12, max_iter=1000)
    for row in tables.keywords[tables.keywords.method == "textrank"].itertuples():
        check.same(row.score, ranks[row.organisation, row.period][row.keyword], f"TextRank of {row.keyword}")
    return check


def cooccurrence(tables):
    check = Check("cooccurrence")
    counted = tables.documents[tables.documents.duplicate_of.isna() & tables.documents.organisation.notna()].document
    sentences = int(tables.sentences.document.isin(counted).sum())
    alone, pairs, documents = Counter(), Counter(), defaultdict(set)
    for (document, _), terms in terms_of_sentences(tables).items():
        alone.update(terms)
        for pair in itertools.combinations(sorted(terms), 2):
            pairs[pair] += 1
            documents[pair].add(document)
    for row in tables.cooccurrence.itertuples():
        pair = row.term, row.other
        expected = alone[row.term] * alone[row.other] / sentences
        check.same(row.sentences, pairs[pair], f"sentences of {pair}")
        check.same(row.documents, len(documents[pair]), f"documents of {pair}")
        check.same(row.expected, expected, f"expected of {pair}")
        check.same(row.pmi, math.log2(pairs[pair] / expected), f"PMI of {pair}")
        dice = 2 * pairs[pair] / (alone[row.term] + alone[row.other])
        check.same(row.log_dice, 14 + math.log2(dice), f"logDice of {pair}")
    check.same(len(tables.cooccurrence), len(pairs), "pairs")
    return check


def collocations(tables):
    check = Check("collocations")
    words = int(tables.keyness[["words", "words_rest"]].sum(axis=1).iloc[0])
    of_term = tables.term_counts.groupby("term")["count"].sum()
    of_word = tables.word_counts.groupby("word")["count"].sum()
    # numbers are no words of word_counts: how often they stand is told nowhere
    for row in tables.collocations[tables.collocations.word.isin(of_word.index)].itertuples():
        pair = row.term, row.word
        x, y = max(of_term[row.term], row.count), max(of_word[row.word], row.count)
        expected = x * y * WINDOW / words
        check.same(row.expected, expected, f"expected of {pair}")
        check.same(row.mutual_information, math.log2(row.count / expected), f"mutual information of {pair}")
        check.same(row.t_score, (row.count - expected) / math.sqrt(row.count), f"t of {pair}")
        check.same(row.log_dice, 14 + math.log2(2 * row.count / (x + y)), f"logDice of {pair}")
    return check


def dispersion(tables):
    check = Check("dispersion")
    documents = tables.documents[tables.documents.duplicate_of.isna() & tables.documents.organisation.notna()]
    sizes = documents.set_index("document").characters
    shares = sizes / sizes.sum()
    counts = outer_mentions(tables).groupby(["term", "document"]).size()
    for row in tables.dispersion.itertuples():
        found = counts[row.term].reindex(sizes.index, fill_value=0)
        dp = distance.cityblock(shares, found / found.sum()) / 2
        check.same(row.count, found.sum(), f"count of {row.term}")
        check.same(row.range, (found > 0).sum(), f"range of {row.term}")
        check.same(row.dp, dp, f"DP of {row.term}")
        check.same(row.dp_norm, min(1, dp / (1 - shares.min())), f"DP norm of {row.term}")
        spread = 1 - stats.variation(found / sizes) / math.sqrt(len(sizes) - 1)
        check.same(row.juilland_d, min(1, max(0, spread)), f"D of {row.term}")
    return check


def organisation_terms(tables):
    check = Check("organisation_terms")
    terms, names = defaultdict(set), defaultdict(set)
    for mention in tables.term_mentions.itertuples():
        terms[mention.document, mention.sentence].add(mention.term)
    for mention in tables.organisation_mentions.itertuples():
        names[mention.document, mention.sentence].add(mention.organisation)
    periods = tables.sentences.set_index(["document", "sentence"]).period
    found = Counter()
    for place in terms.keys() & names.keys():
        if not pandas.isna(periods[place]):
            found.update((name, term, periods[place]) for name in names[place] for term in terms[place])
    for row in tables.organisation_terms.itertuples():
        key = row.organisation, row.term, row.period
        check.same(row.sentences, found[key], f"sentences of {key}")
    check.same(len(tables.organisation_terms), len(found), "rows")
    return check


def organisation_network(tables):
    check = Check("organisation_network")
    names = defaultdict(set)
    for mention in tables.organisation_mentions.itertuples():
        names[mention.document, mention.sentence].add(mention.organisation)
    sentences, documents, events = Counter(), defaultdict(set), Counter()
    for (document, _), here in names.items():
        if len(here) <= MOST_OF_SENTENCE:
            for pair in itertools.combinations(sorted(here), 2):
                sentences[pair] += 1
                documents[pair].add(document)
    for organisers in tables.event_mentions.organisers.dropna():
        here = set(organisers.split("|"))
        if len(here) <= MOST_OF_SENTENCE:
            events.update(itertools.combinations(sorted(here), 2))
    for row in tables.organisation_network.itertuples():
        pair = row.source, row.target
        check.same(row.sentences, sentences[pair], f"sentences of {pair}")
        check.same(row.documents, len(documents[pair]), f"documents of {pair}")
        check.same(row.events, events[pair], f"events of {pair}")
    check.same(len(tables.organisation_network), len(sentences.keys() | events.keys()), "pairs")
    return check


def indicator_trends(tables):
    check = Check("indicator_trends")
    figures = tables.indicators[(tables.indicators.status == "done") & tables.indicators.value.notna()]
    figures = figures[figures.period.str.fullmatch(r"\d{4}")]
    figures = figures.assign(unit=figures.unit.fillna(""))
    days = (pandas.to_datetime(figures["to"]) - pandas.to_datetime(figures["from"])).dt.days
    figures = figures.assign(days=days)
    series = dict(iter(figures.groupby(["organisation", "indicator", "unit"])))
    for row in tables.indicator_trends.itertuples():
        key = row.organisation, row.indicator, "" if pandas.isna(row.unit) else row.unit
        # a level has no total: of several figures the latest counts; of a sum the one of the longest time
        order = ["to", "mentions", "value"] if pandas.isna(row.total) else ["days", "to", "mentions", "value"]
        chosen = series[key].sort_values(order).groupby("period").tail(1).sort_values("period")
        values = list(chosen.value)
        check.same(row.periods, len(values), f"periods of {key}")
        check.same(row.mean_value, sum(values) / len(values), f"mean of {key}")
        check.same(row.latest_value, values[-1], f"latest of {key}")
        compare_trend(check, row, [int(period) + 0.5 for period in chosen.period], values, key)
    return check


CHECKS = [term_counts, term_trends, keyness, keywords, cooccurrence, collocations, dispersion, organisation_terms,
          organisation_network, indicator_trends]


def main(arguments):
    if len(arguments) != 1 or not (Path(arguments[0]) / "datapackage.json").is_file():
        print("usage: check_measures.py OUT, the folder that a run wrote", file=sys.stderr)
        return 2
    tables = Tables(arguments[0])
    return 1 if sum([check(tables).report() for check in CHECKS]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
