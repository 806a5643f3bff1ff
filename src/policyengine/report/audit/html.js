"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("filters");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const LISTS = ["kind", "state"];
  const CHOICES = ["policy", "clause", "bearer", "month"].filter((name) => form && form.elements[name]);
  const rows = all("table.findings tbody tr");
  root.classList.add("js");
  all("#filters, .tools").forEach((each) => { each.hidden = false; });
  const fields = (name) => all(`[name="${name}"]`, form);
  const chosen = (name) => fields(name).filter((each) => each.checked).map((each) => each.value);

  // What is chosen stands in the address, so that it can be passed on.
  const remember = () => {
    const words = new URLSearchParams();
    if (form) {
      for (const name of LISTS) if (chosen(name).length) words.set(name, chosen(name).join(","));
      for (const name of [...CHOICES, "words"]) if (form.elements[name].value) words.set(name, form.elements[name].value);
    }
    if (root.dataset.theme) words.set("theme", root.dataset.theme);
    history.replaceState(null, "", `#${words}`);
  };
  const recall = () => {
    const words = new URLSearchParams(location.hash.slice(1));
    if (form) {
      for (const name of LISTS) {
        const values = (words.get(name) || "").split(",");
        fields(name).forEach((each) => { each.checked = values.includes(each.value); });
      }
      for (const name of CHOICES) {
        form.elements[name].value = words.get(name) || "";
        if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
      }
      form.elements.words.value = words.get("words") || "";
    }
    const theme = words.get("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme; else delete root.dataset.theme;
    showTheme();
    filter();
  };

  const filter = () => {
    if (!form) return;
    const lists = LISTS.map((name) => [name, chosen(name)]).filter(([, values]) => values.length);
    const choices = CHOICES.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
    const wanted = form.elements.words.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const seen = lists.every(([name, values]) => values.includes(row.dataset[name]))
        && choices.every(([name, value]) => row.dataset[name].split(" ").includes(value))
        && (!wanted || row.textContent.toLowerCase().includes(wanted));
      row.hidden = !seen;
      shown += seen;
    }
    const output = document.getElementById("shown");
    output.textContent = output.dataset.words.replace("{shown}", shown).replace("{all}", rows.length);
    document.querySelector(".none-left").hidden = shown > 0;
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

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  });
  if (form) {
    form.addEventListener("input", () => { filter(); remember(); });
    form.addEventListener("reset", () => setTimeout(() => { filter(); remember(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = showTheme() ? "light" : "dark";
    showTheme();
    remember();
  });
  document.getElementById("print").addEventListener("click", () => print());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  addEventListener("hashchange", recall);
  addEventListener("resize", fit);
  all("details").forEach((each) => each.addEventListener("toggle", fit));
  recall();
})();
