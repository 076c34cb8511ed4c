export const showErrors = form => form.querySelector("[aria-invalid=true]")?.focus();
