"use strict";
// What the page holds, and the panel that shows the sentences behind a figure.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const panel = document.getElementById("sentences");

// The text with every occurrence of a word marked.
const marked = (text, word) => {
  const paragraph = element("p", "", "text");
  const parts = word ? text.split(word) : [text];
  parts.forEach((part, at) => {
    if (at > 0) paragraph.append(element("mark", word));
    paragraph.append(part);
  });
  return paragraph;
};

const showSentences = (title, numbers, all, word) => {
  const [note, list] = [panel.querySelector(".note"), panel.querySelector("ol")];
  const shown = numbers.map(number => data.texts.sentences[number]).filter(Boolean);
  panel.querySelector("h2").textContent = title || words.sentences_behind;
  note.textContent = !shown.length ? words.no_sentences
    : (all ? words.shows.replace("{all}", all) : words.shows_some).replace("{n}", shown.length);
  list.replaceChildren(...shown.map(([document_, number, page, text]) => {
    const item = element("li");
    const source = element("p", "", "source");
    source.append(element("cite", data.texts.documents[document_]));
    if (page !== null) source.append(" · " + words.page.replace("{n}", page));
    source.append(" · " + words.sentence.replace("{n}", number));
    item.append(marked(text, word), source);
    return item;
  }));
  panel.showModal();
  panel.scrollTop = 0;
};

const numbersOf = text => text ? text.split(",").map(Number) : [];

// A count in a table tells its row and its column.
document.addEventListener("click", event => {
  const button = event.target.closest("button.n");
  if (button) {
    const cell = button.closest("td");
    const row = cell && cell.closest("tr").querySelector("th");
    const head = cell && cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
    const name = row ? row.textContent.trim() : "";
    const column = head ? (head.dataset.name || head.textContent).trim() : "";
    const title = [name, column, button.textContent].filter(Boolean).join(" · ");
    showSentences(title, numbersOf(button.dataset.at), /^[\d,]+$/.test(button.textContent) ? button.textContent : "", name);
  } else if (event.target === panel || event.target.closest(".close")) {
    panel.close();
  }
});
