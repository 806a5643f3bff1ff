"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("filters");
  const dialog = document.getElementById("details");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fields = (name) => all(`[name="${name}"]`, form);
  const chosen = (name) => fields(name).filter((each) => each.checked).map((each) => each.value);
  const LISTS = ["grade", "policy", "relation"];
  root.classList.add("js");
  all("#filters, .tools").forEach((each) => { each.hidden = false; });

  // What is chosen stands in the address, so that it can be passed on.
  let opened = "";
  const state = () => {
    const words = new URLSearchParams();
    for (const name of LISTS) if (chosen(name).length) words.set(name, chosen(name).join(","));
    if (form.topic.value) words.set("topic", form.topic.value);
    if (form.differences && form.differences.checked) words.set("differences", "yes");
    if (root.dataset.theme) words.set("theme", root.dataset.theme);
    if (opened) words.set("cell", opened);
    return words.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  };
  const remember = () => history.replaceState(null, "", `#${state()}`);
  const recall = () => {
    const words = new URLSearchParams(location.hash.slice(1));
    for (const name of LISTS) {
      const values = (words.get(name) || "").split(",");
      fields(name).forEach((each) => { each.checked = values.includes(each.value); });
    }
    form.topic.value = words.get("topic") || "";
    if (form.topic.selectedIndex < 0) form.topic.value = "";
    if (form.differences) form.differences.checked = words.has("differences");
    const theme = words.get("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme; else delete root.dataset.theme;
    showTheme();
    filter();
    const cell = all("button.cell").find((each) => each.dataset.cell === words.get("cell"));
    if (cell && !cell.closest("[hidden]") && !dialog.open) {
      cell.scrollIntoView({ block: "center" });
      open(cell);
    }
  };

  const filter = () => {
    const [grades, policies, relations] = LISTS.map(chosen);
    const topic = form.topic.value;
    const differences = form.differences && form.differences.checked;
    const off = (policy) => Boolean(policy) && policies.length > 0 && !policies.includes(policy);
    all("[data-policy]", document.getElementById("synopsis")).forEach((each) => { each.hidden = off(each.dataset.policy); });
    all(".book").forEach((each) => { each.hidden = off(each.dataset.policy); });
    const wanted = (row) => {
      const body = row.parentElement;
      const own = row.dataset.grades.split(" ").filter(Boolean);
      if (off(body.dataset.policy) || (topic && topic !== (row.dataset.topic || body.dataset.topic))) return false;
      if (grades.length && own.length && !own.some((each) => grades.includes(each))) return false;
      const found = all("td[data-relation]", row).filter((each) => !each.hidden).map((each) => each.dataset.relation);
      if (relations.length && !found.some((each) => relations.includes(each))) return false;
      return !differences || found.some((each) => each !== "equal");
    };
    const rows = all("tbody tr[data-grades]");
    rows.forEach((each) => { each.hidden = !wanted(each); });
    all("table tbody").forEach((body) => {
      const seen = all("tr", body).filter((each) => !each.hidden);
      const head = body.querySelector("th.topic");
      body.hidden = !seen.length;
      if (!seen.length) return;
      seen[0].prepend(head);
      head.rowSpan = seen.length;
    });
    const shown = rows.filter((each) => !each.hidden).length;
    const words = document.getElementById("shown");
    words.textContent = words.dataset.words.replace("{shown}", shown).replace("{all}", rows.length);
    document.querySelector(".none-left").hidden = shown > 0;
    all("table").forEach((each) => { each.closest("section").hidden = !each.querySelector("tbody:not([hidden])") && shown > 0; });
    fit();
  };

  // A table that fits scrolls with the page; a wider one scrolls by itself.
  const fit = () => all(".scroller").forEach((each) => {
    each.classList.remove("fits");
    each.classList.toggle("fits", each.scrollWidth <= each.clientWidth);
  });

  const showTheme = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.getElementById("theme").setAttribute("aria-pressed", dark);
    return dark;
  };

  const note = (number) => {
    const copy = document.getElementById(`n${number}`).cloneNode(true);
    copy.removeAttribute("id");
    return copy;
  };
  let opener = null;
  const open = (cell) => {
    const row = cell.closest("tr");
    const body = row.parentElement;
    const topic = row.querySelector(".matter") || body.querySelector(".title");
    const policy = cell.closest("td").dataset.policy;
    const grade = row.querySelector(".grade");
    const stretch = grade && grade.firstChild.textContent.trim();
    dialog.querySelector("h2").textContent = topic.textContent.trim();
    const book = all(".book").find((each) => each.dataset.policy === policy);
    dialog.querySelector(".kicker").textContent =
      [book.querySelector("h3").textContent, stretch].filter(Boolean).join(" · ");
    const inside = dialog.querySelector(".body");
    inside.replaceChildren(cell.parentElement.querySelector("template").content.cloneNode(true));
    all("[data-note]", inside).forEach((each) => each.replaceWith(note(each.dataset.note)));
    const readings = [...new Set(all("[data-reading]", inside).map((each) => each.dataset.reading))];
    dialog.querySelector(".readings").hidden = !readings.length;
    dialog.querySelector(".readings div").replaceChildren(...readings.map(note));
    opener = cell;
    opened = cell.dataset.cell;
    dialog.showModal();
    dialog.scrollTop = 0;
    remember();
  };

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("button.cell");
    const link = event.target.closest('a[href^="#"]');
    if (cell) open(cell);
    if (link) {
      event.preventDefault();
      const reading = link.dataset.reading && all(".readings .note", dialog)[
        [...new Set(all("[data-reading]", dialog).map((each) => each.dataset.reading))].indexOf(link.dataset.reading)];
      const target = reading || document.getElementById(link.hash.slice(1));
      target.scrollIntoView();
      target.focus({ preventScroll: true });
    }
    if (event.target === dialog || event.target.closest(".close")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    opened = "";
    remember();
    if (opener) opener.focus();
  });
  form.addEventListener("input", () => { filter(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { filter(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = showTheme() ? "light" : "dark";
    showTheme();
    remember();
  });
  document.getElementById("print").addEventListener("click", () => print());
  document.getElementById("with-notes").addEventListener("change", (event) => {
    root.classList.toggle("with-notes", event.target.checked);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  addEventListener("hashchange", recall);
  addEventListener("resize", fit);
  recall();
})();
