// Tables sort by their columns; long ones have a filter; cells of a heat table are shaded by their share of the row.
const valueOf = row => at => {
  const text = row.cells[at].textContent.trim().replace(/^[×≥≤]\s*/, "").replace(/(\d),(?=\d{3})/g, "$1");
  const number = parseFloat(text);
  return Number.isNaN(number) ? text : number;
};

const sortBy = (table, at, down) => {
  const body = table.tBodies[0];
  const order = (a, b) => {
    const [one, other] = [valueOf(a)(at), valueOf(b)(at)];
    if (one === "" || other === "") return (one === "") - (other === "");
    const same = typeof one === "number" && typeof other === "number";
    const ascending = same ? one - other : String(one).localeCompare(String(other), document.documentElement.lang);
    return down ? -ascending : ascending;
  };
  body.append(...[...body.rows].sort(order));
};

const makeSortable = table => [...table.tHead.rows[0].cells].forEach((head, at) => {
  const button = element("button", head.textContent, "sort");
  button.type = "button";
  head.dataset.name = head.textContent;
  head.replaceChildren(button);
  button.addEventListener("click", () => {
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : head.classList.contains("r");
    [...head.parentNode.cells].forEach(cell => cell.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    sortBy(table, at, down);
  });
});

const makeFilter = table => {
  const rows = [...table.tBodies[0].rows];
  if (rows.length <= 20) return;
  const [line, input, count] = [element("p", "", "filter"), element("input"), element("span", "", "note")];
  Object.assign(input, { type: "search", placeholder: words.filter });
  input.setAttribute("aria-label", words.filter_label);
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    rows.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    count.textContent = rows.filter(row => !row.hidden).length + " / " + rows.length + " " + words.rows;
  });
  count.textContent = rows.length + " " + words.rows;
  line.append(input, count);
  const region = table.closest(".scroll");
  const wrap = element("div", "", "filtered");
  region.replaceWith(wrap);
  wrap.append(line, region);
};

const shade = table => [...table.tBodies[0].rows].forEach(row => {
  const cells = [...row.cells].filter(cell => cell.tagName === "TD" && !cell.classList.contains("sum"));
  const counts = cells.map(cell => Number(cell.textContent.replace(/,/g, "")) || 0);
  const most = Math.max(...counts, 1);
  cells.forEach((cell, at) => {
    cell.style.backgroundColor = counts[at] ? "rgba(43, 92, 138, " + (0.04 + 0.22 * counts[at] / most) + ")" : "";
    if (!counts[at]) cell.classList.add("zero");
  });
});

document.querySelectorAll("table:not(.plain)").forEach(table => {
  makeSortable(table);
  if (table.closest(".scroll")) makeFilter(table);
});
document.querySelectorAll("table.heat").forEach(shade);
