// Reads the page again now and then and puts the new figures in the place of the old ones. Never while somebody reads with the keyboard in them or selects
// something, and what was opened stays open: nothing moves under anybody's hands.
export const mayChange = (live, page) => !page.hidden && !live.contains(page.activeElement) && String(page.getSelection?.() ?? '') === '';

export function put(live, next) {
  const open = [...live.querySelectorAll('details')].map((d) => d.open);
  live.replaceChildren(...next.childNodes);
  live.querySelectorAll('details').forEach((d, i) => { d.open = open[i] ?? d.open; });
}

export async function refresh(live, page, load) {
  if (!mayChange(live, page)) return 'kept';
  const paused = page.getElementById('paused');
  try {
    const next = await load();
    if (!next) throw new Error('nothing to show');
    // Somebody may have begun to read meanwhile.
    if (!mayChange(live, page)) return 'kept';
    put(live, next);
    paused.hidden = true;
    return 'new';
  } catch {
    paused.hidden = false;
    return 'old';
  }
}

if (typeof document !== 'undefined') {
  const live = document.getElementById('live');
  const load = async () => {
    const answer = await fetch(location.href, { redirect: 'error', headers: { Accept: 'text/html' } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live') : null;
  };
  setInterval(() => refresh(live, document, load), Number(live.dataset.live) * 1000);
}
