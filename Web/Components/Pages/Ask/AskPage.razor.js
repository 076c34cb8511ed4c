import { attachReading } from "../../Evidence/EvidencePanel.razor.js";

const pendingKey = "aiapp.pending";
const draftKey = "aiapp.draft.ask";
const narrow = matchMedia("(max-width: 899px)");

export function attach(page, isNewVisit) {
  const root = document.querySelector("[data-ask]");
  const question = root.querySelector("textarea[data-draft]");
  const notice = root.querySelector("[data-composer-notice]");
  const research = root.querySelector("[data-research]");
  const send = root.querySelector("[data-send]");
  const abort = new AbortController();
  const on = (target, type, handler, options) =>
    target.addEventListener(type, handler, { ...options, signal: abort.signal });
  const reading = attachReading(root, ".conversation");
  let following = true;
  let sending = false;

  const grow = () => {
    question.style.height = "auto";
    question.style.height = Math.min(question.scrollHeight, innerHeight * 0.4) + "px";
  };
  const isBusy = () => send.hasAttribute("data-busy");
  const say = text => { notice.textContent = text; };

  async function submit() {
    const text = question.value.trim();
    if (isBusy()) {
      say("Wait for the answer, or stop it with Esc.");
    } else if (text && !sending) {
      sending = true;
      try {
        if (research.checked) {
          say((await page.invokeMethodAsync("ResearchAsync", text)) ?? "");
        } else {
          say((await page.invokeMethodAsync("SendAsync", text)) ?? "");
        }
      } catch {
        say("Not connected. Your question is kept here; send it again when the connection is back.");
      } finally {
        sending = false;
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
  // Another question is not held up by one whose reply was lost with the connection.
  on(question, "input", () => { grow(); say(""); sending = false; });
  on(question, "keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!event.repeat) {
        submit();
      }
    }
  });
  on(document, "keydown", event => {
    if (document.querySelector("dialog[open]")) {
      return; // its keys are its own
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (reading.closeCard()) {
        return;
      }
      const open = reading.panel();
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

  // The page follows a streaming answer until the reader scrolls away from its end, by whatever means. Upwards any distance is away: a key moves the page
  // in small steps, and following would take back each of them.
  let seen = scrollY;
  const beforeEnd = () => document.documentElement.scrollHeight - innerHeight - scrollY;
  const move = how => {
    how();
    seen = scrollY;
  };
  // Where scrolling is animated, nothing has moved yet in its first moment: the wish counts.
  const leave = event => {
    const isElsewhere = event.ctrlKey || event.target.closest("input, textarea, select, dialog, .conversations, .cite-card, [data-evidence-panel]");
    following = following && (isElsewhere || scrollY === 0);
  };
  on(window, "wheel", event => event.deltaY < 0 && leave(event), { passive: true });
  on(document, "keydown", event => ["ArrowUp", "PageUp", "Home"].includes(event.key) && leave(event));
  on(window, "scroll", () => {
    if (scrollY !== seen) {
      following = beforeEnd() <= (scrollY < seen ? 1 : 120);
      seen = scrollY;
    }
  }, { passive: true });
  const observer = new ResizeObserver(() => {
    if (following && isBusy()) {
      move(() => scrollTo({ top: document.documentElement.scrollHeight }));
    }
  });
  observer.observe(root.querySelector(".thread"));

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

  const take = text => {
    if (question.value.trim() === text) {
      question.value = "";
      sessionStorage.removeItem(draftKey);
    }
    say("");
    grow();
  };

  return {
    questionTaken: take,
    questionAsked(text) {
      sessionStorage.setItem(pendingKey, text);
      take(text);
      following = true;
      move(() => root.querySelector(".exchange:last-of-type")?.scrollIntoView({ block: "start" }));
    },
    questionAnswered() {
      sessionStorage.removeItem(pendingKey);
    },
    tellAddress(address) {
      // Whoever has gone to another page meanwhile is left there.
      if (location.pathname !== address && /^\/(c\/|$)/.test(location.pathname)) {
        history.replaceState(history.state, "", address);
        // It leads to this page's content, and was drawn for the address before.
        document.querySelector(".skip-link")?.setAttribute("href", `${location.origin}${location.pathname}${location.search}#content`);
      }
    },
    showEvidence() {
      reading.show();
    },
    evidenceClosed() {
      reading.closed(question);
    },
    focusQuestion() {
      question.focus({ preventScroll: true });
    },
    detach() {
      abort.abort();
      observer.disconnect();
      reading.detach();
    },
  };
}
