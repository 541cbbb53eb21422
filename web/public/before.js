// Runs before the first paint, so that neither the colours nor the direction flash (keys as in shared/ui/scheme.ts),
// and asks for what the first screen needs while the scripts still load (taken up by shared/api.ts).
(() => {
  const root = document.documentElement;
  let scheme = 'auto';
  let locale = null;
  try {
    scheme = localStorage.getItem('parley.scheme') || 'auto';
    locale = localStorage.getItem('parley.locale');
  } catch {
    // Storage is refused to this page: the defaults serve.
  }
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  locale = locale || (navigator.language.startsWith('fa') ? 'fa' : 'en');
  root.lang = locale;
  root.dir = locale === 'fa' ? 'rtl' : 'ltr';

  const { pathname, search } = location;
  const inbox = pathname === '/' || pathname.startsWith('/t/');
  const signedOut = /^\/(sign-in|invite|start|reset|rate)(\/|$)/.test(pathname);
  // Which of index.html's outlines is drawn until the screen comes; a wall has none.
  if (!/\bwall(\/|$)/.test(pathname)) root.dataset.coming = signedOut ? 'card' : inbox ? 'list' : 'place';
  beginAgain();
  if (/^\/(sign-in|invite|start|reset|wall|rate)\b/.test(pathname)) return;
  const assignee = { '': '&assignee=me', '?tab=unassigned': '&assignee=none', '?tab=all': '' }[search];
  const urls = ['/api/v1/me'];
  if (inbox && assignee !== undefined) urls.push(`/api/v1/threads?status=open&sort=last${assignee}&limit=50`);
  if (inbox) urls.push('/api/v1/threads/counts');
  globalThis.parleyEarly = new Map(
    urls.map((url) => [url, fetch(url, { credentials: 'same-origin', headers: { accept: 'application/json' } })]),
  );
  // A failure is told to whoever takes the answer up.
  for (const answer of globalThis.parleyEarly.values()) answer.catch(() => undefined);

  // The page's own files may be what a broken line costs: it begins again as soon as the server answers.
  function beginAgain() {
    let begun = false;
    const onFailure = ({ target }) => {
      const needed = target instanceof HTMLScriptElement || target instanceof HTMLLinkElement;
      if (!needed || begun || document.getElementById('coming') === null) return;
      begun = true;
      const ask = () =>
        fetch('/readyz', { cache: 'no-store' })
          .then((answer) => (answer.ok ? location.reload() : setTimeout(ask, 3000)))
          .catch(() => setTimeout(ask, 3000));
      setTimeout(ask, 2000);
    };
    addEventListener('error', onFailure, true);
  }
})();
