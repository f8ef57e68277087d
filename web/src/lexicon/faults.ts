// Marks the fields of a form that were refused, each with its reason beside it.

import type { FieldFault } from '../service';

const faultOf = (field: HTMLElement) => document.getElementById(`${field.id}-fault`);

function accept(field: HTMLElement): void {
  field.removeAttribute('aria-invalid');
  const message = faultOf(field);
  if (message) message.textContent = '';
}

/** Takes a mark off as soon as its field is edited. */
export function watchFaults(form: HTMLFormElement): void {
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLElement && target.hasAttribute('aria-invalid')) accept(target);
  });
}

export function clearFaults(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLElement>('[aria-invalid]')) accept(field);
}

/** Marks the fields and goes to the first; gives the faults that belong to none of them. */
export function markFaults(form: HTMLFormElement, faults: readonly FieldFault[]): FieldFault[] {
  clearFaults(form);
  const rest: FieldFault[] = [];
  let first: HTMLElement | null = null;
  for (const fault of faults) {
    const name = fault.field.replace(/^entry\./, '').split('.')[0] ?? '';
    const field = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    const message = field && faultOf(field);
    if (!field || !message) {
      rest.push(fault);
      continue;
    }
    field.setAttribute('aria-invalid', 'true');
    message.textContent = fault.detail;
    first ??= field;
  }
  first?.focus();
  return rest;
}
