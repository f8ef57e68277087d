// Shows the review sheet, and hands it to the printer or to Word.

import { byId } from '../../elements';
import { renderSheet, type ReviewSheet } from '../outgoing/review-sheet';

export class SheetDialog {
  readonly #dialog = byId('sheet', HTMLDialogElement);
  #sheet: ReviewSheet | null = null;

  constructor(onDownload: (sheet: ReviewSheet) => void) {
    const onClick = (id: string, act: () => void) => byId(id, HTMLElement).addEventListener('click', act);
    onClick('sheet-print', () => print());
    onClick('sheet-download', () => { if (this.#sheet) onDownload(this.#sheet); });
    onClick('sheet-close', () => this.#dialog.close());
  }

  show(sheet: ReviewSheet): void {
    this.#sheet = sheet;
    byId('sheet-content', HTMLElement).replaceChildren(...renderSheet(sheet));
    this.#dialog.showModal();
  }
}
