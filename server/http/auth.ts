import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import { AppError } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { tellRights } from '../users/accounts.ts';

export interface Auth {
  /** Answers a request under /api/auth. */
  handler(request: Request): Promise<Response>;
  /** The signed-in user's id and session, from a request's headers. */
  session(headers: Headers): Promise<{ userId: string; sessionId: string } | null>;
  hashPassword(password: string): Promise<string>;
  /** Loads what sign-in needs before anybody waits for it; without, the first use does. */
  load(): Promise<void>;
}

export const passwordLength = { min: 10, max: 200 };
const sessionSeconds = 30 * 24 * 60 * 60;
const renewAfterSeconds = 24 * 60 * 60;

/** The origins that may use the session cookie. Without PUBLIC_URL both names of this machine do. */
export function trustedOrigins(config: Config): string[] {
  const url = new URL(config.publicUrl);
  const twins = ['localhost', '127.0.0.1'].includes(url.hostname)
    ? [`${url.protocol}//localhost:${url.port}`, `${url.protocol}//127.0.0.1:${url.port}`]
    : [];
  return [url.origin, ...twins.map((twin) => new URL(twin).origin)];
}

type SendReset = (to: string, url: string) => Promise<void>;

/** Sign-in by better-auth: passwords, sessions, resets. It is large, and a start need not wait for it. */
export function makeAuth(config: Config, db: Db, sendReset: SendReset): Auth {
  let made: ReturnType<typeof makeBetterAuth> | undefined;
  const ready = () => {
    made ??= makeBetterAuth(config, db, sendReset);
    return made;
  };
  return {
    handler: async (request) => (await ready()).handler(request),
    async session(headers) {
      const found = await (await ready()).api.getSession({ headers }).catch((error: unknown) => {
        // It hides why: the session is a row, so it could not be read.
        if ((error as { statusCode?: number }).statusCode !== 500) throw error;
        throw new AppError('unavailable', 'unavailable', 'Who you are could not be looked up just now; try again.');
      });
      return found === null ? null : { userId: found.user.id, sessionId: found.session.id };
    },
    hashPassword: async (password) => (await (await ready()).$context).password.hash(password),
    load: async () => void (await ready()),
  };
}

/** Nobody signs up by themselves. */
async function makeBetterAuth(config: Config, db: Db, sendReset: SendReset) {
  const [{ betterAuth }, { prismaAdapter }, { APIError }] = await Promise.all([
    import('better-auth'),
    import('better-auth/adapters/prisma'),
    import('better-auth/api'),
  ]);
  return betterAuth({
    appName: 'Parley',
    baseURL: config.publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    database: prismaAdapter(db, { provider: 'postgresql' }),
    trustedOrigins: trustedOrigins(config),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, url }) => sendReset(user.email, url),
      onPasswordReset: async ({ user }) => {
        await transact(db, (tx) => tellRights(tx, user.id, new Date()));
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const active = await db.user.count({ where: { id: userId, deactivatedAt: null } });
            if (active === 0)
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DEACTIVATED', message: 'This account is deactivated.' });
          },
        },
      },
    },
    session: { expiresIn: sessionSeconds, updateAge: renewAfterSeconds },
    advanced: {
      cookiePrefix: 'parley',
      database: { generateId: () => newId() },
      useSecureCookies: config.publicUrl.startsWith('https:'),
    },
    // Ours counts failures only, per address; see signIn.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}
