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
})();
