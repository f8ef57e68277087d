// One entry, to be added or changed. Whoever saves has seen the last version, or is shown what somebody else made of it.

import { byId, write } from '../elements';
import { Failure } from '../service';
import { differenceOf } from './difference';
import { FormDialog } from './dialog';
import { EntryForm } from './entry-form';
import { Signing } from './signing';
import { addEntry, changeEntry, showEntry } from './site-lexicon';
import type { Trial } from './trial';
import type { Kept, Signature } from './wire';

export class EntryDialog {
  readonly #dialog: FormDialog;
  readonly #fields: EntryForm;
  readonly #signing = new Signing('entry');
  readonly #conflict = byId('conflict', HTMLElement);
  readonly #trial: Trial;
  readonly #onSaved: (kept: Kept, former: Kept | null, signature: Signature) => void;
  #seen: Kept | null = null;

  constructor(trial: Trial, onSaved: (kept: Kept, former: Kept | null, signature: Signature) => void) {
    this.#trial = trial;
    this.#onSaved = onSaved;
    this.#fields = new EntryForm(byId('entry-form', HTMLFormElement));
    this.#dialog = new FormDialog('entry', () => JSON.stringify(this.#fields.entry), () => this.#save());
    byId('entry-signing', HTMLElement).append(this.#signing.element);
    byId('take-theirs', HTMLElement).addEventListener('click', () => {
      if (this.#seen) this.open(this.#seen);
    });
    byId('keep-mine', HTMLElement).addEventListener('click', () => {
      this.#conflict.hidden = true;
      this.#dialog.form.requestSubmit();
    });
  }

  /** Opens an entry as it was just seen; without one, a new one. */
  open(kept: Kept | null): void {
    this.#seen = kept;
    this.#fields.fill(kept?.entry);
    this.#signing.reset();
    this.#conflict.hidden = true;
    const standing = kept ? `${kept.retired ? '已停止使用，保存即恢复使用。' : ''}${kept.author} ${kept.changed_on} 改动，第 ${kept.version} 号变更。` : '保存后一两秒内在检查中生效。';
    write(byId('entry-heading', HTMLElement), kept ? `${kept.retired ? '恢复' : '改动'} ${kept.id}` : '新增条目');
    write(byId('entry-standing', HTMLElement), standing);
    this.#trial.settle(byId('entry-trial', HTMLElement), () => {
      const { entry: written } = this.#fields;
      // What it finds does not hang on who says why: that may be written when the words are found to be right.
      const entry = { ...written, reason: written.reason || '试查', unit: written.unit || '试查' };
      return this.#seen ? { change: { [this.#seen.id]: entry } } : { add: [entry] };
    });
    this.#dialog.open();
    this.#fields.focus();
  }

  async #save(): Promise<void> {
    // Between the two versions the editor chooses; a key pressed by habit does not.
    if (!this.#conflict.hidden) {
      this.#point();
      return;
    }
    const { entry } = this.#fields;
    const { signature } = this.#signing;
    const former = this.#seen;
    let kept: Kept;
    try {
      kept = former
        ? await changeEntry(former.id, entry, signature, former.version)
        : await addEntry(entry, signature);
    } catch (error) {
      if (former && error instanceof Failure && error.status === 412) {
        await this.#showConflict(former.id);
        return;
      }
      throw error;
    }
    this.#fields.keep();
    this.#signing.keep();
    this.#dialog.close();
    this.#onSaved(kept, former, signature);
  }

  async #showConflict(id: string): Promise<void> {
    const theirs = await showEntry(id);
    this.#seen = theirs;
    const deed = theirs.retired ? '停止使用了这一条' : '改过这一条';
    write(byId('conflict-text', HTMLElement), `没有保存：您打开之后，${theirs.author}${deed}（第 ${theirs.version} 号变更）。与您填写的有以下不同，前为现在的，后为您填写的：`);
    byId('conflict-difference', HTMLElement).replaceChildren(differenceOf(theirs, { entry: this.#fields.entry, retired: false }));
    this.#conflict.hidden = false;
    this.#point();
  }

  #point(): void {
    this.#conflict.focus({ preventScroll: true });
    this.#conflict.scrollIntoView({ block: 'nearest' });
  }
}
