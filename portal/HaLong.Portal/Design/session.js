// Before a session ends for want of clicks its visitor is asked; who types is not asked. What was typed and not saved goes with the sign-out.
const Warning = 2 * 60 * 1000, Recent = 5 * 60 * 1000;
const Typed = 'typed:', End = 'session-end';

// Nothing that somebody else typed in this tab stays; without a name nothing at all.
export function forget(store, who) {
  for (const key of Object.keys(store)) if (key.startsWith(Typed) && !(who && key.startsWith(`${Typed}${who}:`))) store.removeItem(key);
}

// env: store (of all tabs), now, later and never (timers), ask (seconds, or null when the session is over), here (where to come back to).
export function watch(dialog, env) {
  const title = dialog.querySelector('h2'), words = dialog.querySelector('[role=status]');
  const stay = dialog.querySelector('[data-stay]'), again = dialog.querySelector('a');
  const asked = words.textContent;
  const idle = Number(dialog.dataset.idle), warning = Math.min(Warning, idle * 250);
  let timer, touched = -Infinity, latest = Infinity, done = false, told = false;

  // Tabs have one session: the latest answer of the server to any of them counts. Less than a whole rest is all that is left of it.
  const until = (seconds) => {
    if (seconds < idle) latest = env.now() + seconds * 1000;
    env.store.setItem(End, String(Math.min(latest, env.now() + seconds * 1000)));
  };
  const end = () => Number(env.store.getItem(End));
  const plan = (at) => { env.never(timer); timer = env.later(check, Math.max(0, at - env.now())); };
  const show = () => { if (!dialog.open) dialog.showModal(); };

  function over() {
    done = true;
    env.never(timer);
    [title.textContent, words.textContent] = [title.dataset.over, words.dataset.over];
    [stay.hidden, again.hidden] = [true, false];
    again.href = `/sign-in?to=${encodeURIComponent(env.here())}`;
    show();
  }

  async function extend() {
    let seconds;
    try {
      seconds = await env.ask();
    } catch {
      words.textContent = words.dataset.away;
      return plan(Math.max(end(), env.now() + 10000));
    }
    if (seconds === null) return over();
    until(seconds);
    if (end() - env.now() <= warning) return last();
    words.textContent = asked;
    if (dialog.open) dialog.close();
    return plan(end() - warning);
  }

  // No session lasts for ever: this cannot be put off, and is said once.
  function last() {
    words.textContent = words.dataset.last;
    if (told) dialog.close();
    else show();
    told = true;
    return plan(end());
  }

  function check() {
    if (done) return undefined;
    const left = end() - env.now();
    if (left > warning) {
      if (dialog.open) dialog.close();
      return plan(end() - warning);
    }
    if (left <= 0) return over();
    if (told) return plan(end());
    if (env.now() - touched < Recent) return extend();
    show();
    return plan(end());
  }

  stay.addEventListener('click', extend);
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); if (!done) extend(); });
  until(Number(dialog.dataset.seconds));
  plan(end() - warning);
  return { check, over, touch: () => { touched = env.now(); }, alive: () => { until(idle); check(); } };
}

if (typeof document !== 'undefined') {
  const dialog = document.getElementById('session');
  forget(sessionStorage, dialog.dataset.who);
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => forget(sessionStorage, ''));
  const session = watch(dialog, {
    store: localStorage, now: Date.now, later: setTimeout.bind(window), never: clearTimeout.bind(window), here: () => location.pathname + location.search,
    ask: async () => {
      const answer = await fetch('/session', { cache: 'no-store' });
      if (answer.status === 401) return null;
      if (!answer.ok) throw new Error(answer.status);
      return (await answer.json()).seconds;
    },
  });
  for (const touch of ['keydown', 'pointerdown']) document.addEventListener(touch, session.touch, { passive: true });
  // Other scripts of the page hear from the server, too.
  document.addEventListener('session-alive', session.alive);
  document.addEventListener('session-over', session.over);
  window.addEventListener('storage', (event) => { if (event.key === End) session.check(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) session.check(); });
}
