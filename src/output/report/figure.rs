//! Charts: plotly's types, filled and given one look.

use plotly::common::{Anchor, ErrorData, ErrorType, Font, Line, Marker, Mode, Orientation, Title};
use plotly::layout::{
    Axis, AxisRange, AxisType, BarMode, CategoryOrder, DragMode, HoverMode, Legend, Margin, RangeMode,
};
use plotly::{Bar, Layout, Scatter, Trace};
use serde::Serialize;

/// Colours of series, told apart in print and by the colour-blind (after Okabe and Ito 2008, darkened for a light ground).
pub(super) const COLOURS: [&str; 8] =
    ["#2b5c8a", "#c1662b", "#3a7d62", "#8c5a8f", "#a88718", "#4b90b5", "#9b3d3d", "#6b7280"];

const INK: &str = "#3d4451";
const RULE: &str = "#e3e5e8";
const CLEAR: &str = "rgba(0,0,0,0)";

/// What is drawn: traces and layout, as `Plotly.newPlot` takes them.
///
/// Not a `plotly::Plot`, each of which carries a copy of the whole script.
#[derive(Clone, Serialize)]
pub(super) struct Figure {
    data: Vec<Box<dyn Trace>>,
    layout: Layout,
}

/// One series: for each point its place on the axis of categories, its value, and the sentences behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    pub name: String,
    pub labels: Vec<String>,
    pub values: Vec<f64>,
    /// Ends of the interval of each value; empty where there are none.
    pub intervals: Vec<(f64, f64)>,
    /// Numbers of sentences, commas between.
    pub leads: Vec<String>,
}

impl Series {
    fn errors(&self) -> Option<ErrorData> {
        if self.intervals.is_empty() {
            return None;
        }
        let ends = self.values.iter().zip(&self.intervals);
        let up = ends.clone().map(|(value, (_, high))| rounded(high - value)).collect();
        let down = ends.map(|(value, (low, _))| rounded(value - low)).collect();
        let errors = ErrorData::new(ErrorType::Data).array(up).array_minus(down).symmetric(false);
        Some(errors.thickness(1.2).width(3).color("#9aa1ac"))
    }

    fn rounded(&self) -> Vec<f64> {
        self.values.iter().map(|value| rounded(*value)).collect()
    }
}

/// Ids of points: their numbers, and behind a colon the sentences that they lead to. Of points with the same id plotly
/// draws one alone.
fn ids<'l>(leads: impl Iterator<Item = &'l String>) -> Vec<String> {
    leads.enumerate().map(|(at, leads)| format!("{at}:{leads}")).collect()
}

/// A text without the signs that plotly would read as markup.
fn plain(text: &str) -> String {
    text.replace('<', "‹").replace('>', "›").replace('&', "＆").replace('$', "＄")
}

fn all_plain(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| plain(text)).collect()
}

/// Four decimals: more can't be seen.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn layout(height: usize) -> Layout {
    Layout::new()
        .height(height)
        .font(Font::new().size(12).color(INK))
        .paper_background_color(CLEAR)
        .plot_background_color(CLEAR)
        .hover_mode(HoverMode::Closest)
        .drag_mode(DragMode::False)
        .margin(Margin::new().left(40).right(8).top(8).bottom(28))
        .show_legend(false)
}

fn categories() -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .fixed_range(true)
        .show_grid(false)
        .line_color(RULE)
        .auto_margin(true)
        .tick_font(Font::new().size(11).color(INK))
}

/// Categories in this order, though no series has all of them.
fn ordered(order: &[String]) -> Axis {
    categories().category_order(CategoryOrder::Array).category_array(all_plain(order))
}

fn amounts(title: &str) -> Axis {
    let axis = Axis::new()
        .fixed_range(true)
        .grid_color(RULE)
        .zero_line_color(RULE)
        .range_mode(RangeMode::ToZero)
        .auto_margin(true)
        .tick_font(Font::new().size(11).color(INK));
    if title.is_empty() {
        return axis;
    }
    axis.title(Title::with_text(title).font(Font::new().size(11).color(INK)))
}

fn legend_above() -> Legend {
    Legend::new()
        .orientation(Orientation::Horizontal)
        .x(0.0)
        .y(1.02)
        .y_anchor(Anchor::Bottom)
        .font(Font::new().size(11))
}

