// Drafts of a device on their way to the server: cut off anywhere, changed by two, filed before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './scripts.mjs';

const { settle, sync } = await script('sync.js');
const { holds, patch, sections, set, tidy, typed, typeOf } = await script('form.js');

// The device: what is saved is what is left when the page is closed.
class Device {
  kept = new Map();
  photos = new Map([['p1', new Uint8Array([1])], ['p2', new Uint8Array([2])], ['c', new Uint8Array([9])]]);
  async save(_, draft) { this.kept.set(draft.id, structuredClone(draft)); return structuredClone(draft); }
  async photo(id) { return this.photos.get(id); }
  async remove(draft) { this.kept.delete(draft.id); draft.photos.forEach((p) => this.photos.delete(p.id)); }
}

// The portal with the API behind it: keys have their effect once, drafts have versions.
class Server {
  sessions = [];
  dossiers = [];
  photos = [];
  state = 'active';
  others = [];
  keys = new Map();
  #once(key, body, act) {
    const known = this.keys.get(key);
    if (known) return known.body === JSON.stringify(body) ? known.answer : { status: 422, trouble: { title: 'key reused' } };
    const answer = act();
    this.keys.set(key, { body: JSON.stringify(body), answer });
    return answer;
  }

  call = async (method, path, body) => {
    if (path.endsWith('/session')) return this.#once(body.once, body, () => { this.sessions.push(body); return { status: 201, value: { id: `s${this.sessions.length}` } }; });
    if (path.endsWith('/paper')) {
      if (this.paper) return { status: 409 };
      this.paper = body.file;
      this.state = 'awaitingWitness';
      return { status: 200, value: {} };
    }
    if (path.endsWith('/enter')) return { status: 200, value: { state: this.state } };
    if (path.includes('/session/')) return { status: 200, value: { state: this.state } };
    if (path.endsWith('/draft')) {
      return this.#once(body.once, body, () => {
        this.dossiers.push({ id: `d${this.dossiers.length + 1}`, version: 1, data: structuredClone(body.data), code: body.code });
        return { status: 201, value: { id: this.dossiers.at(-1).id }, version: '1' };
      });
    }
    const dossier = this.dossiers[0];
    if (method === 'PATCH') {
      if (body.version !== String(dossier.version)) {
        const conflicts = Object.keys(body.data).filter((k) => dossier.changed?.includes(k) && dossier.data[k] !== body.data[k]).map((k) => ({ pointer: `/data/${k}`, theirs: dossier.data[k] }));
        if (conflicts.length) return { status: 412, conflicts, version: String(dossier.version) };
      }
      Object.assign(dossier.data, body.data);
      return { status: 200, value: {}, version: String(++dossier.version) };
    }
    if (path.endsWith('/duplicates')) return { status: 200, value: { items: this.others } };
    if (path.endsWith('/photos')) return this.#once(body.once, { ...body, file: [...body.file] }, () => { this.photos.push(`${body.component}:${body.file[0]}`); return { status: 201, value: {} }; });
    throw new Error(path);
  };
}

const draft = (more = {}) => ({
  id: 'a', key: 'key-aaaa', code: '1.001193', name: 'Khai sinh', state: 'ready', citizen: { number: '022099000123', name: 'Bình' }, address: 'Tổ 5', purpose: 'Khai sinh', unit: '06688', subject: 'Bé Na',
  data: { name: 'Na', rows: [{}] }, photos: [{ id: 'p1', key: 'key-p1', component: 1, type: 'image/jpeg' }, { id: 'p2', key: 'key-p2', component: 2, type: 'image/jpeg' }], sync: {}, ...more,
});

const isDone = (server, device) => {
  assert.equal(server.sessions.length, 1);
  assert.deepEqual(server.dossiers.map((d) => d.data), [{ name: 'Na', rows: [] }]);
  assert.deepEqual(server.photos, ['1:1', '2:2']);
  assert.equal(device.kept.size, 0);
  assert.ok(!device.photos.has('p1') && !device.photos.has('p2'));
};

