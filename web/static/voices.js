// The voices of a vote by name, counted while they are marked; without this, once they are sent.
"use strict";
{
  const form = document.getElementById("voices");
  const count = () => {
    for (const figure of form.querySelectorAll("[data-count]"))
      figure.textContent = form.querySelectorAll(
        `[name^=voice-][value=${figure.dataset.count}]:checked`,
      ).length;
  };
  if (form) {
    form.addEventListener("change", count);
    count(); // a browser that comes back has kept what was marked
  }
}
