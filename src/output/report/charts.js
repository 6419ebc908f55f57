// Charts are drawn when they come into view: a corpus has hundreds.
const settings = { displaylogo: false, displayModeBar: false, responsive: true, showTips: false };
const family = getComputedStyle(document.body).fontFamily;

// The id of a point is its number and, behind a colon, its sentences.
const leadsOf = id => id.slice(id.indexOf(":") + 1);

const openPoint = event => {
  const point = event.points[0];
  if (!point || point.id === undefined) return;
  const label = point.hovertext || (point.data.orientation === "h" || typeof point.y === "string" ? point.y : point.x);
  const title = [point.data.name, label].filter(Boolean).join(" · ");
  showSentences(title, numbersOf(leadsOf(point.id)), "", point.data.name);
};

// On a small screen names would cover the nodes: a tap tells them.
const narrowed = trace => trace.mode !== "markers+text" ? trace
  : { ...trace, mode: "markers", marker: { ...trace.marker, size: trace.marker.size.map(size => size * 0.7) } };

const draw = (place, figure) => {
  const layout = structuredClone(figure.layout);
  layout.font = { ...layout.font, family };
  const narrow = place.clientWidth < 480;
  if (narrow && layout.legend) layout.legend.font = { size: 10 };
  const traces = narrow ? figure.data.map(narrowed) : figure.data;
  return Plotly.newPlot(place, traces, layout, settings).then(() => {
    place.removeAllListeners && place.removeAllListeners("plotly_click");
    place.on("plotly_click", openPoint);
  });
};

const watcher = new IntersectionObserver(seen => seen.filter(one => one.isIntersecting).forEach(one => {
  watcher.unobserve(one.target);
  draw(one.target, data.figures[one.target.id]);
}), { rootMargin: "400px" });
document.querySelectorAll(".chart").forEach(place => data.figures[place.id] && watcher.observe(place));

// One organisation at a time, which the address names.
const choose = document.getElementById("choose");
const articles = [...document.querySelectorAll("article.organisation")];
const showOrganisation = id => {
  const known = articles.some(article => article.id === id);
  articles.forEach((article, at) => { article.hidden = known ? article.id !== id : at > 0; });
  if (known) choose.value = id;
};
if (choose) {
  choose.addEventListener("change", () => {
    history.replaceState(null, "", "#" + choose.value);
    showOrganisation(choose.value);
  });
  addEventListener("hashchange", () => {
    const id = location.hash.slice(1);
    if (id.startsWith("organisation-")) {
      showOrganisation(id);
      document.getElementById(id).scrollIntoView();
    }
  });
  showOrganisation(location.hash.slice(1));
}

// Two organisations side by side.
const compared = data.compared;
const selects = ["compare-first", "compare-second"].map(id => document.getElementById(id));
const figureRows = (table, heads, rows) => {
  const head = element("tr");
  heads.forEach((text, at) => {
    const cell = element("th", text, at ? "r" : "");
    cell.scope = "col";
    head.append(cell);
  });
  const lines = rows.map(cells => {
    const line = element("tr");
    cells.forEach((cell, at) => {
      const place = element(at ? "td" : "th", "", at ? "r" : "");
      if (!at) place.scope = "row";
      if (cell.at) {
        const button = element("button", cell.text, "n");
        button.type = "button";
        button.dataset.at = cell.at;
        place.append(button);
      } else {
        place.textContent = cell.text;
      }
      line.append(place);
    });
    return line;
  });
  const [top, body] = [element("thead"), element("tbody")];
  top.append(head);
  body.append(...lines);
  table.replaceChildren(top, body);
};

const compare = () => {
  const [one, other] = selects.map(select => Number(select.value));
  const chosen = [...new Set([one, other])];
  const colours = ["#2b5c8a", "#c1662b"];
  const traces = chosen.map((number, at) => ({ ...compared.figure.data[number], marker: { color: colours[at] } }));
  draw(document.getElementById("chart-compare"), { data: traces, layout: compared.figure.layout });
  const names = [one, other].map(number => compared.names[number]);
  const terms = compared.figure.data[one] ? compared.figure.data[one].y : [];
  figureRows(document.getElementById("compare-terms"), [words.term, ...names], terms.map((term, at) => [
    { text: term },
    ...[one, other].map(number => {
      const trace = compared.figure.data[number];
      return { text: trace.x[at].toFixed(2), at: leadsOf(trace.ids[at]) };
    }),
  ]));
  const figures = [one, other].map(number => new Map(compared.figures[number].map(figure => [figure.indicator, figure])));
  const indicators = [...new Set(figures.flatMap(known => [...known.keys()]))];
  figureRows(document.getElementById("compare-figures"), [words.indicator, ...names], indicators.map(indicator => [
    { text: indicator },
    ...figures.map(known => {
      const figure = known.get(indicator);
      return figure ? { text: figure.value + "（" + figure.period + "）", at: figure.at } : { text: "–" };
    }),
  ]));
};

if (compared.names.length) {
  selects.forEach((select, at) => {
    compared.names.forEach((name, number) => {
      const option = element("option", name);
      option.value = number;
      select.append(option);
    });
    select.value = Math.min(at, compared.names.length - 1);
    select.addEventListener("change", compare);
  });
  compare();
}

// On paper every chart that is shown is drawn, in the width of the paper.
addEventListener("beforeprint", () => document.querySelectorAll(".chart").forEach(place => {
  if (!place.offsetParent) return;
  if (place.querySelector(".main-svg")) {
    Plotly.Plots.resize(place);
  } else if (data.figures[place.id]) {
    watcher.unobserve(place);
    draw(place, data.figures[place.id]);
  }
}));
