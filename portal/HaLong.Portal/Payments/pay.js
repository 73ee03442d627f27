// What a browser adds to paying: "paid" as soon as it is so, the code handed to the bank's app, and numbers to copy.
const Longest = 15 * 60 * 1000;

// Looks until the state is another one than the page shows. Not for ever: a page that is left open must not keep a session alive.
export function watch(line, open, reload, now = Date.now) {
  const begun = now();
  const source = open(line.dataset.events);
  line.textContent = line.dataset.waiting;
  const end = () => { source.close(); line.textContent = line.dataset.late; };
  source.addEventListener('state', (event) => {
    if (event.data === line.dataset.status) return now() - begun > Longest ? end() : undefined;
    source.close();
    return reload();
  });
  // 2 is closed for good: the session is over, or the payment is somebody else's.
  source.addEventListener('error', () => { if (source.readyState === 2 || now() - begun > Longest) end(); });
}

// The image as a file, for devices that hand files from one app to another.
export async function share(button, navigator, load) {
  const image = new File([await load(button.dataset.image)], button.dataset.name, { type: 'image/png' });
  try {
    await navigator.share({ files: [image] });
  } catch (error) {
    // The person chose no app: nothing is wrong.
    if (error.name !== 'AbortError') throw error;
  }
}

if (typeof document !== 'undefined') {
  const line = document.getElementById('watch');
  if (line) watch(line, (address) => new EventSource(address), () => location.reload());
  const button = document.getElementById('share');
  if (button && navigator.canShare?.({ files: [new File([''], 'a.png', { type: 'image/png' })] })) {
    button.hidden = false;
    button.addEventListener('click', () => share(button, navigator, async (address) => (await fetch(address)).blob()));
  }
  if (navigator.clipboard) {
    for (const copy of document.querySelectorAll('[data-copy]')) {
      copy.hidden = false;
      copy.addEventListener('click', async () => {
        await navigator.clipboard.writeText(copy.dataset.copy);
        copy.textContent = copy.dataset.done;
      });
    }
  }
}
