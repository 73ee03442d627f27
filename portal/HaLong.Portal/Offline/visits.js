// The page of the visits: opens the lock, shows what is there, keeps what is typed, and sends it when there is a network.
import { Locker, openDatabase } from './store.js';
import { settle, sync } from './sync.js';
import { button, drawConflicts, drawForm, element, fill, set } from './view.js';

const idle = 5 * 60_000, longestEdge = 2000;

export function start(root) {
  const words = root.dataset, lang = words.lang;
  const $ = (id) => root.querySelector(`#${id}`);
  const parts = ['stranger', 'new-lock', 'unlock', 'open', 'draft'];
  const channel = new BroadcastChannel('halong-visits');
  let locker, draft, form, saving = Promise.resolve(), timer, busy = false;

  const say = (text = '') => { $('said').textContent = text; };
  const trouble = (text) => {
    $('trouble').replaceChildren(...(text ? [element('p', { textContent: text })] : []));
    $('trouble').hidden = !text;
  };
  const show = (...shown) => parts.forEach((part) => { $(part).hidden = !shown.includes(part); });
  // Whatever goes wrong is said; a full device in words of its own.
  const guard = (act) => async (event) => {
    event?.preventDefault?.();
    trouble();
    try {
      await act(event);
    } catch (error) {
      if (error.message !== 'locked') trouble(error.name === 'QuotaExceededError' ? words.full : `${error.name}: ${error.message}`);
    }
  };
  const stay = () => { clearTimeout(timer); if (locker?.isOpen) timer = setTimeout(lock, idle); };

  async function lock(said = words.locked) {
    await saving.catch(() => {});
    locker?.lock();
    [draft, form] = [null, null];
    // Nothing of it stays in the page either.
    for (const id of ['drafts', 'forms', 'sections', 'papers']) $(id).replaceChildren();
    root.querySelectorAll('form').forEach((f) => f.reset());
    say(said);
    await choose();
  }

  async function choose() {
    const owner = words.owner || localStorage.getItem('visits-owner');
    if (!owner) return show('stranger');
    if (words.owner) localStorage.setItem('visits-owner', words.owner);
    if (locker?.owner !== owner) locker = new Locker(await openDatabase(), owner);
    const state = await locker.state();
    show({ new: 'new-lock', locked: 'unlock', open: 'open' }[state]);
    if (state === 'open') await list();
  }

  async function room() {
    const { quota = 0, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
    const persisted = await navigator.storage?.persist?.() ?? false;
    $('room').textContent = fill(words.room, Math.round((quota - usage) / (1 << 20)), persisted ? words.persisted : words.fleeting);
  }

  async function list() {
    const [drafts, forms] = [await locker.all('draft'), await locker.all('form')];
    const none = () => element('li', { className: 'muted', textContent: words.none });
    $('drafts').replaceChildren(...(drafts.length ? drafts.map((d) => drawDraft(d, forms.find((f) => f.code === d.code))) : [none()]));
    $('forms').replaceChildren(...(forms.length ? forms.map((f) => element('li', { className: 'row spread' }, element('span', { textContent: f.name }), element('span', { className: 'row' },
      button(words.new, guard(() => begin(f)), 'primary'), button(words.drop, guard(async () => { await locker.remove(f); await list(); }), 'tertiary')))) : [none()]));
    await room();
  }

  function drawDraft(d, f) {
    const line = element('li', { className: 'ds-card stack' }, element('p', { className: 'row spread' },
      element('strong', { textContent: `${d.citizen.name || '…'} · ${d.name}` }), element('span', { className: 'ds-tag', textContent: words[`state${d.state[0].toUpperCase()}${d.state.slice(1)}`] ?? d.state })),
    element('p', { className: 'muted', textContent: fill(words.photos, d.photos.length) }));
    if (d.trouble) line.append(element('p', { className: 'ds-validation-message', textContent: [d.trouble.title, ...Object.values(d.trouble.errors ?? {}).flat()].join(' ') }));
    if (d.state === 'consent' && d.sync?.session) line.append(element('p', {}, element('a', { className: 'ds-link', href: `/helping/${d.sync.session}`, textContent: words.session })));
    if (d.state === 'duplicate') {
      line.append(element('p', { textContent: fill(words.same, d.duplicates.map((o) => o.code).join(', ')) }),
        button(words.nonetheless, guard(async () => { await locker.save('draft', { ...d, state: 'ready', sync: { ...d.sync, single: true } }); await send(); })));
    }
    if (d.state === 'conflict') line.append(drawConflicts(d, f?.form, words, lang, guardless(async (choices) => { await locker.save('draft', settle(d, choices)); await send(); })));
    line.append(element('p', { className: 'row' }, button(words.edit, guard(() => edit(d, f))),
      button(words.drop, guard(async () => { if (confirm(words.remove)) { await locker.remove(d); await list(); } }), 'tertiary')));
    return line;
  }

  const guardless = (act) => (value) => guard(() => act(value))();

  const begin = (f) => edit({
    id: crypto.randomUUID(), key: crypto.randomUUID(), code: f.code, name: f.name, state: 'draft', citizen: { number: '', name: '' }, address: '', purpose: f.name.slice(0, 200), unit: '', subject: '', data: {}, photos: [], sync: {},
  }, f);

  async function edit(d, f) {
    if (busy) return;
    [draft, form] = [d, f];
    show('draft');
    $('draft-name').textContent = d.name;
    $('d-unit').replaceChildren(element('option', { value: '', textContent: words.choose }), ...(f?.units ?? []).map((u) => element('option', { value: u.code, textContent: u.name })));
    for (const input of $('draft').querySelectorAll('[name]')) if (!input.name.startsWith('f-')) input.value = input.name.split('.').reduce((o, k) => o?.[k], d) ?? '';
    draw();
    await drawPapers();
    $('draft-name').focus();
  }

  const draw = () => drawForm($('sections'), form?.form, draft, form?.units ?? [], words, lang, (pointer, value, redraw) => {
    set(draft.data, pointer, value);
    keep();
    if (redraw) draw();
  });

  // One after the other, the newest last.
  function keep(more = {}) {
    stay();
    Object.assign(draft, more);
    const now = { ...structuredClone(draft), state: ['conflict', 'duplicate'].includes(draft.state) ? draft.state : 'ready' };
    saving = saving.catch(() => {}).then(() => locker.save('draft', now)).then(() => { $('kept').textContent = words.kept; });
    saving.catch((error) => { $('kept').textContent = ''; trouble(error.name === 'QuotaExceededError' ? words.full : error.message); });
    return saving;
  }

  async function shrink(file) {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longestEdge / Math.max(picture.width, picture.height));
    const canvas = element('canvas', { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    // Drawn anew: where and with which device it was taken is gone, too.
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.82); });
    return new Uint8Array(await blob.arrayBuffer());
  }

  async function take(input, component) {
    for (const file of input.files) {
      let bytes;
      try {
        bytes = await shrink(file);
      } catch {
        trouble(words.unreadable);
        continue;
      }
      const photo = { id: crypto.randomUUID(), key: crypto.randomUUID(), component, type: 'image/jpeg', name: `${component ?? 'consent'}-${draft.photos.length + 1}.jpg`, size: bytes.length };
      await locker.savePhoto(photo.id, bytes);
      await keep(component ? { photos: [...draft.photos, photo] } : { consent: photo });
    }
    input.value = '';
    await drawPapers();
  }

  async function drawPapers() {
    $('papers').replaceChildren(...(form?.components ?? []).map((c) => {
      const id = `p-${c.number}`;
      const input = element('input', { className: 'ds-input', id, type: 'file', accept: 'image/*', multiple: true, attributes: { capture: 'environment' } });
      input.addEventListener('change', guard(() => take(input, c.number)));
      return element('div', { className: 'ds-field' }, element('label', { className: 'ds-label', htmlFor: id, textContent: c.name }), input,
        ...draft.photos.filter((p) => p.component === c.number).map((p) => element('p', { className: 'row spread' }, element('span', { textContent: `${p.name} (${Math.ceil(p.size / 1024)} kB)` }),
          p.sent ? null : button(`${words.drop} ${p.name}`, guard(async () => {
            await locker.removePhoto(p.id);
            await keep({ photos: draft.photos.filter((other) => other.id !== p.id) });
            await drawPapers();
          }), 'tertiary'))));
    }));
    $('consent-kept').textContent = draft.consent ? draft.consent.name : '';
  }

  // The portal, with the token of a form; status 0 without a network, 401 when the sign-in is over.
  let token;
  async function call(method, path, body, isAgain = false) {
    try {
      if (method !== 'GET' && !token) {
        const given = await fetch('/helping/visits/token', { redirect: 'manual' });
        if (given.type === 'opaqueredirect' || given.status === 401) return { status: 401 };
        const answer = await given.json();
        // Somebody else has signed in since: the drafts here are not his to send.
        if (answer.owner !== locker.owner) return { status: 401 };
        token = answer.token;
      }
      const headers = method === 'GET' ? {} : { RequestVerificationToken: token };
      let content;
      if (body?.file) {
        content = new FormData();
        for (const [name, value] of Object.entries(body)) if (!['file', 'type'].includes(name)) content.append(name, value);
        content.append('file', new Blob([body.file], { type: body.type }), body.name ?? 'scan.jpg');
      } else if (body) {
        headers['Content-Type'] = 'application/json';
        content = JSON.stringify(body);
      }
      const answer = await fetch(path, { method, headers, body: content, redirect: 'manual' });
      if (answer.type === 'opaqueredirect') return { status: 401 };
      // In whose name forms are shown has changed.
      if (path.endsWith('/enter')) token = null;
      if (!answer.headers.get('Content-Type')?.includes('json')) {
        token = null;
        return answer.status === 400 && method !== 'GET' && !isAgain ? call(method, path, body, true) : { status: answer.status };
      }
      return { status: answer.status, ...await answer.json() };
    } catch {
      return { status: 0 };
    }
  }

  async function send() {
    if (busy) return;
    busy = true;
    token = null;
    const links = [];
    try {
      for (const waiting of await locker.all('draft')) {
        if (['conflict', 'duplicate', 'draft'].includes(waiting.state)) continue;
        const after = await sync(waiting, locker, call);
        if (after.state === 'done') links.push(element('li', {}, element('a', { className: 'ds-link', href: `/helping/${after.sync.session}`, textContent: fill(words.go, after.citizen.name) })));
        if (after.state === 'later' || after.state === 'signIn') {
          trouble(after.state === 'later' ? after.trouble?.title ?? words.offline : words.stateSignIn);
          break;
        }
      }
    } finally {
      busy = false;
      if (locker.isOpen) {
        await list();
        if (links.length) $('drafts').prepend(...links);
      }
    }
  }

  const leave = (wait) => trouble(wait < 0 ? words.wrong : fill(words.wait, Math.ceil(wait / 1000)));
  $('new-lock').addEventListener('submit', guard(async () => {
    if ($('new-pass').value !== $('new-again').value) return trouble(words.differ);
    const made = await locker.create($('new-pass').value);
    if (made === 'weak') return trouble(words.weak);
    $('new-lock').reset();
    stay();
    return choose();
  }));
  $('unlock').addEventListener('submit', guard(async () => {
    const wait = await locker.unlock($('pass').value);
    $('unlock').reset();
    if (wait !== 0) return leave(wait);
    say();
    stay();
    return choose();
  }));
  $('change-lock').addEventListener('submit', guard(async () => {
    const changed = await locker.changePassphrase($('old-pass').value, $('next-pass').value);
    $('change-lock').reset();
    if (changed === 'changed') say(words.changed);
    else trouble(changed === 'weak' ? words.weak : words.wrong);
  }));
  $('draft').addEventListener('submit', guard(async () => { await keep(); draft = null; await choose(); }));
  $('draft').addEventListener('input', (event) => {
    const path = event.target.name?.split('.') ?? [];
    if (!draft || !path[0] || path[0].startsWith('f-')) return;
    if (path.length === 2) draft[path[0]][path[1]] = event.target.value;
    else draft[path[0]] = event.target.value;
    keep();
  });
  $('consent-photo').addEventListener('change', guard(() => take($('consent-photo'), undefined)));
  $('find').addEventListener('submit', guard(async () => {
    const found = await fetch(`/helping/visits/procedures?q=${encodeURIComponent($('q').value)}`, { redirect: 'manual' }).catch(() => null);
    if (!found?.ok) return trouble(found ? words.stateSignIn : words.offline);
    return $('found').replaceChildren(...(await found.json()).map((p) => element('li', { className: 'row spread' }, element('span', { textContent: p.name }),
      button(words.get, guard(async () => {
        const got = await fetch(`/helping/visits/forms/${encodeURIComponent(p.code)}`, { redirect: 'manual' }).catch(() => null);
        if (!got?.ok) return trouble(words.offline);
        const { value } = await got.json();
        await locker.save('form', { ...value, id: `${locker.owner}-${value.id}` });
        return list();
      })))));
  }));
  root.addEventListener('click', (event) => {
    const acts = { lock: () => lock(), sync: send, forget: async () => { if (confirm(words.forget)) { await locker.forget(); await choose(); } } };
    const act = acts[event.target.dataset?.do];
    if (act) guard(act)(event);
  });
  root.addEventListener('pointerdown', stay);
  root.addEventListener('keydown', stay);
  addEventListener('pagehide', () => locker?.lock());
  addEventListener('pageshow', (event) => { if (event.persisted) lock(); });
  addEventListener('online', () => { if (locker?.isOpen && !draft) guard(send)(); });
  channel.addEventListener('message', () => { delete words.owner; locker?.lock(); lock(); });

  return globalThis.crypto?.subtle && globalThis.indexedDB ? guard(choose)() : trouble(words.unsupported);
}

const root = globalThis.document?.getElementById('visits');
if (root) start(root);
