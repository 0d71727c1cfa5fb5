// The agenda, put in order by dragging; without this, its buttons do the same.
"use strict";
{
  const form = document.getElementById("order");
  const keep = form?.querySelector(".staying");
  if (keep) {
    const list = form.querySelector(".agenda");
    const order = () => [...list.children].map((item) => item.dataset.item).join(",");
    const before = order();
    document.getElementById("drag-how").hidden = false;
    let held = null;
    for (const item of list.children) {
      item.draggable = true;
      item.addEventListener("dragstart", (event) => {
        held = item;
        item.classList.add("held");
        event.dataTransfer.effectAllowed = "move";
      });
      item.addEventListener("dragend", () => {
        item.classList.remove("held");
        held = null;
        form.elements.order.value = order();
        keep.hidden = order() === before;
      });
      item.addEventListener("dragover", (event) => {
        if (!held || held === item) return;
        event.preventDefault();
        const { top, height } = item.getBoundingClientRect();
        item[event.clientY < top + height / 2 ? "before" : "after"](held);
      });
    }
  }
}
