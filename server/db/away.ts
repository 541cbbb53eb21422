/** SQLSTATE of a server that goes or comes (57P0x, 08xxx) or is full (53300), and Prisma's and Node's words for the same. */
const away =
  /\b(57P0[1-5]|08[0-9A-Z]{3}|53300|P1001|P1002|P1008|P1017|P2024)\b|ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|not yet accepting connections|DatabaseNotReachable|ConnectionClosed/;

/** Whether an error says that the database cannot be reached now, and not that a query was wrong. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta, cause } = error as { code?: string; meta?: unknown; cause?: unknown };
  return away.test(`${code ?? ''} ${error.message} ${JSON.stringify(meta ?? '')}`) || isAway(cause);
}
