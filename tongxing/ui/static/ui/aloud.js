// “Read this page” with a voice of this device. The button shows only where there is a Chinese voice; nothing begins by itself.
(() => {
  const box = document.querySelector('[data-aloud]'), speech = window.speechSynthesis;
  if (!box || !speech) return;
  const button = box.querySelector('button');
  const voice = () => speech.getVoices().find(one => /^(zh|cmn|yue)/i.test(one.lang));
  const look = () => { box.hidden = !voice(); };
  const words = () => {
    const copy = document.getElementById('main').cloneNode(true);
    copy.querySelectorAll('rt, script, [aria-hidden=true], [data-aloud]').forEach(el => el.remove());
    return copy.textContent.split(/[。！？；\n]+/).map(line => line.trim()).filter(Boolean);
  };
  button.addEventListener('click', () => {
    const was = speech.speaking;
    speech.cancel();
    button.textContent = was ? '念这一页' : '停下';
    if (was) return;
    const lines = words();
    lines.forEach((line, at) => {
      const said = Object.assign(new SpeechSynthesisUtterance(line), {voice: voice(), lang: 'zh-CN', rate: 0.9});
      if (at === lines.length - 1) said.onend = () => { button.textContent = '念这一页'; };
      speech.speak(said);
    });
  });
  speech.addEventListener?.('voiceschanged', look);
  look();
})();
