// Three minutes before a resting session ends: says so, and any key or one press goes on. Whoever wrote something in the
// last minutes did not rest, and is not interrupted. Nothing that was typed is lost without it.
(() => {
  const bar = document.getElementById("stay");
  const rest = Number(bar.dataset.rest) * 1000;
  const recent = 5 * 60 * 1000;
  let timer;
  let moved = 0;
  const wait = () => {
    bar.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (moved && Date.now() - moved < recent) stay();
      else bar.hidden = false;
    }, rest);
  };
  const stay = async () => {
    const answer = await fetch(bar.dataset.url, {method: "POST", headers: {"X-CSRFToken": bar.dataset.token}}).catch(() => null);
    if (answer && answer.ok) {
      wait();
      return;
    }
    bar.hidden = false;
    bar.querySelector("p").textContent = "已经退出了。填的还在，交的时候再登录就行。";
  };
  addEventListener("keydown", () => {
    moved = Date.now();
    if (!bar.hidden) stay();
  });
  bar.querySelector("button").addEventListener("click", stay);
  wait();
})();
