// On every page: the service worker, a word when the network is gone, and the lock of the visits when somebody signs out.
export function attend(page) {
  const note = page.document.getElementById('offline-note');
  const show = () => { if (note) note.hidden = page.navigator.onLine; };
  page.addEventListener('offline', show);
  page.addEventListener('online', () => {
    show();
    // The off-line page stands in for another one: that is what is wanted.
    if (page.document.querySelector('[data-offline]')) page.location.reload();
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