test('a draft arrives whole, and nothing of it stays on the device', async () => {
  const [server, device] = [new Server(), new Device()];
  const after = await sync(draft(), device, server.call);
  assert.equal(after.state, 'done');
  isDone(server, device);
  assert.equal(server.sessions[0].address, 'Tổ 5');
});

for (const [how, cut] of Object.entries({
  'before it was asked': async () => ({ status: 0 }),
  'after it had its effect': async (server, args) => { await server.call(...args); return { status: 0 }; },
  'by a server that is busy': async () => ({ status: 503, trouble: { title: 'busy' } }),
  'by a page that is closed': async (server, args) => { await server.call(...args); throw new Error('closed'); },
})) {
  test(`cut off at any step ${how}, it goes on where it was`, async () => {
    for (let at = 1; ; at++) {
      const [server, device] = [new Server(), new Device()];
      await device.save('draft', draft());
      let calls = 0;
      const cutting = async (...args) => (++calls === at ? cut(server, args) : server.call(...args));
      await sync(draft(), device, cutting).catch((e) => assert.equal(e.message, 'closed'));
      if (calls < at) return assert.equal(at, 8);
      const left = device.kept.get('a');
      assert.ok(left, `call ${at}`);
      const after = await sync(left, device, server.call);
      assert.equal(after.state, 'done', `call ${at}`);
      isDone(server, device);
    }
  });
}

test('without consent nothing is opened; with it the same draft goes on', async () => {
  const [server, device] = [new Server(), new Device()];
  server.state = 'awaitingConsent';
  const waits = await sync(draft(), device, server.call);
  assert.deepEqual([waits.state, waits.sync.session, server.dossiers.length], ['consent', 's1', 0]);
  server.state = 'active';
  assert.equal((await sync(device.kept.get('a'), device, server.call)).state, 'done');
  isDone(server, device);
});

test('a paper that was signed at home is sent once and waits for the witness', async () => {
  const [server, device] = [new Server(), new Device()];
  server.state = 'awaitingConsent';
  const signed = draft({ consent: { id: 'c', type: 'image/jpeg' } });
  const lost = async (...args) => { const answer = await server.call(...args); return args[1].endsWith('/paper') ? { status: 0 } : answer; };
  assert.equal((await sync(signed, device, lost)).state, 'later');
  const waits = await sync({ ...device.kept.get('a') }, device, server.call);
  assert.deepEqual([waits.state, [...server.paper]], ['consent', [9]]);
  server.state = 'active';
  assert.equal((await sync(device.kept.get('a'), device, server.call)).state, 'done');
});

test('a session that is over is asked for anew, with the dossier that was opened', async () => {
  const [server, device] = [new Server(), new Device()];
  const busy = async (...args) => (args[1].endsWith('/photos') ? { status: 503 } : server.call(...args));
  assert.equal((await sync(draft(), device, busy)).state, 'later');
  server.state = 'expired';
  const over = await sync(device.kept.get('a'), device, server.call);
  assert.deepEqual([over.state, over.sync.session, over.sync.dossier], ['over', null, 'd1']);
  server.state = 'active';
  assert.equal((await sync(over, device, server.call)).state, 'done');
  assert.deepEqual([server.sessions.length, server.sessions[1].dossier, server.dossiers.length], [2, 'd1', 1]);
  assert.deepEqual(server.photos, ['1:1', '2:2']);
});

test('what may be a duplicate is asked before anything more is sent', async () => {
  const [server, device] = [new Server(), new Device()];
  server.others = [{ code: 'H49-1' }];
  const asked = await sync(draft(), device, server.call);
  assert.deepEqual([asked.state, asked.duplicates, server.photos], ['duplicate', [{ code: 'H49-1' }], []]);
  const sure = { ...asked, state: 'ready', sync: { ...asked.sync, single: true } };
  assert.equal((await sync(sure, device, server.call)).state, 'done');
});

