// Keeps what belongs to nobody: style sheet, typeface, scripts, and a few pages as a stranger sees them. A page of somebody is never kept.
const name = 'halong-__VERSION__';
const files = '__FILES__';
const visits = '/helping/visits';

self.addEventListener('install', (event) => event.waitUntil((async () => {
  const cache = await caches.open(name);
  // Without cookies: the answer is that for a stranger.
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload', credentials: 'omit' })));
  await self.skipWaiting();
})()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const old of await caches.keys()) if (old.startsWith('halong-') && old !== name) await caches.delete(old);
  await self.clients.claim();
})()));

let language;

async function page(request) {
  try {
    const answer = await fetch(request);
    language = answer.headers.get('Content-Language') ?? language;
    return answer;
  } catch {
    const path = new URL(request.url).pathname === visits ? visits : '/offline';
    const spoken = (language ?? self.navigator.language ?? 'vi').startsWith('en') ? 'en' : 'vi';
    return (await caches.match(`${path}?culture=${spoken}`)) ?? Response.error();
  }
}

const kept = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || url.pathname.startsWith('/offline/')) event.respondWith(kept(request));
});
