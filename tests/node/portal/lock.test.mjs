// What is on the device: sealed for one user, of no use to the next.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { script } from './scripts.mjs';

const { changeLock, isWeak, makeLock, openLock, rounds, seal, sealJson, unseal, unsealJson } = await script('crypto.js');
const { Locker, openDatabase } = await script('store.js');
const phrase = 'cá thu nướng than';

test('a lock opens with its passphrase and with no other', async () => {
  const { lock, key } = await makeLock('hanh', phrase);
  assert.ok(rounds >= 600000 && lock.rounds === rounds && lock.salt.length === 16);
  const box = await sealJson(key, 'x', { name: 'Trần Văn Bình' });
  assert.deepEqual(await unsealJson(await openLock(lock, phrase), 'x', box), { name: 'Trần Văn Bình' });
  assert.equal(await openLock(lock, `${phrase} `), null);
  assert.equal(await openLock({ ...lock, owner: 'binh' }, phrase), null);
});

test('the same letters typed on another keyboard are the same passphrase', async () => {
  const { lock } = await makeLock('hanh', phrase.normalize('NFC'));
  assert.notEqual(await openLock(lock, phrase.normalize('NFD')), null);
});

test('what is sealed cannot be read, changed, moved or taken with the key', async () => {
  const { lock, key } = await makeLock('hanh', phrase);
  const bytes = new TextEncoder().encode('0220 9900 0123');
  const box = await seal(key, 'draft/1', bytes);
  assert.ok(!Buffer.from(box.data).includes('0220'));
  assert.deepEqual(await unseal(key, 'draft/1', box), bytes);
  await assert.rejects(unseal(key, 'draft/2', box));
  box.data[0] ^= 1;
  await assert.rejects(unseal(key, 'draft/1', box));
  await assert.rejects(crypto.subtle.exportKey('raw', key));
  assert.notDeepEqual((await makeLock('hanh', phrase)).lock.salt, lock.salt);
});

test('a changed passphrase opens what was there before', async () => {
  const { lock, key } = await makeLock('hanh', phrase);
  const box = await sealJson(key, 'x', 1);
  assert.equal(await changeLock(lock, 'something else', 'bún bề bề'), null);
  const changed = await changeLock(lock, phrase, 'bún bề bề');
  assert.equal(await openLock(changed, phrase), null);
  assert.equal(await unsealJson(await openLock(changed, 'bún bề bề'), 'x', box), 1);
});

test('easily guessed passphrases are not taken', () => {
  for (const weak of ['', '1234567', '12345678', '98765432', 'aaaaaaaa', 'abababab', '11223311']) assert.ok(isWeak(weak), weak);
  for (const good of [phrase, 'tau-ra-khoi', '73915208']) assert.ok(!isWeak(good), good);
});

const device = async (owner = 'hanh', clock = { now: 0 }, db) => {
  db ??= await openDatabase(new IDBFactory());
  return { db, clock, locker: new Locker(db, owner, () => clock.now) };
};
const draft = (id, more = {}) => ({ id, state: 'ready', citizen: { name: 'Bình' }, photos: [], ...more });

test('drafts and photos are there again after the page was closed, newest first', async () => {
  const { db, clock, locker } = await device();
  assert.equal(await locker.state(), 'new');
  assert.equal(await locker.create('12345678'), 'weak');
  assert.equal(await locker.create(phrase), 'open');
  await locker.save('draft', draft('a'));
  clock.now = 5;
  await locker.save('draft', draft('b', { photos: [{ id: 'p' }] }));
  await locker.savePhoto('p', new Uint8Array([1, 2, 3]));
  const { locker: later } = await device('hanh', clock, db);
  assert.equal(await later.state(), 'locked');
  assert.equal(await later.create(phrase), 'exists');
  assert.equal(await later.unlock(phrase), 0);
  assert.deepEqual((await later.all('draft')).map((d) => d.id), ['b', 'a']);
  assert.deepEqual(await later.photo('p'), new Uint8Array([1, 2, 3]));
  await later.remove((await later.all('draft'))[0]);
  assert.equal(await later.photo('p'), undefined);
  assert.equal((await later.all('draft')).length, 1);
});

test('locked, nothing is read, written or counted', async () => {
  const { locker } = await device();
  await locker.create(phrase);
  await locker.save('draft', draft('a'));
  locker.lock();
  for (const act of [() => locker.all('draft'), () => locker.save('draft', draft('b')), () => locker.photo('p'), () => locker.savePhoto('p', new Uint8Array(1)), () => locker.remove(draft('a'))]) {
    await assert.rejects(act, { message: 'locked' });
  }
});

test('the next user of the device sees a device of the own', async () => {
  const { db, locker } = await device();
  await locker.create(phrase);
  await locker.save('draft', draft('a', { photos: [{ id: 'p' }] }));
  await locker.savePhoto('p', new Uint8Array([1]));
  const { locker: other } = await device('minh', { now: 0 }, db);
  assert.equal(await other.state(), 'new');
  assert.equal(await other.unlock(phrase), -1);
  assert.equal(await other.create('bến phà cũ'), 'open');
  assert.deepEqual(await other.all('draft'), []);
  await assert.rejects(other.photo('p'));
  // With the browser's own tools: no name, no number, nothing readable.
  const rows = await new Promise((resolve) => { const all = db.transaction('records').objectStore('records').getAll(); all.onsuccess = () => resolve(all.result); });
  assert.equal(rows.length, 2);
  for (const row of rows) assert.ok(!Buffer.from(row.box.data).includes('Bình') && !JSON.stringify([row.id, row.lock, row.kind]).includes('hanh'));
});

test('wrong passphrases make one wait, longer each time, and reloading does not help', async () => {
  const { db, clock, locker } = await device();
  await locker.create(phrase);
  locker.lock();
  for (let i = 0; i < 4; i++) assert.equal(await locker.unlock('wrong phrase'), -1);
  assert.equal(await locker.unlock('wrong phrase'), 30000);
  const { locker: reloaded } = await device('hanh', clock, db);
  assert.equal(await reloaded.unlock(phrase), 30000);
  clock.now = 30001;
  assert.equal(await reloaded.unlock('wrong phrase'), 60000);
  clock.now += 60001;
  assert.equal(await reloaded.unlock(phrase), 0);
  reloaded.lock();
  assert.equal(await reloaded.unlock('wrong phrase'), -1);
});

test('a forgotten passphrase loses the own drafts alone', async () => {
  const { db, locker } = await device();
  await locker.create(phrase);
  await locker.save('draft', draft('a'));
  const { locker: other } = await device('minh', { now: 0 }, db);
  await other.create(phrase);
  await other.save('draft', draft('b'));
  locker.lock();
  await locker.forget();
  assert.equal(await locker.state(), 'new');
  assert.deepEqual((await other.all('draft')).map((d) => d.id), ['b']);
});

test('a device that is full says so and keeps what was there', async () => {
  const { db, locker } = await device();
  await locker.create(phrase);
  await locker.save('draft', draft('a', { subject: 'before' }));
  const open = db.transaction.bind(db);
  db.transaction = (store, mode) => {
    const transaction = open(store, mode);
    if (mode === 'readwrite') {
      Object.defineProperty(transaction, 'error', { get: () => new DOMException('full', 'QuotaExceededError') });
      queueMicrotask(() => transaction.abort());
    }
    return transaction;
  };
  await assert.rejects(locker.save('draft', draft('a', { subject: 'after' })), { name: 'QuotaExceededError' });
  db.transaction = open;
  assert.equal((await locker.all('draft'))[0].subject, 'before');
});
