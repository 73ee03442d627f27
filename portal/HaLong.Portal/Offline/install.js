// On every page: the service worker, a word when the network is gone, and the lock of the visits when somebody signs out.
export function attend(page) {
  const note = page.document.getElementById('offline-note');
  // The off-line page stands in for another one: that is what is wanted.
  const standsIn = () => page.document.querySelector('[data-offline]') !== null;
  const show = () => { if (note) note.hidden = page.navigator.onLine || standsIn(); };
  page.addEventListener('offline', show);
  page.addEventListener('online', async () => {
    show();
    if (!standsIn()) return;
    // Some network is not yet ours: only an answer is.
    const answer = await page.fetch('/sw.js', { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) page.location.reload();
  });
  show();
  page.document.addEventListener('submit', (event) => {
    if (new URL(event.target.action, page.location.href).pathname !== '/sign-out') return;
    page.localStorage.removeItem('visits-owner');
    const channel = new page.BroadcastChannel('halong-visits');
    channel.postMessage('lock');
    channel.close();
  });
  page.navigator.serviceWorker?.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => {});
}

if (typeof document !== 'undefined') attend(globalThis);
