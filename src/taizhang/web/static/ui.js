// The only script the pages need; everything works without it.
// Contents and filters start closed on narrow screens.
document.querySelectorAll("details[data-wide]").forEach((d) => { d.open = matchMedia("(min-width: 68.01em)").matches; });
// Printing is the browser's; without a script its own menu does it.
document.querySelectorAll("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => print()); });
// Browsers without popover show the sources as endnotes; the chip jumps there.
if (!("popover" in HTMLElement.prototype)) {
  document.querySelectorAll("[popovertarget]").forEach((chip) => chip.addEventListener("click", () => { location.hash = chip.getAttribute("popovertarget"); }));
}
