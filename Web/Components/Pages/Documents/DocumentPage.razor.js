export function showTarget() {
  const target = document.querySelector("[data-document-page] [data-evidence-target]");
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}