fn bar(series: &Series, colour: &str) -> Box<Bar<String, f64>> {
    let trace = Bar::new(all_plain(&series.labels), series.rounded())
        .name(plain(&series.name))
        .ids(ids(series.leads.iter()))
        .marker(Marker::new().color(colour.to_owned()));
    match series.errors() {
        Some(errors) => trace.error_y(errors),
        None => trace,
    }
}

/// Bars that stand on each other, one series a colour.
pub(super) fn stacked(series: &[Series], order: &[String], unit: &str) -> Figure {
    let data = series.iter().zip(COLOURS.iter().cycle()).map(|(one, colour)| bar(one, colour) as Box<dyn Trace>);
    let layout = layout(300).bar_mode(BarMode::Stack).show_legend(true).legend(legend_above());
    Figure { data: data.collect(), layout: layout.x_axis(ordered(order)).y_axis(amounts(unit)) }
}

/// A small chart of bars side by side: what was done, and lighter what was planned.
pub(super) fn small_bars(series: &[Series], order: &[String]) -> Figure {
    let colours = [COLOURS[0], "#b9cfe3"];
    let data = series.iter().zip(colours).map(|(one, colour)| bar(one, colour) as Box<dyn Trace>);
    let layout = layout(170).bar_mode(BarMode::Group);
    Figure { data: data.collect(), layout: layout.x_axis(ordered(order)).y_axis(amounts("").n_ticks(4)) }
}

fn line(series: &Series, colour: &str) -> Box<Scatter<String, f64>> {
    let trace = Scatter::new(all_plain(&series.labels), series.rounded())
        .name(plain(&series.name))
        .ids(ids(series.leads.iter()))
        .mode(Mode::LinesMarkers)
        .clip_on_axis(false)
        .line(Line::new().width(2.0).color(colour.to_owned()))
        .marker(Marker::new().size(7).color(colour.to_owned()));
    match series.errors() {
        Some(errors) => trace.error_y(errors),
        None => trace,
    }
}

/// Lines over the periods, which `order` lists.
pub(super) fn lines(series: &[Series], order: &[String], unit: &str) -> Figure {
    let data = series.iter().zip(COLOURS.iter().cycle()).map(|(one, colour)| line(one, colour) as Box<dyn Trace>);
    let layout = layout(300).show_legend(true).legend(legend_above());
    Figure { data: data.collect(), layout: layout.x_axis(ordered(order)).y_axis(amounts(unit)) }
}

/// A small chart of one line with the intervals of its points.
pub(super) fn small_line(series: &Series, rises: bool) -> Figure {
    let colour = if rises { COLOURS[2] } else { COLOURS[1] };
    Figure { data: vec![line(series, colour)], layout: layout(170).x_axis(categories()).y_axis(amounts("").n_ticks(4)) }
}

/// Points with intervals along a line, one category under the other, the first on top.
pub(super) fn dots(series: &Series, unit: &str) -> Figure {
    let trace = Scatter::new(series.rounded(), all_plain(&series.labels))
        .name(plain(&series.name))
        .ids(ids(series.leads.iter()))
        .mode(Mode::Markers)
        .marker(Marker::new().size(9).color(COLOURS[0]));
    let trace = match series.errors() {
        Some(errors) => trace.error_x(errors),
        None => trace,
    };
    let height = 70 + 24 * series.labels.len();
    let down = categories().auto_range(true).show_grid(true).grid_color(RULE);
    let layout = layout(height).margin(Margin::new().left(90).right(12).top(6).bottom(40));
    Figure { data: vec![trace], layout: layout.x_axis(amounts(unit)).y_axis(reversed(down, series.labels.len())) }
}

/// Categories from the top down.
fn reversed(axis: Axis, categories: usize) -> Axis {
    axis.range(AxisRange::new(categories as f64 - 0.5, -0.5))
}

/// Bars that lie beside each other, one series an organisation: two of them are shown at a time.
pub(super) fn compared(series: &[Series], unit: &str) -> Figure {
    let rows = series.first().map_or(0, |one| one.labels.len());
    let trace = |one: &Series| -> Box<dyn Trace> {
        let bar = Bar::new(one.rounded(), all_plain(&one.labels))
            .name(plain(&one.name))
            .ids(ids(one.leads.iter()))
            .orientation(Orientation::Horizontal);
        match one.errors() {
            Some(errors) => bar.error_x(errors),
            None => bar,
        }
    };
    let layout = layout(90 + 34 * rows)
        .bar_mode(BarMode::Group)
        .show_legend(true)
        .legend(legend_above())
        .margin(Margin::new().left(90).right(12).top(30).bottom(40));
    Figure {
        data: series.iter().map(trace).collect(),
        layout: layout.x_axis(amounts(unit)).y_axis(reversed(categories(), rows)),
    }
}

