// Drafts, photos and forms of one user of the device, in IndexedDB, each sealed. Whoever has not opened the lock gets nothing, not even how many there are.
import { changeLock, isWeak, makeLock, openLock, seal, sealJson, unseal, unsealJson } from './crypto.js';

const tries = 5, firstWait = 30_000, longestWait = 3_600_000;
const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });

export async function openDatabase(factory = indexedDB) {
  const opening = factory.open('halong-visits', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('locks', { keyPath: 'owner' });
    opening.result.createObjectStore('records', { keyPath: 'id' }).createIndex('kind', ['lock', 'kind']);
  };
  return done(opening);
}

// A change is kept when the transaction is, not when it was asked for: a full disk shows at the end.
async function change(db, store, act) {
  const transaction = db.transaction(store, 'readwrite');
  const end = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  act(transaction.objectStore(store));
  await end;
}

const read = (db, store, act) => done(act(db.transaction(store).objectStore(store)));

export class Locker {
  #key = null;
  #lock = null;

  constructor(db, owner, now = Date.now) {
    [this.db, this.owner, this.now] = [db, owner, now];
  }

  get isOpen() { return this.#key !== null; }

  // new, locked or open.
  async state() {
    return this.isOpen ? 'open' : (await this.#read()) ? 'locked' : 'new';
  }

  async create(passphrase) {
    if (isWeak(passphrase)) return 'weak';
    if (await this.#read()) return 'exists';
    const made = await makeLock(this.owner, passphrase);
    await change(this.db, 'locks', (s) => s.add(made.lock));
    [this.#lock, this.#key] = [made.lock, made.key];
    return 'open';
  }

  // How many milliseconds to wait, 0 when it is open, -1 when the passphrase was wrong.
  async unlock(passphrase) {
    const lock = await this.#read();
    if (!lock) return -1;
    if (lock.until > this.now()) return lock.until - this.now();
    // Counted before it is looked at: closing the page in the middle saves no try.
    const failed = lock.failed + 1;
    const wait = failed < tries ? 0 : Math.min(firstWait * 2 ** (failed - tries), longestWait);
    const tried = { ...lock, failed, until: wait && this.now() + wait };
    await change(this.db, 'locks', (s) => s.put(tried));
    const key = await openLock(lock, passphrase);
    if (!key) return wait || -1;
    [this.#lock, this.#key] = [{ ...lock, failed: 0, until: 0 }, key];
    await change(this.db, 'locks', (s) => s.put(this.#lock));
    return 0;
  }

  async changePassphrase(old, next) {
    if (isWeak(next)) return 'weak';
    const changed = await changeLock(this.#opened(), old, next);
    if (!changed) return 'wrong';
    await change(this.db, 'locks', (s) => s.put(changed));
    this.#lock = changed;
    return 'changed';
  }

  lock() { [this.#key, this.#lock] = [null, null]; }

  // Without the passphrase nobody opens what is there: all that can be done is to begin anew.
  async forget() {
    const lock = await this.#read();
    if (!lock) return;
    const ids = await this.#ids(lock, 'draft', 'photo', 'form');
    await change(this.db, 'records', (s) => ids.forEach((id) => s.delete(id)));
    await change(this.db, 'locks', (s) => s.delete(this.owner));
    this.lock();
  }

  async all(kind) {
    const lock = this.#opened();
    const rows = await read(this.db, 'records', (s) => s.index('kind').getAll([lock.id, kind]));
    const values = await Promise.all(rows.map((row) => unsealJson(this.#key, this.#bound(row.id), row.box)));
    return values.sort((a, b) => (b.updated ?? 0) - (a.updated ?? 0));
  }

  async save(kind, value) {
    const kept = { ...value, updated: this.now() };
    const bound = this.#bound(value.id);
    await this.#put(kind, value.id, await sealJson(this.#key, bound, kept));
    return kept;
  }

  async savePhoto(id, bytes) {
    const bound = this.#bound(id);
    await this.#put('photo', id, await seal(this.#key, bound, bytes));
  }

  async photo(id) {
    this.#opened();
    const row = await read(this.db, 'records', (s) => s.get(id));
    return row && unseal(this.#key, this.#bound(id), row.box);
  }

  // A draft goes with its photos, all or nothing.
  async remove(draft) {
    this.#opened();
    await change(this.db, 'records', (s) => [draft.id, ...(draft.photos ?? []).map((p) => p.id), draft.consent?.id].filter(Boolean).forEach((id) => s.delete(id)));
  }

  async removePhoto(id) {
    this.#opened();
    await change(this.db, 'records', (s) => s.delete(id));
  }

  #bound(id) { return `${this.#opened().id}/${id}`; }

  #opened() {
    if (!this.#key) throw new Error('locked');
    return this.#lock;
  }

  #read() { return read(this.db, 'locks', (s) => s.get(this.owner)); }

  async #ids(lock, ...kinds) {
    return (await Promise.all(kinds.map((kind) => read(this.db, 'records', (s) => s.index('kind').getAllKeys([lock.id, kind]))))).flat();
  }

  #put(kind, id, box) {
    const row = { id, lock: this.#opened().id, kind, box };
    return change(this.db, 'records', (s) => s.put(row));
  }
}
