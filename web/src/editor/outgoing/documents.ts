// Has the service write Word documents: the draft with comments and changes, and the review sheet.

import type { EditorState } from 'prosemirror-state';

import { askForFile } from '../../service';
import { acceptedIn } from '../checking/accepted';
import { findingsOf, type Marked } from '../checking/findings';
import { blocksOf } from '../document/blocks';
import { sourceInWords } from '../sources';
import { CHINESE } from '../words/chinese';
import type { ReviewSheet } from './review-sheet';

/** Comments travel with a Chinese document, whatever language the page speaks. */
function commentOf({ severity, category, message, replacements, source, rule }: Marked): string {
  const kind = CHINESE[category as keyof typeof CHINESE];
  const lines = [`【${CHINESE[severity]}】${kind}（${rule}）`, message];
  if (replacements.length > 0) {
    lines.push(`建议：${replacements.map((words) => words || '删去').join('；')}`);
  }
  return [...lines, `依据：${sourceInWords(source)}`].join('\n');
}

function post(path: string, body: unknown, failed: string): Promise<Blob> {
  return askForFile(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    failed,
    safe: '文稿仍在，没有丢失。',
  });
}

export function markedDocument(state: EditorState): Promise<Blob> {
  const { visible } = findingsOf(state);
  const blocks = blocksOf(state.doc, { comments: visible, accepted: acceptedIn(state) });
  return post('/v1/documents/marked', { blocks, comments: visible.map(commentOf) }, '没有生成文档');
}

export function reviewDocument(sheet: ReviewSheet): Promise<Blob> {
  return post('/v1/documents/review-sheet', sheet, '没有生成审校单');
}

/** The first line of a draft, as a file may be called. */
export function fileName(title: string, ending: string): string {
  const safe = title.replace(/[\\/:*?"<>|\p{Cc}]/gu, '').trim().slice(0, 40);
  return `${safe || '文稿'}${ending}`;
}
