import { meaning } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import * as shapes from './schema.ts';
import { dropLogo, editShop, readLogo, readShop, setLogo } from './settings.ts';

/** A logo is a small picture. */
const logoBytes = 1024 * 1024;

export const read = endpoint({
  summary: 'The shop’s name, accent and logo',
  answer: shapes.shop,
  run: ({ db }) => readShop(db),
});

export const edit = endpoint({
  summary: 'Changes the shop’s name or accent',
  body: shapes.editShop,
  answer: shapes.shop,
  run: ({ db }, { body, now }) => editShop(db, body, now),
});

export const logo = endpoint({
  summary: 'The shop’s logo',
  run: (deps) => readLogo(deps),
});

export const saveLogo = endpoint({
  summary: 'Takes a picture as the shop’s logo: PNG, JPEG, GIF or WebP, at most 1 MB',
  fileBytes: logoBytes,
  answer: shapes.shop,
  run: (deps, { file, now }) => {
    if (!file) throw meaning('file.missing', 'Send the file in the field `file`.', 'file');
    return setLogo(deps, file, now);
  },
});

export const removeLogo = endpoint({
  summary: 'Takes the shop’s logo away',
  answer: shapes.shop,
  run: ({ db }, { now }) => dropLogo(db, now),
});
