// Adds up while somebody counts, and says the change. The page works without it: the API reckons anyway.
export const amount = (text) => /^[\d.,\s]*$/.test(text) ? Number(text.replace(/\D/g, '')) : NaN;
export const money = (dong) => `${String(dong).replace(/\B(?=(\d{3})+$)/g, '.')} đ`;
export const sum = (fields) => fields.reduce((all, f) => all + amount(f.value) * Number(f.dataset.value), 0);

function say(scope, text) {
  const line = scope.querySelector('[data-total]');
  line.hidden = text === null;
  if (text !== null) line.querySelector('output').textContent = text;
}

export function watch(page) {
  for (const notes of page.querySelectorAll('[data-sum]')) {
    const fields = [...notes.querySelectorAll('[data-value]')];
    const show = () => { const total = sum(fields); say(notes, Number.isFinite(total) ? money(total) : null); };
    notes.addEventListener('input', show);
    show();
  }
  for (const form of page.querySelectorAll('[data-change]')) {
    form.addEventListener('input', () => {
      const change = amount(form.elements.handed.value) - Number(form.dataset.change);
      say(form, change >= 0 ? money(change) : null);
    });
  }
}

if (typeof document !== 'undefined') watch(document);
