const narrow = matchMedia("(max-width: 899px)");

/** What a page with citations needs: cards over their chips, and the panel beside them that covers a narrow page. */
export function attachReading(root, covered) {
  const abort = new AbortController();
  const on = (target, type, handler, options) =>
    target.addEventListener(type, handler, { ...options, signal: abort.signal });
  let opener = null;
  let holder = null;
  const panel = () => root.querySelector("[data-evidence-panel]");

  on(root, "click", event => {
    if (event.target.closest("[data-evidence-opener]")) {
      opener = event.target.closest("[data-evidence-opener]");
      holder = document.activeElement;
    }
    closeCard();
  }, { capture: true });

  // Cards: shown for the pointer after a moment, for the keyboard at once; they stay while the pointer is on them.
  let timer = 0;
  const openCard = cite => {
    closeCard();
    cite.dataset.open = "";
    placeCard(cite);
  };
  const placeCard = cite => {
    const card = cite.querySelector(".cite-card");
    const chip = cite.querySelector(".chip").getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const below = chip.bottom + size.height + 12 < innerHeight;
    card.style.left = Math.max(8, Math.min(chip.left, innerWidth - size.width - 8)) + "px";
    card.style.top = (below ? chip.bottom + 4 : Math.max(8, chip.top - size.height - 4)) + "px";
  };
  function closeCard() {
    clearTimeout(timer);
    const open = root.querySelector("[data-cite][data-open]");
    open?.removeAttribute("data-open");
    return Boolean(open);
  }
  on(root, "pointerover", event => {
    const cite = event.target.closest("[data-cite]");
    if (cite && event.pointerType === "mouse" && !("open" in cite.dataset)) {
      clearTimeout(timer);
      timer = setTimeout(() => openCard(cite), 150);
    }
  });
  on(root, "pointerout", event => {
    const cite = event.target.closest("[data-cite]");
    if (cite && !cite.contains(event.relatedTarget)) {
      clearTimeout(timer);
      timer = setTimeout(closeCard, 150);
    }
  });
  on(root, "focusin", event => {
    const cite = event.target.closest("[data-cite]");
    if (cite && event.target.matches(":focus-visible")) {
      openCard(cite);
    }
  });
  on(root, "focusout", event => {
    if (event.target.closest("[data-cite]")) {
      closeCard();
    }
  });
  // The keyboard brings a chip into view, which scrolls the page after the card was opened: that card goes with its chip.
  on(window, "scroll", () => {
    const open = root.querySelector("[data-cite][data-open]");
    if (open?.contains(document.activeElement)) {
      placeCard(open);
    } else {
      closeCard();
    }
  }, { passive: true });

  const sheet = () => Boolean(panel()) && narrow.matches;
  const settle = () => {
    root.querySelector(covered).inert = sheet();
    document.querySelector(".topbar").inert = sheet();
    document.documentElement.toggleAttribute("data-sheet-open", sheet());
  };
  on(narrow, "change", settle);

  return {
    panel,
    closeCard,
    show() {
      settle();
      const target = root.querySelector("[data-evidence-target]") ?? root.querySelector("#evidence-title");
      const body = target?.closest("[data-evidence-body]");
      if (body) {
        // scrollIntoView would move the page behind the panel as well.
        const offset = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
        body.scrollTop += offset - body.clientHeight * 0.35;
      }
      // The text may have been long in coming: whoever writes meanwhile goes on writing.
      const now = document.activeElement;
      if (sheet() || now === holder || !now?.matches("input, textarea, select")) {
        target?.focus({ preventScroll: true });
      }
    },
    closed(otherwise) {
      settle();
      (opener?.isConnected ? opener : otherwise)?.focus();
    },
    detach() {
      abort.abort();
      document.querySelector(".topbar").inert = false;
      document.documentElement.removeAttribute("data-sheet-open");
    },
  };
}
