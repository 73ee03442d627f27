// The keyboard on pages of officials: keys press what stands on the page and do nothing else. They can be switched off.
const isOff = () => localStorage.getItem('keys') === 'off';
const isTyping = (e) => e.matches?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

/** The row after or before the one with the focus; the first when none has it. */
export function step(rows, active, by) {
  const at = rows.indexOf(active);
  return at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
}

/** What a key does; true when it did something. */
export function press(page, key) {
  const rows = [...page.querySelectorAll('[data-row]')];
  const active = page.activeElement;
  const by = { j: 1, k: -1 }[key] ?? (rows.includes(active) ? { ArrowDown: 1, ArrowUp: -1 }[key] : undefined);
  if (by && rows.length) {
    step(rows, active, by).focus();
    return true;
  }
  if (key === 'x' && rows.includes(active)) {
    active.closest('tr')?.querySelector('input[type=checkbox]')?.click();
    return true;
  }
  const dialog = page.getElementById('keys');
  if (key === '?' && dialog) {
    dialog.showModal();
    return true;
  }
  const target = /^[a-z/]$/.test(key) && page.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.matches('input, textarea')) target.focus();
  else target.click();
  return true;
}

export function listen(page) {
  const open = page.getElementById('keys-open');
  if (open) {
    open.hidden = false;
    open.addEventListener('click', () => page.getElementById('keys').showModal());
    const on = page.getElementById('keys-on');
    on.checked = !isOff();
    on.addEventListener('change', () => localStorage.setItem('keys', on.checked ? 'on' : 'off'));
  }
  page.addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || isOff() || isTyping(e.target) || page.querySelector('dialog[open]')) return;
    if (press(page, e.key)) e.preventDefault();
  });
}

if (globalThis.document) listen(document);
