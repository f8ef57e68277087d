// The tools that give the draft out: copies, the Word document, the review sheet.

import type { EditorView } from 'prosemirror-view';

import { byId } from '../elements';
import { save } from '../saving';
import { Failure } from '../service';
import { decisionsOf } from './checking/decisions';
import { findingsOf } from './checking/findings';
import { PlainText } from './document/plain-text';
import { notify, warn } from './notices';
import { copy } from './outgoing/clipboard';
import { fileName, markedDocument, reviewDocument } from './outgoing/documents';
import { reviewSheet, titleOf } from './outgoing/review-sheet';
import { htmlOf } from './outgoing/rich-text';
import { SheetDialog } from './panel/sheet-dialog';
import { verdictOf } from './panel/summary';
import { say } from './words/words';

/** What a review sheet says beside the findings. */
interface Facts {
  readonly lexiconVersion: string;
  readonly publishedOn: string;
}

/** Has a file written, and hands it over. */
async function download(made: Promise<Blob>, name: string, told: 'downloaded' | 'stillHeld' = 'downloaded'): Promise<void> {
  try {
    save(await made, name);
    notify(say(told, { name }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(error.message);
  }
}

function onClick(id: string, act: () => void): void { byId(id, HTMLElement).addEventListener('click', act); }

export function listenToOutgoing(view: EditorView, facts: () => Facts): void {
  onClick('copy', async () => {
    const { doc } = view.state;
    const done = await copy({ text: new PlainText(doc).text, html: htmlOf(doc.content) });
    notify(say(done ? 'copied' : 'copyFailed'));
  });
  onClick('copy-plain', async () => {
    notify(say(await copy({ text: new PlainText(view.state.doc).text }) ? 'copiedPlain' : 'copyFailed'));
  });
  const sheetDialog = new SheetDialog((sheet) => void download(reviewDocument(sheet), fileName(sheet.title, '-审校单.docx')));
  onClick('download', () => {
    const holds = decisionsOf(view.state.doc).some(({ kind }) => kind === 'masked');
    const name = fileName(titleOf(view.state), '-审校.docx');
    void download(markedDocument(view.state), name, holds ? 'stillHeld' : 'downloaded');
  });
  onClick('show-sheet', () => {
    const verdict = verdictOf(findingsOf(view.state));
    if (verdict === 'none' || !findingsOf(view.state).complete) notify(say('checkFirst'));
    else sheetDialog.show(reviewSheet(view.state, verdict, facts().lexiconVersion, facts().publishedOn));
  });
}
