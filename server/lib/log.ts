import { pino } from 'pino';

/** The part of a logger that the rest of Parley uses. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** JSON lines on stderr; stdout belongs to what a person reads at start. */
export function makeLog(level: string): Log {
  return pino(
    { level, redact: ['password', 'token', '*.password', '*.token', 'req.headers.authorization'] },
    pino.destination(2),
  );
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
