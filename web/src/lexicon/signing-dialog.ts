// Asks who answers for a deed that needs nothing else: an entry is retired, a change is undone.

import { byId, write } from '../elements';
import { FormDialog } from './dialog';
import { Signing } from './signing';
import type { Trial } from './trial';
import type { Proposal, Signature } from './wire';

export interface Deed {
  readonly title: string;
  readonly explanation: string;
  readonly verb: string;
  /** What can be tried before it is done. */
  readonly proposal?: () => Proposal;
  done(signature: Signature): Promise<void>;
}

export class SigningDialog {
  readonly #dialog: FormDialog;
  readonly #signing = new Signing('deed');
  readonly #trial: Trial;
  #deed: Deed | null = null;

  constructor(trial: Trial) {
    this.#trial = trial;
    this.#dialog = new FormDialog('deed', () => this.#signing.signature.note, () => this.#sign());
    byId('deed-signing', HTMLElement).append(this.#signing.element);
  }

  ask(deed: Deed): void {
    this.#deed = deed;
    this.#signing.reset();
    write(byId('deed-heading', HTMLElement), deed.title);
    write(byId('deed-explanation', HTMLElement), deed.explanation);
    write(byId('deed-save', HTMLElement), deed.verb);
    const place = byId('deed-trial', HTMLElement);
    place.replaceChildren();
    if (deed.proposal) this.#trial.settle(place, deed.proposal);
    this.#dialog.open();
  }

  async #sign(): Promise<void> {
    const { signature } = this.#signing;
    await this.#deed?.done(signature);
    this.#signing.keep();
    this.#dialog.close();
  }
}
