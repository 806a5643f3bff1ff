"use strict";
(() => {
  const box = document.getElementById("open-only");
  document.querySelector(".tools").hidden = false;
  const show = () => {
    for (const each of document.querySelectorAll("[data-mark]")) {
      each.hidden = box.checked && (each.dataset.mark === "covered" || each.dataset.mark === "impossible");
    }
    for (const each of document.querySelectorAll(".clause")) {
      each.hidden = !each.querySelector(".subject:not([hidden])");
    }
  };
  box.addEventListener("change", show);
  show();
})();
