// The service worker and the script of every page, in a browser made of what they ask for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { script } from './scripts.mjs';

const source = readFileSync(new URL('../../../portal/HaLong.Portal/Offline/sw.js', import.meta.url), 'utf8');
const files = ['/offline?culture=vi', '/offline?culture=en', '/helping/visits?culture=vi', '/helping/visits?culture=en', '/assets/site.css'];

function browser(network) {
  const stores = new Map(), handlers = {}, fetched = [];
  const path = (r) => new URL(r.url ?? r, 'https://city').href.replace('https://city', '');
  const caches = {
    open: async (name) => {
      if (!stores.has(name)) stores.set(name, new Map());
      const store = stores.get(name);
      return { addAll: async (all) => { for (const r of all) { fetched.push([path(r), r.credentials, r.cache]); store.set(path(r), `kept ${path(r)}`); } } };
    },
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
    match: async (r) => [...stores.values()].map((s) => s.get(path(r))).find(Boolean),
  };
  class Asked { constructor(url, more) { Object.assign(this, { url: new URL(url, 'https://city').href, ...more }); } }
  const self = { location: { origin: 'https://city' }, navigator: { language: 'vi-VN' }, skipWaiting: async () => {}, clients: { claim: async () => {} }, addEventListener: (n, h) => { handlers[n] = h; } };
  vm.runInNewContext(source.replace('__VERSION__', 'v2').replace("'__FILES__'", JSON.stringify(files)), { self, caches, Request: Asked, Response: { error: () => 'error' }, URL, fetch: network });
  const wait = async (name) => { let done; handlers[name]({ waitUntil: (p) => { done = p; } }); await done; };
  const ask = async (url, more = {}) => {
    let answer = 'browser';
    handlers.fetch({ request: { method: 'GET', mode: 'navigate', url: new URL(url, 'https://city').href, ...more }, respondWith: (p) => { answer = p; } });
    return answer;
  };
  return { stores, fetched, wait, ask };
}
const down = async () => { throw new Error('no network'); };

test('what is kept is asked for without cookies, and what was kept before is thrown away', async () => {
  const b = browser(down);
  b.stores.set('halong-v1', new Map()).set('others', new Map());
  await b.wait('install');
  await b.wait('activate');
  assert.deepEqual([...b.stores.keys()], ['others', 'halong-v2']);
  assert.equal(b.fetched.length, files.length);
  assert.ok(b.fetched.every(([, credentials, cache]) => credentials === 'omit' && cache === 'reload'));
});

test('without a network pages lead to the off-line page and the visits to themselves', async () => {
  const b = browser(down);
  assert.equal(await b.ask('/dossiers'), 'error');
  await b.wait('install');
  assert.equal(await b.ask('/dossiers'), 'kept /offline?culture=vi');
  assert.equal(await b.ask('/helping/visits?x=1'), 'kept /helping/visits?culture=vi');
  assert.equal(await b.ask('/assets/site.css', { mode: 'cors' }), 'kept /assets/site.css');
});

test('the off-line page speaks as the last page did', async () => {
  let isUp = true;
  const b = browser(async () => { if (!isUp) throw new Error('down'); return { headers: { get: () => 'en' } }; });
  await b.wait('install');
  await b.ask('/');
  isUp = false;
  assert.equal(await b.ask('/'), 'kept /offline?culture=en');
});

test('pages of somebody are never kept, and what changes something is not touched', async () => {
  const page = { headers: { get: () => 'vi' } };
  const b = browser(async () => page);
  await b.wait('install');
  const before = [...b.stores.get('halong-v2').keys()];
  assert.equal(await b.ask('/dossiers/1'), page);
  assert.equal(await b.ask('/filing/1/form/1', { method: 'POST' }), 'browser');
  assert.equal(await b.ask('/dossiers/1/documents/2', { mode: 'cors' }), 'browser');
  assert.equal(await b.ask('https://elsewhere/assets/x.js', { mode: 'cors' }), 'browser');
  assert.deepEqual([...b.stores.get('halong-v2').keys()], before);
});

test('signing out locks the visits, and a lost network is said', async () => {
  const { attend } = await script('install.js');
  const on = {}, said = [], kept = new Map([['visits-owner', 'x']]);
  const note = { hidden: true };
  let reloads = 0, offline = null, isUp = false;
  const page = {
    addEventListener: (n, h) => { on[n] = h; }, navigator: { onLine: true }, location: { href: 'https://city/', reload: () => reloads++ }, fetch: async () => { if (!isUp) throw new Error('down'); return { ok: true }; }, localStorage: { removeItem: (k) => kept.delete(k) },
    BroadcastChannel: class { postMessage(m) { said.push(m); } close() {} },
    document: { getElementById: () => note, querySelector: () => offline, addEventListener: (n, h) => { on[n] = h; } },
  };
  attend(page);
  page.navigator.onLine = false;
  on.offline();
  assert.equal(note.hidden, false);
  page.navigator.onLine = true;
  await on.online();
  assert.deepEqual([note.hidden, reloads], [true, 0]);
  // A network without us behind it is none.
  offline = {};
  await on.online();
  assert.equal(reloads, 0);
  isUp = true;
  await on.online();
  assert.equal(reloads, 1);
  on.submit({ target: { action: 'https://city/filing/1/review' } });
  assert.deepEqual([said, kept.size], [[], 1]);
  on.submit({ target: { action: '/sign-out' } });
  assert.deepEqual([said, kept.size], [['lock'], 0]);
});
