// Says that something has come while the inbox is open. The list itself stays: nobody wants it to move under the finger.
export function follow(source, shown, say) {
  source.addEventListener('message', (event) => { if (event.data) say(); });
  source.addEventListener('unread', (event) => {
    const { unread } = JSON.parse(event.data);
    // Fewer: read in another tab, which is no news.
    if (unread > shown()) say();
  });
}

if (typeof document !== 'undefined') {
  const inbox = document.getElementById('inbox');
  const news = document.getElementById('news');
  if (inbox && news && 'EventSource' in window) {
    const source = new EventSource('/messages/stream');
    follow(source, () => Number(inbox.dataset.unread || 0), () => { news.hidden = false; });
    addEventListener('pagehide', () => source.close());
  }
}
