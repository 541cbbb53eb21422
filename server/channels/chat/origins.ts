const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Origins whose pages may hold the chat: those of the config, else this Parley's own, with every name of this machine
 * when it is served on one of them.
 * @param allowed URLs of pages; only scheme, host and port count
 */
export function originsOf(allowed: readonly string[], publicUrl: string): string[] {
  const own = new URL(publicUrl);
  const names = loopbackNames.includes(own.hostname) ? loopbackNames : [own.hostname];
  const ours = names.map((name) => `${own.protocol}//${name}${own.port === '' ? '' : `:${own.port}`}`);
  return [...new Set([...allowed.map((url) => new URL(url).origin), ...ours])];
}
