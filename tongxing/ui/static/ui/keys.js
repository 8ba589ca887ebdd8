// J/K next and previous, A/R/F the choices of a case. On top of links and radio buttons that work without it.
// Off while somebody types, with a modifier, or when "keys=off" is chosen under 显示 (WCAG 2.1.4).
(() => {
  if (document.documentElement.dataset.keys === "off") return;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("a")) { location.assign(target.href); return; }
    target.checked = true;
    target.focus();
  });
})();
