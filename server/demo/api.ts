/** Parley's HTTP API as one signed-in colleague uses it. */
export interface Api {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Posts one file in the field `file`. */
  upload<T>(path: string, name: string, content: string): Promise<T>;
}

/** Signs in with a password. @throws Error with the server's own words */
export async function signIn(baseUrl: string, email: string, password: string): Promise<Api> {
  const response = await fetch(`${baseUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`${email} cannot sign in: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ');
  const call = async <T>(method: string, path: string, body?: string | FormData): Promise<T> => {
    const headers: Record<string, string> = { cookie, origin: baseUrl };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    const answer = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    get: (path) => call('GET', path),
    send: (method, path, body) => call(method, path, body === undefined ? undefined : JSON.stringify(body)),
    upload: (path, name, content) => {
      const form = new FormData();
      form.set('file', new Blob([content]), name);
      return call('POST', path, form);
    },
  };
}
