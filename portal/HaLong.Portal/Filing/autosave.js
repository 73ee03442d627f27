// What is typed is saved a second after the last key. Until then it is kept in this tab, for whoever is signed in, and put back after a reload or a new
// sign-in. Only fields that were touched are sent: what another tab did to other fields stays.
const Pause = 1000, Slow = 800, LongestWait = 60000;

// The values of all fields by name: as they are, or as the page came.
export function read(form, asItCame = false) {
  const all = {};
  for (const e of form.elements) {
    if (!e.name?.startsWith('/')) continue;
    const values = all[e.name] ??= [];
    if (e.type === 'radio' || e.type === 'checkbox') {
      if (asItCame ? e.defaultChecked : e.checked) values.push(e.value);
    } else if (asItCame && e.options) {
      values.push(([...e.options].find((o) => o.defaultSelected) ?? e.options[0])?.value ?? '');
    } else {
      values.push(asItCame ? e.defaultValue : e.value);
    }
  }
  return all;
}

export const differing = (before, after) => Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

export function put(form, fields) {
  for (const e of form.elements) {
    const values = fields[e.name];
    if (!values) continue;
    if (e.type === 'radio' || e.type === 'checkbox') e.checked = values.includes(e.value);
    else e.value = values[0] ?? '';
  }
}

