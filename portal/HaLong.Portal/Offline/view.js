// Shows drafts, forms and conflicts; knows nothing of locks and networks.
import { at, fields, sections, set, typed, typeOf } from './form.js';

export const fill = (text, ...values) => values.reduce((t, v, i) => t.replace(`{${i}}`, v), text);

export function element(name, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) made.setAttribute(key, value);
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

export const button = (text, act, variant = 'secondary') => {
  const made = element('button', { type: 'button', className: 'ds-button', textContent: text, attributes: { 'data-variant': variant, 'data-size': 'sm' } });
  made.addEventListener('click', act);
  return made;
};

const idOf = (pointer) => `f${pointer.replaceAll('/', '-')}`;

// The form as it is to be asked with what is filled in; change(pointer, value) for each answer.
export function drawForm(target, definition, draft, units, words, lang, change) {
  if (!definition) return target.replaceChildren();
  return target.replaceChildren(...sections(definition, draft.data).map((section) => element('fieldset', { className: 'ds-fieldset stack' },
    element('legend', { className: 'ds-label', textContent: section.title[lang] }),
    ...fields(section, draft.data).map((field) => (field.widget === 'list' ? drawList(field) : drawField(field, field.field))))));

  function drawList(field) {
    const count = Math.max(1, at(draft.data, field.field)?.length ?? 0);
    return element('fieldset', { className: 'ds-fieldset stack' }, element('legend', { textContent: field.label[lang] }),
      ...Array.from({ length: count }, (_, i) => element('fieldset', { className: 'ds-card stack' }, element('legend', { textContent: fill(words.item, i + 1) }),
        ...(field.item ?? []).map((item) => drawField(item, item.field.replace('*', i))))),
      button(words.more, () => change(`${field.field}/${count}`, {}, true)));
  }

  function drawField(field, pointer) {
    const id = idOf(pointer), value = at(draft.data, pointer), type = typeOf(definition.schema, field.field);
    const say = (text, redraw) => change(pointer, typed(type, text), redraw);
    const help = field.help ? element('div', { className: 'muted', id: `${id}-help`, textContent: field.help[lang] }) : null;
    const described = { 'aria-describedby': help?.id };
    const options = field.widget === 'unit' ? units.map((u) => [u.code, u.name])
      : Object.entries(field.options ?? { true: { vi: words.yes, en: words.yes }, false: { vi: words.no, en: words.no } }).map(([k, v]) => [k, v[lang]]);
    if (field.widget === 'radio') {
      return element('fieldset', { className: 'ds-fieldset', attributes: described }, element('legend', { className: 'ds-label', textContent: field.label[lang] }), help,
        ...options.map(([key, text]) => {
          const input = element('input', { className: 'ds-input', type: 'radio', name: id, value: key, checked: String(value) === key });
          input.addEventListener('change', () => say(key, true));
          return element('label', { className: 'choice' }, input, element('span', { textContent: text }));
        }));
    }
    if (field.widget === 'checkbox') {
      const input = element('input', { className: 'ds-input', type: 'checkbox', checked: value === true, attributes: described });
      input.addEventListener('change', () => change(pointer, input.checked ? true : undefined, true));
      return element('div', {}, element('label', { className: 'choice' }, input, element('span', { textContent: field.label[lang] })), help);
    }
    const shown = value ?? '';
    let input;
    if (field.widget === 'select' || field.widget === 'unit') {
      input = element('select', { className: 'ds-input', id, attributes: described }, ...[['', words.choose], ...options].map(([key, text]) =>
        element('option', { value: key, textContent: text, selected: String(shown) === key })));
      input.addEventListener('change', () => say(input.value, true));
    } else {
      const types = { date: 'date', email: 'email', phone: 'tel' };
      input = field.widget === 'textarea' ? element('textarea', { className: 'ds-input', id, rows: 4, attributes: described })
        : element('input', { className: 'ds-input', id, type: types[field.widget] ?? 'text', autocomplete: 'off', attributes: described });
      if (['number', 'money', 'personal-number'].includes(field.widget)) input.inputMode = 'numeric';
      input.value = shown;
      input.addEventListener('input', () => say(input.value, false));
      input.addEventListener('change', () => say(input.value, false));
    }
    return element('div', { className: 'ds-field' }, element('label', { className: 'ds-label', htmlFor: id, textContent: field.label[lang] }), help, input);
  }
}

// The label of a field by its pointer into the dossier.
export function labelOf(definition, pointer, lang) {
  const inData = pointer.replace(/^\/data/, '');
  const all = (definition?.sections ?? []).flatMap((s) => s.fields);
  return all.find((f) => f.field === inData || inData.startsWith(`${f.field}/`))?.label[lang] ?? inData;
}

// Each field that two changed, to be chosen one by one; settled(choices) when it is done.
export function drawConflicts(draft, definition, words, lang, settled) {
  const show = (value) => (value === undefined || value === null || value === '' ? words.empty : typeof value === 'object' ? JSON.stringify(value) : String(value));
  const form = element('form', { className: 'stack' }, element('p', { textContent: words.clash }), ...draft.conflicts.map((conflict, i) =>
    element('fieldset', { className: 'ds-fieldset' }, element('legend', { className: 'ds-label', textContent: labelOf(definition, conflict.pointer, lang) }),
      ...[['mine', fill(words.mine, show(at(draft.data, conflict.pointer.replace(/^\/data/, ''))))], ['theirs', fill(words.theirs, show(conflict.theirs))]].map(([value, text]) =>
        element('label', { className: 'choice' }, element('input', { className: 'ds-input', type: 'radio', name: `c${i}`, value, required: true }), element('span', { textContent: text }))))),
  element('p', {}, element('button', { className: 'ds-button', textContent: words.settle })));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = new FormData(form);
    settled(Object.fromEntries(draft.conflicts.map((c, i) => [c.pointer, chosen.get(`c${i}`)])));
  });
  return form;
}

export { set };
