/** Gives it the focus where nothing has it: what had it is gone, or nobody was anywhere yet. */
export function offerFocus(element) {
  const holder = document.activeElement;
  if (!holder || holder === document.body || holder.id === "content" || holder.tagName === "H1") {
    element?.focus({ preventScroll: true });
  }
}