test('fields that two changed are chosen one by one, the others merge', async () => {
  const [server, device] = [new Server(), new Device()];
  const busy = async (...args) => (args[1].endsWith('/duplicates') ? { status: 503 } : server.call(...args));
  const first = await sync(draft({ data: { name: 'Na', place: 'A', note: 'x' } }), device, busy);
  // The citizen on line, and the helper off line.
  Object.assign(server.dossiers[0], { version: 2, changed: ['name', 'place', 'phone'], data: { name: 'Na Na', place: 'B', note: 'x', phone: '09' } });
  const changed = { ...first, data: { name: 'Nana', place: 'C', note: 'y' } };
  const clash = await sync(changed, device, server.call);
  assert.deepEqual([clash.state, clash.conflicts.map((c) => c.pointer)], ['conflict', ['/data/name', '/data/place']]);
  assert.deepEqual(server.dossiers[0].data.note, 'x');
  const settled = settle(clash, { '/data/name': 'theirs', '/data/place': 'mine' });
  assert.equal((await sync(settled, device, server.call)).state, 'done');
  assert.deepEqual(server.dossiers[0].data, { name: 'Na Na', place: 'C', note: 'y', phone: '09' });
});

test('changed after it was cut off, the first words are sent again and then the change', async () => {
  const [server, device] = [new Server(), new Device()];
  const lost = async (...args) => { const answer = await server.call(...args); return args[1].endsWith('/draft') ? { status: 0 } : answer; };
  const cut = await sync(draft(), device, lost);
  const after = await sync({ ...cut, data: { name: 'Na Na', rows: [] } }, device, server.call);
  assert.equal(after.state, 'done');
  assert.deepEqual(server.dossiers.map((d) => d.data.name), ['Na Na']);
});

test('a refusal is kept with its words, and what is put right is another request', async () => {
  const [server, device] = [new Server(), new Device()];
  const refusing = async (...args) => (args[1].endsWith('/draft') ? { status: 400, trouble: { title: 'no place', errors: { place: ['Hãy chọn nơi.'] } } } : server.call(...args));
  const refused = await sync(draft({ unit: '' }), device, refusing);
  assert.deepEqual([refused.state, refused.trouble.errors.place], ['refused', ['Hãy chọn nơi.']]);
  assert.equal((await sync({ ...refused, unit: '06688' }, device, server.call)).state, 'done');
  assert.equal((await sync(draft(), device, async () => ({ status: 401 }))).state, 'signIn');
});

test('forms are read and written as on the server', () => {
  const form = { sections: [{ id: 'a', fields: [] }, { id: 'b', when: { field: '/sex', in: ['female'] }, fields: [] }] };
  assert.equal(sections(form, {}).length, 1);
  assert.equal(sections(form, { sex: 'female' }).length, 2);
  assert.ok(holds({ field: '/a/b', in: [true] }, { a: { b: true } }));
  const data = {};
  set(data, '/rows/0/name', 'A');
  set(data, '/owner/phone', '09');
  set(data, '/owner/phone', undefined);
  assert.deepEqual(data, { rows: [{ name: 'A' }], owner: {} });
  assert.deepEqual(tidy({ rows: [{}, { name: 'A' }], none: null }), { rows: [{ name: 'A' }] });
  assert.deepEqual([typed('integer', '1.200'), typed('integer', 'x'), typed('number', '1,5'), typed('boolean', 'true'), typed('string', ' '), typed('string', ' a ')], [1200, 'x', 1.5, true, undefined, 'a']);
  const schema = { $defs: { n: { type: 'integer' } }, properties: { rows: { items: { properties: { n: { $ref: '#/$defs/n' } } } } } };
  assert.equal(typeOf(schema, '/rows/*/n'), 'integer');
  assert.equal(typeOf(schema, '/nowhere'), 'string');
  assert.deepEqual(patch({ a: 1, b: { c: 1, d: 2 }, l: [1] }, { a: 1, b: { c: 3 }, l: [2] }), { b: { c: 3, d: null }, l: [2] });
  assert.equal(patch({ a: [1] }, { a: [1] }), undefined);
});
