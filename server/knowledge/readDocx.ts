import type { KeepImage } from './readArticleFile.ts';
import { htmlToMarkdown } from './split.ts';

/** A Word document as Markdown: headings, lists, tables and pictures stay, looks do not. @throws when it is none */
export async function readDocx(
  bytes: Uint8Array,
  keepImage: KeepImage,
): Promise<{ title: string | null; body: string }> {
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes) },
    {
      // Word's title is the first heading of what stands under it.
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
      convertImage: mammoth.images.imgElement(async (image) => {
        const content = await image.readAsArrayBuffer();
        return { src: await keepImage('picture', image.contentType, new Uint8Array(content)) };
      }),
    },
  );
  return { title: null, body: htmlToMarkdown(value) };
}
