// Opens a file that was dropped or chosen.

import { DOMParser as DraftParser, type Node } from 'prosemirror-model';

import { ask, Failure } from '../../service';
import { draftOf, type Block } from '../document/blocks';
import { schema } from '../document/schema';
import { draftOfText } from '../paper';
import { say } from '../words/words';
import { clean } from './clean';

export interface Opened {
  readonly draft: Node;
  readonly pictures: number;
}

/** UTF-16 by its mark, as Notepad saves “Unicode”; UTF-8, else GB18030, as old pages and drafts are written. */
function decoded(content: ArrayBuffer, name: string): string {
  const [first, second] = new Uint8Array(content, 0, Math.min(2, content.byteLength));
  const wide = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  for (const encoding of wide === null ? ['utf-8', 'gb18030'] : [wide]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(content);
      // No text holds NUL, whatever it decodes to.
      if (!text.includes('\0')) return text;
    } catch {
      // The next one may fit.
    }
  }
  throw new Failure(say('noText', { name }));
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface Answer {
  readonly blocks: readonly Block[];
  readonly pictures: number;
}

/** A Word document is read by the service: its packing, styles and numbers would double this script. */
async function openDocument(file: File): Promise<Opened> {
  const { blocks, pictures } = await ask<Answer>('/v1/documents/open', {
    method: 'POST',
    headers: { 'Content-Type': DOCX },
    body: file,
    failed: '没有打开文件',
  }, (answer) => Array.isArray(answer.blocks));
  return { draft: draftOf(blocks), pictures };
}

/** The draft in a file; null of a kind that cannot be opened. */
export async function open(file: File): Promise<Opened | null> {
  const name = file.name.toLowerCase();
  if (/\.(txt|md)$/.test(name)) return { draft: draftOfText(decoded(await file.arrayBuffer(), file.name)), pictures: 0 };
  if (/\.html?$/.test(name)) {
    const { html, pictures } = clean(decoded(await file.arrayBuffer(), file.name));
    const body = new DOMParser().parseFromString(html, 'text/html').body;
    return { draft: DraftParser.fromSchema(schema).parse(body), pictures };
  }
  if (name.endsWith('.docx')) return openDocument(file);
  return null;
}
