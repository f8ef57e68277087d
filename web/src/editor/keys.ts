// The keys of the whole page. Those of the paper alone are in paper.ts.

import type { Marked } from './checking/findings';

export interface Commands {
  check(): void;
  move(step: 1 | -1): void;
  active(): Marked | null;
  accept(finding: Marked, replacement: string): void;
  ignore(finding: Marked): void;
  /** Whether there was anywhere to go. */
  toCardOrBack(): boolean;
}

/** Does what a key asks for; false if it asks for nothing here. */
function obey(event: KeyboardEvent, commands: Commands): boolean {
  const { key, code, altKey, shiftKey } = event;
  const finding = commands.active();
  if (key === 'Enter' && (event.ctrlKey || event.metaKey)) commands.check();
  else if (key === 'F8' || (altKey && (key === 'ArrowDown' || key === 'ArrowUp'))) {
    commands.move(shiftKey || key === 'ArrowUp' ? -1 : 1);
  } else if (altKey && finding && (key === 'Enter' || /^Digit[1-9]$/.test(code))) {
    const replacement = finding.replacements[key === 'Enter' ? 0 : Number(code.at(-1)) - 1];
    if (replacement === undefined) return false;
    commands.accept(finding, replacement);
  } else if (altKey && finding && code === 'KeyX') commands.ignore(finding);
  else return key === 'Escape' && commands.toCardOrBack();
  return true;
}

export function listenToKeys(commands: Commands): void {
  document.addEventListener('keydown', (event) => {
    // While a syllable is composed, the keys belong to the input method; so do all keys of an open dialog.
    if (event.isComposing || document.querySelector('dialog[open]')) return;
    if (obey(event, commands)) event.preventDefault();
  });
}