/// A node of a network, at a place between 0 and 1.
pub(super) struct Node {
    pub name: String,
    pub at: (f64, f64),
    pub size: usize,
    pub publishes: bool,
    pub leads: String,
    pub labelled: bool,
}

/// A tie between two nodes.
pub(super) struct Edge {
    pub name: String,
    pub ends: (usize, usize),
    /// Between 0 and 1.
    pub weight: f64,
    pub leads: String,
}

/// Nodes, and ties in three strengths; a mark halfway takes the click on a tie.
pub(super) fn network(nodes: &[Node], edges: &[Edge], kinds: [&str; 2]) -> Figure {
    let mut data: Vec<Box<dyn Trace>> = Vec::new();
    for (from, to, width, colour) in
        [(0.0, 0.2, 0.7, "#dde1e6"), (0.2, 0.5, 1.5, "#c3cad3"), (0.5, 2.0, 3.0, "#9aa7b8")]
    {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for edge in edges.iter().filter(|edge| (from..to).contains(&edge.weight)) {
            let (a, b) = (nodes[edge.ends.0].at, nodes[edge.ends.1].at);
            x.extend([Some(a.0), Some(b.0), None]);
            y.extend([Some(a.1), Some(b.1), None]);
        }
        let line = Line::new().width(width).color(colour);
        let trace = Scatter::new(x, y).mode(Mode::Lines).line(line).show_legend(false);
        data.push(trace.hover_info(plotly::common::HoverInfo::Skip));
    }
    let halfway = |edge: &Edge| {
        let (a, b) = (nodes[edge.ends.0].at, nodes[edge.ends.1].at);
        ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
    };
    let names: Vec<String> = edges.iter().map(|edge| plain(&edge.name)).collect();
    data.push(
        Scatter::new(edges.iter().map(|e| halfway(e).0).collect(), edges.iter().map(|e| halfway(e).1).collect())
            .mode(Mode::Markers)
            .ids(ids(edges.iter().map(|edge| &edge.leads)))
            .hover_text_array(names)
            .hover_info(plotly::common::HoverInfo::Text)
            .marker(Marker::new().size(9).color(COLOURS[7]).opacity(0.12))
            .show_legend(false),
    );
    for (publishes, colour, kind) in [(true, COLOURS[0], kinds[0]), (false, "#b08a4a", kinds[1])] {
        let of: Vec<&Node> = nodes.iter().filter(|node| node.publishes == publishes).collect();
        let label = |node: &&Node| if node.labelled { plain(&node.name) } else { String::new() };
        data.push(
            Scatter::new(of.iter().map(|n| n.at.0).collect(), of.iter().map(|n| n.at.1).collect())
                .mode(Mode::MarkersText)
                .name(kind)
                .ids(ids(of.iter().map(|node| &node.leads)))
                .text_array(of.iter().map(label).collect::<Vec<_>>())
                .text_position(plotly::common::Position::TopCenter)
                .text_font(Font::new().size(11).color(INK))
                .hover_text_array(of.iter().map(|node| plain(&node.name)).collect::<Vec<_>>())
                .hover_info(plotly::common::HoverInfo::Text)
                .marker(
                    Marker::new()
                        .size_array(of.iter().map(|node| node.size).collect())
                        .color(colour)
                        .line(Line::new().width(1.0).color("#ffffff")),
                ),
        );
    }
    let hidden =
        |margin: f64| Axis::new().visible(false).fixed_range(true).range(AxisRange::new(-margin, 1.0 + margin));
    let layout = layout(620).show_legend(true).legend(legend_above());
    Figure { data, layout: layout.x_axis(hidden(0.12)).y_axis(hidden(0.06)) }
}

/// The script that draws: the first element of what plotly embeds. The second, MathJax, is for formulas, of which there are none.
pub(super) fn script() -> String {
    let all = plotly::Plot::offline_js_sources();
    let (open, close) = ("<script type=\"text/javascript\">", "</script>");
    let body = all.split(close).next().unwrap_or_default();
    body.split_once(open).map_or(body, |(_, body)| body).to_owned()
}
