// A table in: all of it or nothing, and every fault named by sheet, row and column.

import { byId, make, write } from '../elements';
import { Failure } from '../service';
import { clearFaults, markFaults, watchFaults } from './faults';
import { Signing } from './signing';
import { importFile } from './site-lexicon';
import type { Imported, Signature } from './wire';

export interface FileEvents {
  /** The version of the lexicon that the editor has seen. */
  version(): number;
  onImported(imported: Imported, signature: Signature): void;
  onStale(): Promise<void>;
}

export class ImportForm {
  readonly #form = byId('import-form', HTMLFormElement);
  readonly #file = byId('import-file', HTMLInputElement);
  readonly #replace = byId('import-replace', HTMLInputElement);
  readonly #status = byId('import-status', HTMLElement);
  readonly #faults = byId('import-faults', HTMLTableElement);
  readonly #signing = new Signing('import');
  readonly #events: FileEvents;
  #busy = false;

  constructor(events: FileEvents) {
    this.#events = events;
    byId('import-signing', HTMLElement).append(this.#signing.element);
    watchFaults(this.#form);
    this.#file.addEventListener('change', () => this.#clear());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#import();
    });
  }

  /** Call when the form comes into sight: the name may have been given elsewhere since. */
  open(): void { this.#signing.recall(); }

  #clear(): void {
    clearFaults(this.#form);
    write(this.#status, '');
    this.#faults.hidden = true;
  }

  async #import(): Promise<void> {
    const file = this.#file.files?.[0];
    if (!file || this.#busy) {
      if (!file) write(this.#status, '请先选择文件。');
      return;
    }
    this.#clear();
    this.#busy = true;
    write(this.#status, '正在导入…');
    const { signature } = this.#signing;
    const { checked: replace } = this.#replace;
    try {
      // What the file does not name is retired: somebody else's new entry must not be among it unseen.
      const imported = await importFile(file, signature, replace, replace ? this.#events.version() : null);
      this.#signing.keep();
      this.#form.reset();
      this.#signing.reset();
      write(this.#status, imported.changed > 0 ? `已导入：新增、改动和停用共 ${imported.changed.toLocaleString('zh-CN')} 条。` : '词库原已如此，没有变更。');
      this.#events.onImported(imported, signature);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await this.#show(error);
    } finally {
      this.#busy = false;
    }
  }

  async #show(failure: Failure): Promise<void> {
    if (failure.status === 412) {
      await this.#events.onStale();
      write(this.#status, '没有导入：打开本页之后，词库又改过，停用表中没有的条目可能停掉别人新增的。请先看“变更记录”；仍要按此表停用的，再点一次“导入”。');
      return;
    }
    const places = markFaults(this.#form, failure.faults);
    if (places.length === 0) {
      write(this.#status, failure.faults.length > 0 ? '没有导入：请改正标出的各项。' : `没有导入。${failure.message}`);
      return;
    }
    write(this.#status, `没有导入，词库未变。文件中有 ${places.length} 处错误，改好后再导入：`);
    this.#faults.tBodies[0]?.replaceChildren(...places.map(({ field, detail }) => {
      const place = make('th', '', field);
      place.scope = 'row';
      return make('tr', '', place, make('td', '', detail));
    }));
    this.#faults.hidden = false;
  }
}
