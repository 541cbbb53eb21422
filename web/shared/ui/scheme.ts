import { localStorageColorSchemeManager } from '@mantine/core';

/** Where the colour scheme is remembered on this device; public/before.js reads it before the first paint. */
export const schemeManager = localStorageColorSchemeManager({ key: 'parley.scheme' });
