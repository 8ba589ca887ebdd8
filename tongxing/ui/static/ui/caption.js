// A bar with the name of what has the focus or the pointer, in big letters. For the eye alone; a screen reader has the name.
(() => {
  const bar = document.createElement('div');
  bar.className = 'caption';
  bar.setAttribute('aria-hidden', 'true');
  document.body.append(bar);
  const heard = el => el.getAttribute('aria-label') || [...(el.labels || [])].map(label => label.textContent).join(' ')
    || el.textContent || el.getAttribute('title') || '';
  const show = event => {
    const el = event.target.closest?.('a, button, summary, input, select, textarea, label');
    if (el) bar.textContent = heard(el).replace(/\s+/g, ' ').trim().slice(0, 40);
  };
  document.addEventListener('focusin', show);
  document.addEventListener('pointerover', show);
})();
