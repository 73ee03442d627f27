// A form that changes something is sent once: further presses do nothing until there is an answer, or the person comes back to the page.
const Patience = 20000;

export function guard(document, later, never) {
  const sent = new Map();
  const buttons = (form) => [...form.elements].filter((e) => e.type === 'submit');
  const free = (form) => {
    never(sent.get(form));
    sent.delete(form);
    for (const button of buttons(form)) button.removeAttribute('aria-disabled');
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute('method') !== 'post') return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    // Marked and not switched off: a button that is switched off is not sent, and loses the focus.
    for (const button of buttons(form)) button.setAttribute('aria-disabled', 'true');
    // A download, or a line that broke, leaves the page as it is.
    sent.set(form, later(() => free(form), Patience));
  });
  return { free: () => [...sent.keys()].forEach(free) };
}

if (typeof document !== 'undefined') {
  const forms = guard(document, setTimeout.bind(window), clearTimeout.bind(window));
  window.addEventListener('pageshow', forms.free);
}
