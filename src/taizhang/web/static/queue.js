// Keys of the queue of findings: off until somebody switches them on, and then on in this browser. Everything works without them.
// j and k go to the next and the last finding; 1 to 4 press what carries that key. A reason that is asked for is asked for first.
(() => {
  const row = document.getElementById("keys"), rows = [...document.querySelectorAll("article[data-queue]")];
  if (!row || !rows.length) { return; }
  const button = row.querySelector("button");
  let on = false, at = rows.findIndex((one) => `#${one.id}` === location.hash);
  const kept = (value) => { try { return value === undefined ? localStorage.getItem("keys") : localStorage.setItem("keys", value); } catch { return null; } };
  const show = () => { button.setAttribute("aria-pressed", String(on)); button.textContent = on ? button.dataset.on : button.dataset.off; };
  const go = (to) => {
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((one, n) => one.toggleAttribute("aria-current", n === at));
    rows[at].focus();
  };
  const press = (key) => {
    const target = rows[at] && rows[at].querySelector(`[data-key="${key}"]`);
    if (!target) { return; }
    const reason = key === "1" && rows[at].querySelector("input[name=reason]");
    if (reason && !reason.value.trim()) { reason.focus(); return; }
    target.click();
    const field = key === "4" && rows[at].querySelector("details[open] input.in");
    if (field) { field.focus(); }
  };
  button.addEventListener("click", () => { on = !on; kept(on ? "on" : ""); show(); if (on) { go(at < 0 ? 0 : at); } });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, select, textarea")) { return; }
    if (event.key === "j" || event.key === "k") { event.preventDefault(); go(at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)); }
    if ("1234".includes(event.key)) { event.preventDefault(); press(event.key); }
  });
  row.hidden = false;
  on = kept() === "on";
  show();
  if (on && at >= 0) { go(at); }
})();
