const pendingKey = "aiapp.pending";
const draftKey = "aiapp.draft.ask";
const narrow = matchMedia("(max-width: 899px)");

export function attach(page, isNewVisit) {
  const root = document.querySelector("[data-ask]");
  const question = root.querySelector("textarea[data-draft]");
  const notice = root.querySelector("[data-composer-notice]");
  const send = root.querySelector("[data-send]");
  const abort = new AbortController();
  const on = (target, type, handler, options) =>
    target.addEventListener(type, handler, { ...options, signal: abort.signal });
  let opener = null;
  let following = true;

  const grow = () => {
    question.style.height = "auto";
    question.style.height = Math.min(question.scrollHeight, innerHeight * 0.4) + "px";
  };
  const isBusy = () => send.hasAttribute("data-busy");
  const say = text => { notice.textContent = text; };
  const panel = () => root.querySelector("[data-evidence-panel]");

  async function submit() {
    const text = question.value.trim();
    if (isBusy()) {
      say("Wait for the answer, or stop it with Esc.");
    } else if (text) {
      try {
        await page.invokeMethodAsync("SendAsync", text);
      } catch {
        say("Not connected. Your question is kept here; send it again when the connection is back.");
      }
    }
  }

  on(root.querySelector("[data-composer]"), "submit", event => {
    event.preventDefault();
    if (isBusy()) {
      page.invokeMethodAsync("Stop");
      question.focus();
    } else {
      submit();
    }
  });
  on(question, "input", () => { grow(); say(""); });
  on(question, "keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  on(document, "keydown", event => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (closeCard()) {
        return;
      }
      const open = panel();
      if (open && (open.contains(document.activeElement) || !isBusy())) {
        page.invokeMethodAsync("CloseAsync");
      } else if (isBusy()) {
        page.invokeMethodAsync("Stop");
      }
    } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
        && !event.target.closest("input, textarea, select, [contenteditable]") && !root.querySelector("[data-sheet-open]")) {
      event.preventDefault();
      question.focus();
    }
  });
  on(root, "click", event => {
    opener = event.target.closest("[data-evidence-opener]") ?? opener;
    closeCard();
  }, { capture: true });

  // Cards: shown for the pointer after a moment, for the keyboard at once; they stay while the pointer is on them.
  let timer = 0;
  const openCard = cite => {
    closeCard();
    const card = cite.querySelector(".cite-card");
    cite.dataset.open = "";
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
  on(window, "scroll", closeCard, { passive: true });

  // The page follows a streaming answer until the reader scrolls away from its end.
  const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 120;
  on(window, "wheel", () => { following = atEnd(); }, { passive: true });
  on(window, "touchmove", () => { following = atEnd(); }, { passive: true });
  const observer = new ResizeObserver(() => {
    if (following && isBusy()) {
      scrollTo({ top: document.documentElement.scrollHeight });
    }
  });
  observer.observe(root.querySelector(".thread"));

  const settle = () => {
    const open = panel();
    const sheet = Boolean(open) && narrow.matches;
    root.querySelector(".conversation").inert = sheet;
    document.querySelector(".topbar").inert = sheet;
    document.documentElement.toggleAttribute("data-sheet-open", sheet);
  };
  on(narrow, "change", settle);

  // A question whose answer never arrived comes back as a draft, or beside the draft that was begun meanwhile.
  const pending = isNewVisit ? sessionStorage.getItem(pendingKey) : null;
  question.value = question.value || sessionStorage.getItem(draftKey) || pending || "";
  if (!isBusy()) {
    sessionStorage.removeItem(pendingKey);
  }
  if (pending && question.value === pending) {
    say("The answer to this question was interrupted. Send it again when you like.");
  } else if (pending) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.textContent = "Ask it again";
    again.addEventListener("click", () => page.invokeMethodAsync("SendAsync", pending));
    notice.replaceChildren(`The answer to “${pending}” was interrupted. `, again);
  }
  sessionStorage.setItem(draftKey, question.value);
  grow();
  send.dataset.live = "";
  if (!narrow.matches && (document.activeElement === document.body || document.activeElement?.tagName === "H1")) {
    question.focus({ preventScroll: true });
  }

  return {
    questionAsked(text) {
      sessionStorage.setItem(pendingKey, text);
      if (question.value.trim() === text) {
        question.value = "";
        sessionStorage.removeItem(draftKey);
      }
      say("");
      grow();
      following = true;
      root.querySelector(".exchange:last-of-type")?.scrollIntoView({ block: "start" });
    },
    questionAnswered() {
      sessionStorage.removeItem(pendingKey);
    },
    tellAddress(address) {
      if (location.pathname !== address) {
        history.replaceState(history.state, "", address);
        // It leads to this page's content, and was drawn for the address before.
        document.querySelector(".skip-link")?.setAttribute("href", `${location.origin}${location.pathname}${location.search}#content`);
      }
    },
    showEvidence() {
      settle();
      const target = root.querySelector("[data-evidence-target]") ?? root.querySelector("#evidence-title");
      const body = target?.closest("[data-evidence-body]");
      if (body) {
        // scrollIntoView would move the page behind the panel as well.
        const offset = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
        body.scrollTop += offset - body.clientHeight * 0.35;
      }
      target?.focus({ preventScroll: true });
    },
    evidenceClosed() {
      settle();
      (opener?.isConnected ? opener : question).focus();
    },
    detach() {
      abort.abort();
      observer.disconnect();
      document.querySelector(".topbar").inert = false;
      document.documentElement.removeAttribute("data-sheet-open");
    },
  };
}
