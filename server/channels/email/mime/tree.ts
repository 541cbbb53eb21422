import PostalMime, { type Email } from 'postal-mime';
import { maxDepth, maxHeaderBytes } from './limits.ts';

/** One MIME part as the parser left it: transfer encoding undone, charset not. */
export interface MimePart {
  childNodes: MimePart[];
  contentType: { parsed: { value: string; params: Record<string, string> }; multipart: string | false };
  contentDisposition: { parsed: { value: string; params: Record<string, string> } };
  contentId?: string | undefined;
  content: ArrayBuffer | null;
}

export interface MimeTree {
  /** Headers and addresses of the letter; its bodies are not filled. */
  email: Email;
  root: MimePart;
}

/**
 * Parses bytes into the tree of MIME parts with postal-mime.
 *
 * postal-mime joins and decodes the bodies itself and trusts every declared charset; Parley needs the undecoded bytes
 * of each part. So its last step is switched off and its tree is read instead (the version is pinned, and the
 * tests of charsets fail when the tree moves).
 *
 * @throws Error when the letter is deeper than {@link maxDepth} or its headers larger than {@link maxHeaderBytes}
 */
export async function readTree(bytes: Uint8Array): Promise<MimeTree> {
  const parser: PostalMime & Partial<Internals> = new PostalMime({
    maxNestingDepth: maxDepth,
    maxHeadersSize: maxHeaderBytes,
  });
  parser.collectNode = async () => {};
  const email = await parser.parse(bytes as Uint8Array<ArrayBuffer>);
  if (!parser.root?.contentType) throw new Error('The MIME parser has no tree of parts');
  return { email, root: parser.root };
}

interface Internals {
  root: MimePart;
  collectNode: () => Promise<void>;
}
