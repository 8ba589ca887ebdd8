// Three minutes before a resting session ends: says so, and one press goes on. Nothing that was typed is lost without it.
(() => {
  const bar = document.getElementById("stay");
  const rest = Number(bar.dataset.rest) * 1000;
  let timer;
  const wait = () => {
    bar.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => { bar.hidden = false; }, rest);
  };
  bar.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.url, {method: "POST", headers: {"X-CSRFToken": bar.dataset.token}}).catch(() => null);
    if (answer && answer.ok) wait();
    else bar.querySelector("p").textContent = "已经退出了。填的还在，交的时候再登录就行。";
  });
  wait();
})();
