// Asks the browser for a passkey and sends its answer with the form. On top of the codes, which work without it.
(() => {
  const question = JSON.parse(document.getElementById("passkey-question").textContent).publicKey;
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = list => (list || []).map(key => ({...key, id: bytes(key.id)}));
  const ask = {
    get: () => navigator.credentials.get({publicKey: {
      ...question, challenge: bytes(question.challenge), allowCredentials: known(question.allowCredentials)}}),
    create: () => navigator.credentials.create({publicKey: {
      ...question, challenge: bytes(question.challenge), user: {...question.user, id: bytes(question.user.id)},
      excludeCredentials: known(question.excludeCredentials)}}),
  };
  const spoken = key => {
    const said = {id: key.id, rawId: text(key.rawId), type: key.type, response: {},
      clientExtensionResults: key.getClientExtensionResults()};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) said.response[name] = text(key.response[name]);
    }
    return JSON.stringify(said);
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async event => {
      if (form.credential.value) return;
      event.preventDefault();
      const told = form.querySelector("[data-said]");
      try {
        form.credential.value = spoken(await ask[form.dataset.passkey]());
        form.submit();
      } catch {
        told.textContent = "没有用成通行密钥。请再按一次，或者用手机上的 6 位数字。";
      }
    });
  }
})();