// line: where it is said how things stand. box: what to do when two changed the same field.
// env: store (of this tab), send, later, never, tell (other scripts), more (the form asks something else now), reload.
export function autosave(form, line, box, env) {
  const key = `typed:${env.who}:${form.dataset.autosave}`;
  const hidden = form.elements.version;
  let saved = read(form, true), version = form.dataset.version, asked = form.dataset.asked;
  let timer, busy = false, tries = 0, held = false, sent = false;

  const say = (kind, word = '') => { [line.textContent, line.dataset.state] = [(line.dataset[kind] ?? word).replace('{0}', word), kind]; };
  const touched = () => differing(saved, read(form));
  const move = (to) => { version = hidden.value = to; };
  const plan = (wait) => { env.never(timer); timer = env.later(() => save(), wait); };

  function keep() {
    const [now, names] = [read(form), touched()];
    if (names.length === 0) env.store.removeItem(key);
    else env.store.setItem(key, JSON.stringify({ version, sent, fields: Object.fromEntries(names.map((n) => [n, now[n]])) }));
  }

  function body(now, names) {
    const fields = new URLSearchParams({ version, scripted: 'true', __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
    for (const [name, values] of Object.entries(now)) for (const value of values) fields.append(name, value);
    for (const name of names) fields.append('changed', name);
    return fields;
  }

  async function save(isLast = false) {
    const [now, names] = [read(form), touched()];
    if (held || sent || names.length === 0 || busy) return;
    env.never(timer);
    busy = true;
    const slow = env.later(() => say('saving'), Slow);
    let answer;
    try {
      answer = await env.send(form.dataset.autosave, body(now, names), isLast);
    } catch {
      answer = { status: 0 };
    }
    env.never(slow);
    busy = false;
    take(answer, now, names);
  }

  function take(answer, now, names) {
    if (answer.status === 200) {
      for (const name of names) saved[name] = now[name];
      move(answer.version);
      tries = 0;
      show(answer.fields);
      keep();
      say('saved', answer.at);
      env.tell('session-alive');
      if (String(answer.asked) !== asked) {
        asked = String(answer.asked);
        env.more();
      }
      if (touched().length > 0) plan(Pause);
    } else if (answer.status === 401) {
      held = true;
      say('over');
      env.tell('session-over');
    } else if (answer.status === 412 && answer.conflicts?.length > 0) {
      held = true;
      collide(answer);
    } else if (answer.status === 0 || answer.status >= 500 || answer.status === 429) {
      say('failed');
      plan(Math.min(LongestWait, 5000 * 2 ** tries++));
    } else {
      // Said once; the next key tries again.
      say('refused', answer.title);
    }
  }

  // What others did to fields that are not touched here.
  function show(fields = {}) {
    const busyWith = new Set(touched());
    const theirs = Object.fromEntries(Object.entries(fields).filter(([name]) => saved[name] && !busyWith.has(name)).map(([name, value]) => [name, value === '' && saved[name].length === 0 ? [] : [value]]));
    put(form, theirs);
    Object.assign(saved, Object.fromEntries(Object.keys(theirs).map((name) => [name, read(form)[name]])));
  }

  function collide(answer) {
    say('conflict');
    box.querySelector('ul').replaceChildren(...answer.conflicts.map((c) => env.item(`${c.label}: ${c.theirs ?? '…'}`)));
    box.hidden = false;
    const settle = (takeTheirs) => () => {
      if (takeTheirs && answer.conflicts.some((c) => c.theirs === null)) {
        env.store.removeItem(key);
        return env.reload();
      }
      if (takeTheirs) {
        const theirs = Object.fromEntries(answer.conflicts.map((c) => [c.name, c.theirs === '' ? [] : [c.theirs]]));
        put(form, theirs);
        Object.assign(saved, Object.fromEntries(Object.keys(theirs).map((name) => [name, read(form)[name]])));
      }
      move(answer.version);
      [held, box.hidden] = [false, true];
      // The buttons are gone: on with the field that they were about.
      [...form.elements].find((e) => e.name === answer.conflicts[0].name)?.focus?.();
      keep();
      if (touched().length === 0) say('taken');
      return save();
    };
    box.querySelector('[data-mine]').onclick = settle(false);
    box.querySelector('[data-theirs]').onclick = settle(true);
  }

  const before = JSON.parse(env.store.getItem(key) ?? 'null');
  hidden.value = version;
  // A form that was sent and saved comes back with another version: then nothing is missing.
  if (before && !(before.sent && before.version !== version)) {
    put(form, before.fields);
    move(before.version);
    if (touched().length > 0) {
      say('restored');
      plan(Pause);
    }
  }
  keep();

  return {
    save,
    // The form asks something else: what came with it is as saved as the rest.
    asksOther: () => { saved = { ...read(form, true), ...saved }; },
    typed: () => { keep(); if (!held) plan(Pause); },
    back: () => { sent = false; tries = 0; save(); },
    submitting: () => {
      env.never(timer);
      const names = touched();
      sent = true;
      keep();
      return names;
    },
  };
}

// Questions that an answer brought or took away, out of the page as the server shows it now.
export function refresh(form, fresh) {
  let last = form.querySelector('[data-questions]');
  const wanted = new Set([...fresh.querySelectorAll('[data-field]')].map((q) => q.dataset.field));
  for (const old of form.querySelectorAll('[data-field]')) if (!wanted.has(old.dataset.field)) old.remove();
  for (const question of fresh.querySelectorAll('[data-field]')) {
    const here = [...form.querySelectorAll('[data-field]')].find((q) => q.dataset.field === question.dataset.field);
    if (!here) last.after(question);
    last = here ?? question;
  }
  form.elements.asked.value = fresh.elements.asked.value;
}

if (typeof document !== 'undefined') {
  const form = document.querySelector('form[data-autosave]');
  const line = document.getElementById('saving');
  const keeper = autosave(form, line, document.getElementById('collision'), {
    who: document.getElementById('session').dataset.who, store: sessionStorage, later: setTimeout.bind(window), never: clearTimeout.bind(window),
    tell: (name) => document.dispatchEvent(new Event(name)), reload: () => location.reload(),
    item: (text) => Object.assign(document.createElement('li'), { textContent: text }),
    send: async (address, body, keepalive) => {
      // A sign-in that is asked for is an answer, not a page to follow.
      const answer = await fetch(address, { method: 'POST', body, keepalive, redirect: 'manual' });
      if (answer.type === 'opaqueredirect') return { status: 401 };
      return { ...(await answer.json().catch(() => ({}))), status: answer.status };
    },
    more: async () => {
      const answer = await fetch(location.pathname, { redirect: 'manual' });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      refresh(form, page.querySelector('form[data-autosave]'));
      keeper.asksOther();
    },
  });
  line.hidden = false;
  form.addEventListener('input', keeper.typed);
  form.addEventListener('change', keeper.typed);
  form.addEventListener('submit', () => {
    for (const [name, value] of [['scripted', 'true'], ...keeper.submitting().map((n) => ['changed', n])]) {
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
  });
  document.addEventListener('visibilitychange', () => { if (document.hidden) keeper.save(true); });
  window.addEventListener('pagehide', () => keeper.save(true));
  window.addEventListener('online', keeper.back);
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const old of form.querySelectorAll('input[name=scripted], input[name=changed]')) old.remove();
    keeper.back();
  });
}
