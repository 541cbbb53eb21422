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
  if (parser.root) keepLinesTogether(parser.root);
  const email = await parser.parse(bytes as Uint8Array<ArrayBuffer>);
  if (!parser.root?.contentType) throw new Error('The MIME parser has no tree of parts');
  return { email, root: parser.root };
}

/**
 * postal-mime keeps each line of an unencoded part as a piece of its own: 55 MB of text took 20 s and 1.5 GB. All nodes
 * have the prototype of the first, so it is put right once.
 */
function keepLinesTogether(root: Node): void {
  const nodes = Object.getPrototypeOf(root) as Node & { [together]?: true };
  if (nodes[together]) return;
  nodes[together] = true;
  const setUp = nodes.setupContentDecoder;
  nodes.setupContentDecoder = function (encoding) {
    setUp.call(this, encoding);
    if (this.contentDecoder && Object.keys(this.contentDecoder).join() === 'chunks') this.contentDecoder = lines();
  };
}

const together = Symbol('lines are kept together');
const firstBytes = 1_024;

/** Takes lines and gives them whole, each ended by a line feed. */
function lines(): Decoder {
  let bytes = new Uint8Array(firstBytes);
  let length = 0;
  return {
    update(line) {
      if (length + line.length + 1 > bytes.length) {
        const larger = new Uint8Array((length + line.length + 1) * 2);
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(line, length);
      length += line.length;
      bytes[length++] = 0x0a;
    },
    finalize: async () => bytes.slice(0, length).buffer,
  };
}

interface Decoder {
  update(line: Uint8Array): void;
  finalize(): Promise<ArrayBuffer>;
}

interface Node extends MimePart {
  contentDecoder: Decoder | null;
  setupContentDecoder(encoding: string): void;
}

interface Internals {
  root: Node;
  collectNode: () => Promise<void>;
}
