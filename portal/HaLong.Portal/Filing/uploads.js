// Papers go up piece by piece: a line that breaks costs a piece, not the file. What is wrong with a file is said beside it, at once.
const Piece = 256 * 1024, LongestWait = 30000, LongSide = 2400, Looks = 12;

export class Refused extends Error {
  constructor(status, title) {
    super(title);
    this.over = status === 401;
  }
}

const passing = (status) => status === 0 || status === 429 || status === 460 || status >= 500;
// Also where there is no https, as on a machine of one's own.
const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
const name64 = (name) => btoa(String.fromCharCode(...new TextEncoder().encode(name)));

// env: base, call (status, headers, title), pause, progress, broken, stopped, known and remember (the address of an upload that was begun).
export async function upload(blob, name, once, env) {
  let at = env.known(), offset = at ? null : 0, tries = 0;
  const done = () => Math.floor(100 * (offset ?? 0) / blob.size);
  for (;;) {
    if (env.stopped()) {
      if (at) await env.call('DELETE', at).catch(() => undefined);
      env.remember(null);
      return null;
    }
    let answer;
    try {
      if (!at) answer = await env.call('POST', env.base, { 'Upload-Length': blob.size, 'Upload-Metadata': `filename ${name64(name)}`, 'Idempotency-Key': once });
      else if (offset === null) answer = await env.call('HEAD', at);
      else answer = await env.call('PATCH', at, { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' }, blob.slice(offset, offset + Piece));
    } catch {
      answer = { status: 0 };
    }
    if (passing(answer.status)) {
      env.broken(done());
      // How much has come is not known then.
      if (at) offset = null;
      await env.pause(Math.min(LongestWait, 1000 * 2 ** tries++));
    } else if (answer.status === 201) {
      [at, offset] = [answer.headers.get('Location'), 0];
      env.remember(at);
    } else if (answer.status === 409) {
      offset = null;
    } else if (answer.status === 404 && at && tries++ < 3) {
      // Nobody waited for it any more: from the beginning.
      [at, offset, once] = [null, 0, key()];
      env.remember(null);
    } else if (answer.status === 200 || answer.status === 204) {
      offset = Number(answer.headers.get('Upload-Offset'));
      tries = 0;
      env.progress(done());
    } else {
      throw new Refused(answer.status, answer.title);
    }
    if (at && offset === blob.size) {
      env.remember(null);
      return at.split('/').pop();
    }
  }
}

// Told by its first bytes, as the platform does.
export async function isPaper(blob) {
  const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return [[0x25, 0x50, 0x44, 0x46], [0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff]].some((magic) => magic.every((byte, i) => head[i] === byte));
}

// Finished uploads of one paper become a document. Photos become one file.
export async function attach(uploads, join, component, once, env) {
  for (let tries = 0; ; tries++) {
    const body = new URLSearchParams({ component, join, once, __RequestVerificationToken: env.token });
    for (const id of uploads) body.append('upload', id);
    const answer = await env.call('POST', `${env.papers}/uploaded`, {}, body).catch(() => ({ status: 0 }));
    if (answer.status === 201) return answer.id;
    if (!passing(answer.status)) throw new Refused(answer.status, answer.title);
    await env.pause(Math.min(LongestWait, 1000 * 2 ** tries));
  }
}

// A photo of a telephone is larger than any reader needs; what the camera wrote about place and device stays here.
async function smaller(file) {
  if (!file.type.startsWith('image/')) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LongSide / Math.max(image.width, image.height));
    if (scale === 1 && file.size < 1024 * 1024 && /jpeg|png/.test(file.type)) return file;
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
    return made && made.size < file.size ? new File([made], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

function start(all) {
  const { uploads: base, papers, ...words } = all.dataset;
  const form = document.getElementById('papers'), token = form.elements.__RequestVerificationToken.value;
  const who = document.getElementById('session').dataset.who;
  const busy = new Set(), pages = new Map();
  const pause = (ms) => new Promise((resolve) => { const timer = setTimeout(resolve, ms); window.addEventListener('online', () => { clearTimeout(timer); resolve(); }, { once: true }); });
  const tell = (name) => document.dispatchEvent(new Event(name));
  const say = (line, text, bad = false) => {
    const p = line.querySelector('[data-words]');
    p.textContent = text;
    p.className = bad ? 'ds-validation-message' : 'muted';
    if (bad) p.dataset.color = 'danger';
  };

  async function call(method, address, headers = {}, body = undefined) {
    const answer = await fetch(address, { method, headers: { ...headers, RequestVerificationToken: token }, body, redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || answer.status === 401) return { status: 401 };
    tell('session-alive');
    return { ...(method === 'HEAD' || answer.status === 204 ? {} : await answer.json().catch(() => ({}))), status: answer.status, headers: answer.headers };
  }

  const env = { base, papers, token, call, pause };

  function lineFor(card, name) {
    const line = document.getElementById('sending').content.firstElementChild.cloneNode(true);
    line.querySelector('[data-name]').textContent = name;
    card.querySelector('[data-sent]').append(line);
    return line;
  }

  function fail(line, error) {
    line.querySelector('progress').hidden = true;
    line.querySelector('button').onclick = () => line.remove();
    if (error.over) tell('session-over');
    say(line, error.over ? words.over : error.message, true);
  }

  // The id of the finished upload; null when it was given up or refused.
  async function send(card, file, line) {
    let stopped = false;
    line.querySelector('button').onclick = () => { stopped = true; line.remove(); };
    const blob = await smaller(file);
    if (!(await isPaper(blob))) {
      fail(line, new Refused(415, words.type));
      return null;
    }
    const memory = `typed:${who}:${base}:${card.dataset.component}:${file.name}:${file.size}:${file.lastModified}:${blob.size}`;
    try {
      return await upload(blob, blob.name ?? file.name, key(), {
        ...env, stopped: () => stopped, known: () => sessionStorage.getItem(memory),
        remember: (at) => (at ? sessionStorage.setItem(memory, at) : sessionStorage.removeItem(memory)),
        broken: (percent) => say(line, words.broken.replace('{0}', percent)),
        progress: (percent) => { line.querySelector('progress').value = percent; if (line.querySelector('[data-words]').textContent !== words.sending) say(line, words.sending); },
      });
    } catch (error) {
      fail(line, error);
      return null;
    }
  }

  async function keep(card, ids, join, lines) {
    for (const line of lines) say(line, words.looking);
    let shown = lines[0];
    for (const line of lines.slice(1)) line.remove();
    try {
      const id = await attach(ids, join, card.dataset.component, key(), env);
      for (let look = 0; look < Looks; look++) {
        const answer = await fetch(`${papers}/${id}`, { redirect: 'manual' });
        if (!answer.ok) break;
        const item = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-paper]');
        shown.replaceWith(item);
        shown = item;
        if (item.dataset.state !== 'pending') break;
        await pause(1000);
      }
    } catch (error) {
      if (shown.querySelector('progress')) fail(shown, error);
    }
  }

  // One after the other: a slow line is not shared.
  let queue = Promise.resolve();
  const later = (work) => { const mine = queue = queue.then(work); busy.add(mine); mine.finally(() => busy.delete(mine)); };

  function choose(card, files) {
    const [photos, others] = [files.filter((f) => f.type.startsWith('image/')), files.filter((f) => !f.type.startsWith('image/'))];
    for (const group of [...others.map((f) => [f]), photos].filter((g) => g.length > 0)) {
      const lines = group.map((f) => lineFor(card, f.name));
      later(async () => {
        const sent = [];
        for (const [i, file] of group.entries()) {
          const id = await send(card, file, lines[i]);
          if (id) sent.push([id, lines[i]]);
        }
        if (sent.length > 0) await keep(card, sent.map(([id]) => id), group === photos, sent.map(([, line]) => line));
      });
    }
  }

  // Photo by photo: pages wait until the person says that these are all.
  function shoot(card, file) {
    const taken = pages.get(card) ?? [];
    pages.set(card, taken);
    const line = lineFor(card, words.page.replace('{0}', taken.length + 1));
    const page = { line, id: null };
    taken.push(page);
    show(card);
    later(async () => {
      page.id = await send(card, file, line);
      const remove = line.querySelector('button');
      const stop = remove.onclick;
      remove.onclick = (event) => { stop?.(event); line.remove(); taken.splice(taken.indexOf(page), 1); show(card); };
      if (page.id) say(line, words.ready);
      else taken.splice(taken.indexOf(page), 1);
      show(card);
    });
  }

  function show(card) {
    const count = pages.get(card)?.length ?? 0;
    const [button, done] = [card.querySelector('[data-shoot]'), card.querySelector('[data-done]')];
    button.dataset.first ??= button.innerHTML;
    if (count > 0) button.textContent = words.next;
    else button.innerHTML = button.dataset.first;
    done.hidden = count === 0;
    done.textContent = words.join.replace('{0}', count);
  }

  function join(card) {
    later(async () => {
      const taken = (pages.get(card) ?? []).filter((p) => p.id);
      pages.delete(card);
      show(card);
      if (taken.length > 0) await keep(card, taken.map((p) => p.id), true, taken.map((p) => p.line));
    });
  }

  for (const card of document.querySelectorAll('[data-component]')) {
    const [files, camera] = card.querySelectorAll('input[type=file]');
    files.addEventListener('change', () => { choose(card, [...files.files]); files.value = ''; });
    camera.addEventListener('change', () => { for (const file of camera.files) shoot(card, file); camera.value = ''; });
    card.querySelector('[data-shoot]').addEventListener('click', () => camera.click());
    card.querySelector('[data-done]').addEventListener('click', () => join(card));
    // A camera that photographs papers is in a hand.
    card.querySelector('[data-scripted]').hidden = !matchMedia('(pointer: coarse)').matches;
  }
  // Files go up when they are chosen.
  document.querySelector('[data-plain]').hidden = true;
  form.addEventListener('submit', async (event) => {
    for (const card of pages.keys()) join(card);
    if (busy.size === 0) return;
    event.preventDefault();
    await queue;
    // Something is wrong with a file: the person looks at it first.
    if (!document.querySelector('[data-sent] progress[hidden]')) form.requestSubmit(event.submitter);
  });
  window.addEventListener('beforeunload', (event) => { if (busy.size > 0 || pages.size > 0) event.preventDefault(); });
}

if (typeof document !== 'undefined') start(document.getElementById('all-papers'));
