/** What figures and lists may be narrowed to, by the names that addresses and the server use; they go together. */
export const filters = ['user', 'team', 'store', 'channel', 'level', 'tag'] as const;
export type Filter = (typeof filters)[number];
export type Narrowed = Partial<Record<Filter, string>>;

/** The filters alone, of an address or of whatever else holds them. */
export function narrowedOf(search: Readonly<Record<string, unknown>>, names: readonly Filter[] = filters): Narrowed {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' && (name !== 'level' || isLevel(value)) ? [[name, value]] : [];
    }),
  );
}

const isLevel = (value: string) => ['key', 'vip', 'usual'].includes(value);
