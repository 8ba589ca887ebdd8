// Looks every two seconds how far a job is. Without it the link 刷新 does the same.
// Said aloud once for each new step, not for each per cent; a focus inside the card is put back where it was.
(() => {
  const said = document.getElementById("said");
  const look = async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer || !answer.ok) return setTimeout(look, 10000);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("job"), old = document.getElementById("job");
    if (!now) return;
    const held = old.contains(document.activeElement);
    if (now.dataset.say !== old.dataset.say) said.textContent = now.dataset.say;
    old.replaceWith(now);
    document.title = page.title;
    if (held) (now.querySelector("a, button") || document.getElementById("main")).focus();
    if (now.dataset.open === "yes") setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();
