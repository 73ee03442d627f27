// Keeps the numbers beside the queues true while the page stays open and is looked at.
const every = 15000;

export async function refresh(page, fetch) {
  const answer = await fetch('/work/counts', { headers: { Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) return;
  const counts = await answer.json();
  for (const place of page.querySelectorAll('[data-count]')) {
    const now = counts[place.dataset.count];
    if (now !== undefined && place.textContent !== String(now)) place.textContent = String(now);
  }
}

if (globalThis.document) {
  setInterval(() => document.visibilityState === 'visible' && refresh(document, globalThis.fetch.bind(globalThis)).catch(() => {}), every);
}
