// Looks for news of what a page waits for, and shows it: nothing moves while there is none, and nobody loses what is being typed.
const here = document.querySelector('meta[name="again"]');

const look = async () => {
  let state = here.dataset.state;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.ok)
      state = next.querySelector('meta[name="again"]')?.dataset.state;
  } catch {
    // Off line: the next look may find more.
  }

  if (state !== here.dataset.state && !document.querySelector('main :is(input, textarea, select):focus'))
    location.reload();
  else
    wait();
};

const wait = () => setTimeout(look, Number(here.content) * 1000);
wait();
