/**
 * Keeps the declarations of a style attribute that only shape what is shown. Positions, stacking, pointers, content,
 * imports, expressions and every url() go; the remote ones are returned for counting and for loading on demand.
 */
export function safeStyle(style: string): { style: string; remote: string[] } {
  const remote: string[] = [];
  const kept: string[] = [];
  const plain = style.slice(0, 8_000).replace(/\/\*[\s\S]*?\*\//g, '');
  for (const declaration of splitDeclarations(plain)) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    const url = /^background(-image)?$/.test(name)
      ? /url\(\s*["']?\s*(https?:\/\/[^"')\s]+)/i.exec(value)?.[1]
      : undefined;
    if (url) remote.push(url);
    if (allowed.test(name) && isInert(name, value)) kept.push(`${name}:${value}`);
  }
  return { style: kept.join(';'), remote };
}

/** Semicolons inside quotes and brackets do not end a declaration. */
function splitDeclarations(style: string): string[] {
  return style.match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\)|["'(])+/g) ?? [];
}

function isInert(name: string, value: string): boolean {
  // A backslash can spell any word in CSS; angle brackets and braces never belong in a declaration.
  if (
    /[\\<>{}@]|url\s*\(|expression|javascript:|image-set|element\s*\(|var\s*\(|env\s*\(|-moz-binding|behavior/i.test(
      value,
    )
  )
    return false;
  if (name === 'display')
    return /^(none|block|inline|inline-block|table|table-cell|table-row|list-item)\b/i.test(value);
  // A large negative margin moves a letter's content over what Parley draws around it.
  if (/^(margin|text-indent)/.test(name)) return !/-\s*\d/.test(value);
  return value.length <= 300;
}

const allowed =
  /^(color|background|background-color|font|font-(family|size|style|weight|variant|stretch)|text-(align|decoration|decoration-(line|color|style)|indent|transform|overflow)|line-height|letter-spacing|word-(spacing|break|wrap)|white-space|vertical-align|direction|unicode-bidi|width|height|(min|max)-(width|height)|margin(-(top|right|bottom|left))?|padding(-(top|right|bottom|left))?|border(-(top|right|bottom|left))?(-(color|style|width))?|border-(collapse|spacing|radius)|list-style(-type|-position)?|table-layout|caption-side|empty-cells|display|float|clear|overflow-wrap|opacity|quotes|tab-size)$/;
