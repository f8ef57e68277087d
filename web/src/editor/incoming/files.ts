// Opens a file that was dropped or chosen.

import { DOMParser as DraftParser, type Node } from 'prosemirror-model';

import { ask } from '../../service';
import { draftOf, type Block } from '../document/blocks';
import { schema } from '../document/schema';
import { draftOfText } from '../paper';
import { clean } from './clean';

export interface Opened {
  readonly draft: Node;
  readonly pictures: number;
}

/** UTF-8, else GB18030, as old pages and drafts are written. */
function decoded(content: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
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
  if (/\.(txt|md)$/.test(name)) return { draft: draftOfText(decoded(await file.arrayBuffer())), pictures: 0 };
  if (/\.html?$/.test(name)) {
    const { html, pictures } = clean(decoded(await file.arrayBuffer()));
    const body = new DOMParser().parseFromString(html, 'text/html').body;
    return { draft: DraftParser.fromSchema(schema).parse(body), pictures };
  }
  if (name.endsWith('.docx')) return openDocument(file);
  return null;
}
