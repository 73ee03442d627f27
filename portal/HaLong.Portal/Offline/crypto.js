// What is on the device is sealed with a key that only the passphrase of its user opens. The key is in memory, and cannot be taken out of there.
const encoder = new TextEncoder(), decoder = new TextDecoder();
export const rounds = 600000;
export const shortest = 8;
const aes = { name: 'AES-GCM', length: 256 };

async function keyOf(passphrase, salt, iterations) {
  const material = await crypto.subtle.importKey('raw', encoder.encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, aes, false, ['encrypt', 'decrypt']);
}

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const use = (raw) => crypto.subtle.importKey('raw', raw, aes, false, ['encrypt', 'decrypt']);

// bound: what the content belongs to; moved elsewhere it does not open.
export async function seal(key, bound, bytes) {
  const iv = random(12);
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(bound) }, key, bytes)) };
}

export async function unseal(key, bound, box) {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: box.iv, additionalData: encoder.encode(bound) }, key, box.data));
}

export const sealJson = (key, bound, value) => seal(key, bound, encoder.encode(JSON.stringify(value)));
export const unsealJson = async (key, bound, box) => JSON.parse(decoder.decode(await unseal(key, bound, box)));

// What is too easily guessed: short, one letter again and again, or a run of digits.
export function isWeak(passphrase) {
  return passphrase.length < shortest || new Set(passphrase).size < 4 || '01234567890123456789'.includes(passphrase) || '98765432109876543210'.includes(passphrase);
}

const wrap = async (raw, owner, passphrase) => {
  const salt = random(16);
  return { salt, rounds, wrapped: await seal(await keyOf(passphrase, salt, rounds), owner, raw) };
};

// A new lock for a user of this device. id: what the user's records are found by; it says nothing about the user.
export async function makeLock(owner, passphrase) {
  const raw = random(32);
  return { lock: { owner, id: crypto.randomUUID(), failed: 0, until: 0, ...await wrap(raw, owner, passphrase) }, key: await use(raw) };
}

// The key; null for a wrong passphrase.
export async function openLock(lock, passphrase) {
  const raw = await rawOf(lock, passphrase);
  return raw && use(raw);
}

async function rawOf(lock, passphrase) {
  try {
    return await unseal(await keyOf(passphrase, lock.salt, lock.rounds), lock.owner, lock.wrapped);
  } catch {
    return null;
  }
}

// The same key behind another passphrase; null when the old one is wrong.
export async function changeLock(lock, passphrase, next) {
  const raw = await rawOf(lock, passphrase);
  return raw && { ...lock, failed: 0, until: 0, ...await wrap(raw, lock.owner, next) };
}
