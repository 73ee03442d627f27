// What follows the # of a paper's link never reaches the server: it is checked here, against the published keys.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const json = (text) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(text)));
const shown = ['kind', 'code', 'procedure', 'unit', 'outcome', 'at'];

// The statement, or null when none of the keys signed it.
export async function check(jws, keys) {
  try {
    const [head, payload, signature, ...more] = jws.split('.');
    const header = json(head);
    const jwk = keys.find((k) => k.kid === header.kid);
    if (!jwk || more.length > 0 || header.alg !== 'ES256' || header.typ !== 'halong-paper+jwt') return null;
    const { kty, crv, x, y } = jwk;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    const signed = new TextEncoder().encode(`${head}.${payload}`);
    return (await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes(signature), signed)) ? json(payload) : null;
  } catch {
    return null;
  }
}

export async function show(section, jws, token, load) {
  const say = (text) => { section.querySelector('p').textContent = text; section.hidden = false; };
  let keys;
  try {
    keys = (await load()).keys;
  } catch {
    return say(section.dataset.unknown);
  }
  const statement = await check(jws, keys);
  // A genuine statement of another paper proves nothing about this one.
  if (!statement || statement.jti !== token.replace(/-/g, '').toLowerCase()) return say(section.dataset.bad);
  say(section.dataset.good);
  const list = section.querySelector('dl');
  for (const name of shown.filter((n) => statement[n])) {
    list.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: statement[name] }));
  }
}

if (typeof document !== 'undefined' && location.hash.length > 1) {
  show(document.getElementById('statement'), location.hash.slice(1), location.pathname.split('/').pop(), async () => {
    const answer = await fetch('/api/v1/verification-keys');
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  });
}
