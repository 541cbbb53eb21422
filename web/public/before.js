// Runs before the first paint, so that neither the colours nor the direction flash; keys as in shared/ui/scheme.ts.
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
})();
