// “Read this page” with a voice of this device, where it has a Chinese one; else the server's sound file stays, as it does
// without this script. Nothing begins by itself.
(() => {
  const box = document.querySelector('[data-aloud]'), speech = window.speechSynthesis;
  if (!box || !speech) return;
  const button = box.querySelector('button'), said = button.querySelector('span'), other = box.querySelector('figure, form, p');
  const voice = () => speech.getVoices().find(one => /^(zh|cmn|yue)/i.test(one.lang));
  const look = () => {
    button.hidden = !voice();
    if (other) other.hidden = !!voice();
  };
  const words = () => {
    const copy = document.getElementById('main').cloneNode(true);
    copy.querySelectorAll('rt, script, [aria-hidden=true], [data-aloud]').forEach(el => el.remove());
    return copy.textContent.split(/[。！？；\n]+/).map(line => line.trim()).filter(Boolean);
  };
  button.addEventListener('click', () => {
    const was = speech.speaking;
    speech.cancel();
    said.textContent = was ? '念这一页' : '停下';
    if (was) return;
    const lines = words();
    lines.forEach((line, at) => {
      const utterance = Object.assign(new SpeechSynthesisUtterance(line), {voice: voice(), lang: 'zh-CN', rate: 0.9});
      if (at === lines.length - 1) utterance.onend = () => { said.textContent = '念这一页'; };
      speech.speak(utterance);
    });
  });
  speech.addEventListener?.('voiceschanged', look);
  look();
})();
