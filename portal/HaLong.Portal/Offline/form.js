// Reads and writes the data of a form as its definition says; the same rules as on the server.
const parts = (pointer) => pointer.split('/').slice(1);

export const at = (data, pointer) => parts(pointer).reduce((node, part) => node?.[part], data);

export function set(data, pointer, value) {
  const path = parts(pointer), last = path.pop();
  const node = path.reduce((to, part, i) => (to[part] ??= /^\d+$/.test(path[i + 1] ?? last) ? [] : {}), data);
  if (value === undefined) delete node[last];
  else node[last] = value;
}

export const holds = (when, data) => !when || when.in.some((v) => v === at(data, when.field));

export const sections = (form, data) => form.sections.filter((s) => holds(s.when, data));

export const fields = (section, data) => section.fields.filter((f) => holds(f.when, data));

export function typeOf(schema, pointer) {
  const resolve = (node) => (node?.$ref ? schema.$defs?.[node.$ref.slice('#/$defs/'.length)] : node);
  const node = parts(pointer).reduce((from, part) => (part === '*' || /^\d+$/.test(part) ? resolve(from)?.items : resolve(from)?.properties?.[part]), schema);
  return resolve(node)?.type ?? 'string';
}

// What was typed, as the form wants it; what is no number stays a text, and is told off on line.
export function typed(type, text) {
  const t = String(text ?? '').trim();
  if (t === '') return undefined;
  if (type === 'boolean') return t === 'true';
  if (type === 'integer') return /^-?\d+$/.test(t.replace(/[. ]/g, '')) ? Number(t.replace(/[. ]/g, '')) : t;
  if (type === 'number') return /^-?\d+([.,]\d+)?$/.test(t) ? Number(t.replace(',', '.')) : t;
  return t;
}

// Without the items of lists of which nothing is filled in.
export function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy).filter((v) => v !== undefined && !(typeof v === 'object' && Object.keys(v).length === 0));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, tidy(v)]).filter(([, v]) => v !== undefined));
  return value ?? undefined;
}

// The change from one state to the other as a merge patch; undefined for none.
export function patch(from, to) {
  if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
  const isObject = (v) => v && typeof v === 'object' && !Array.isArray(v);
  if (!isObject(from) || !isObject(to)) return to === undefined ? null : to;
  const change = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const part = patch(from[name], to[name]);
    if (part !== undefined) change[name] = part;
  }
  return Object.keys(change).length > 0 ? change : undefined;
}
