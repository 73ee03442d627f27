// Brings a draft to the server, step by step. What is done is written down before the next step begins, and each step has a key under which it has its
// effect once: cut off anywhere and begun again, nothing happens twice and nothing is left out.
import { at, patch, set, tidy } from './form.js';

// The visits' side of the portal: call(method, path, body) answers { status, value, version, trouble, conflicts }.
// The outcome: done, consent (the citizen has to agree first), duplicate, conflict, refused, over (the session), later (no network, or busy) or signIn.
export async function sync(draft, locker, call) {
  const note = async (change) => { draft = await locker.save('draft', { ...draft, ...change, sync: { ...draft.sync, ...change.sync } }); };
  const end = async (state, more) => {
    await note({ state, trouble: null, conflicts: null, duplicates: null, ...more });
    return draft;
  };
  const stop = (answer) => {
    if (answer.status === 401) return end('signIn');
    if (answer.status === 0 || answer.status === 429 || answer.status >= 500) return end('later', { trouble: answer.trouble ?? null });
    return end('refused', { trouble: answer.trouble ?? { title: String(answer.status) } });
  };
  const isGood = (answer) => answer.status >= 200 && answer.status < 300;

  // 1. The citizen is asked: by a code, or with the paper that was signed at home.
  if (!draft.sync?.session) {
    const asked = await call('POST', '/helping/visits/session', {
      number: draft.citizen.number, name: draft.citizen.name, purpose: draft.purpose, address: draft.address, dossier: draft.sync?.dossier, once: `${draft.key}-ask`,
    });
    if (!isGood(asked)) return refuse(asked);
    await note({ sync: { session: asked.value.id } });
  }

  // 2. The consent.
  let session = await call('GET', `/helping/visits/session/${draft.sync.session}`);
  if (!isGood(session)) return session.status === 404 ? askAgain() : stop(session);
  if (session.value.state === 'awaitingConsent' && draft.consent && !draft.sync.paper) {
    const paper = await locker.photo(draft.consent.id);
    const sent = paper ? await call('POST', `/helping/visits/session/${draft.sync.session}/paper`, { file: paper, type: draft.consent.type }) : { status: 0 };
    // 409: it arrived, and the answer did not.
    if (!isGood(sent) && sent.status !== 409) return stop(sent);
    await note({ sync: { paper: true } });
    session = await call('GET', `/helping/visits/session/${draft.sync.session}`);
    if (!isGood(session)) return stop(session);
  }
  if (session.value.state === 'awaitingConsent' || session.value.state === 'awaitingWitness') return end('consent');
  if (session.value.state !== 'active') return askAgain();
  const entered = await call('POST', `/helping/visits/session/${draft.sync.session}/enter`, {});
  if (!isGood(entered)) return stop(entered);

  // 3. The draft is opened with what was filled in; once more with the very same words, whatever was changed meanwhile.
  if (!draft.sync.dossier) {
    if (!draft.sync.sent) await note({ sync: { sent: { code: draft.code, unit: draft.unit, subject: (draft.subject || draft.name || '').slice(0, 500), data: tidy(draft.data) ?? {} } } });
    const opened = await call('POST', '/helping/visits/draft', { ...draft.sync.sent, once: `${draft.key}-open-${draft.sync.session}` });
    if (!isGood(opened)) {
      if ([400, 409, 422].includes(opened.status)) await note({ sync: { sent: null } });
      return refuse(opened);
    }
    await note({ sync: { dossier: opened.value.id, version: opened.version, known: draft.sync.sent.data } });
  }

  // 4. What was changed on the device since.
  const wanted = tidy(draft.data) ?? {};
  const change = patch(draft.sync.known ?? {}, wanted);
  if (change !== undefined) {
    const saved = await call('PATCH', `/helping/visits/draft/${draft.sync.dossier}`, { data: change, version: draft.sync.version });
    if (saved.status === 412 && saved.conflicts?.length > 0) return end('conflict', { conflicts: saved.conflicts, sync: { current: saved.version } });
    if (!isGood(saved)) return stop(saved);
    await note({ sync: { version: saved.version, known: wanted } });
  }

  // 5. Was it filed before?
  if (!draft.sync.single) {
    const others = await call('GET', `/helping/visits/draft/${draft.sync.dossier}/duplicates`);
    if (!isGood(others)) return stop(others);
    if (others.value.items.length > 0) return end('duplicate', { duplicates: others.value.items });
    await note({ sync: { single: true } });
  }

  // 6. Papers, each once.
  for (const photo of draft.photos.filter((p) => !p.sent)) {
    const bytes = await locker.photo(photo.id);
    if (bytes) {
      const sent = await call('POST', `/helping/visits/draft/${draft.sync.dossier}/photos`, { file: bytes, type: photo.type, component: photo.component, name: photo.name, once: photo.key });
      if (!isGood(sent)) return stop(sent);
    }
    await note({ photos: draft.photos.map((p) => (p.id === photo.id ? { ...p, sent: true } : p)) });
  }

  // 7. The server has it all: nothing stays on the device.
  const gone = await end('done');
  await locker.remove(gone);
  return gone;

  // What was refused may be put right, and is then another request.
  async function refuse(answer) {
    if (answer.status === 400 || answer.status === 409 || answer.status === 422) await note({ key: crypto.randomUUID() });
    return stop(answer);
  }

  // The hour is over, or the citizen said no: the next sync asks anew, and goes on with the dossier if one was opened.
  function askAgain() {
    return end('over', { key: crypto.randomUUID(), sync: { session: null, paper: false, ...(draft.sync.dossier ? {} : { sent: null }) } });
  }
}

// The fields that two changed, chosen one by one: pointer → mine or theirs. What is chosen is what the next sync sends.
export function settle(draft, choices) {
  const [data, known] = [structuredClone(draft.data), structuredClone(draft.sync.known ?? {})];
  for (const conflict of draft.conflicts) {
    const pointer = conflict.pointer.replace(/^\/data/, '');
    const theirs = conflict.theirs ?? undefined;
    // Both know now what stands there.
    set(known, pointer, theirs);
    if (choices[conflict.pointer] === 'theirs') set(data, pointer, theirs);
    else if (at(data, pointer) === undefined) set(data, pointer, undefined);
  }
  return { ...draft, data, state: 'ready', conflicts: null, sync: { ...draft.sync, known, version: draft.sync.current } };
}
