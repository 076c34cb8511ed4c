// What every page needs and no circuit: theme, drafts, copying, and the connection itself.
(() => {
  const announce = text => {
    const status = document.getElementById("page-status");
    if (status) {
      status.textContent = "";
      setTimeout(() => { status.textContent = text; }, 50);
    }
  };

  document.addEventListener("click", event => {
    if (event.target.closest("[data-theme-toggle]")) {
      switchTheme();
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      copyText(copy);
    }
    if (event.target.closest("[data-reload]")) {
      event.preventDefault();
      location.reload();
    }
  });

  function switchTheme() {
    const root = document.documentElement;
    const order = { undefined: "light", light: "dark", dark: undefined };
    const next = order[root.dataset.theme];
    if (next) {
      root.dataset.theme = next;
      localStorage.setItem("aiapp.theme", next);
    } else {
      delete root.dataset.theme;
      localStorage.removeItem("aiapp.theme");
    }
    announce(`Colours: ${next ?? "system"}`);
  }

  async function copyText(button) {
    const text = button.dataset.copy;
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
    } else {
      // Plain http has no clipboard API.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.dataset.copied = "";
    setTimeout(() => { delete button.dataset.copied; }, 2000);
    announce(`The ${button.dataset.copyNoun} was copied`);
  }

  document.addEventListener("input", event => {
    const key = event.target.dataset?.draft;
    if (key) {
      sessionStorage.setItem(`aiapp.draft.${key}`, event.target.value);
    }
  });

  // The connection. A circuit that the server still knows is taken up again; after a restart the page is loaded anew.
  const notice = document.getElementById("connection");
  const show = name => {
    notice.hidden = !name;
    for (const part of notice.children) {
      part.hidden = !part.classList.contains(name);
    }
  };
  const pause = ms => new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
  let reconnecting = false;
  let leaving = false;
  addEventListener("pagehide", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });

  async function reconnect() {
    if (reconnecting) {
      return;
    }
    reconnecting = true;
    const notYet = setTimeout(() => leaving || show("connection-lost"), 700);
    for (let wait = 250; ; wait = Math.min(wait * 1.6, 10000)) {
      await pause(wait);
      try {
        if (await Blazor.reconnect()) {
          break;
        }
        show("connection-restarted");
        await serverIsBack();
        location.reload();
        return;
      } catch {
        // Not reachable yet.
      }
    }
    clearTimeout(notYet);
    show(null);
    reconnecting = false;
  }

  async function serverIsBack() {
    for (;;) {
      try {
        const response = await fetch("/alive", { cache: "no-store" });
        if (response.status < 500) {
          return;
        }
      } catch {
        // Still starting.
      }
      await pause(500);
    }
  }

  Blazor.start({
    // A link followed while the circuit connects loads its page. Patched into the one that is there, as the framework does otherwise, the page is
    // drawn for the address before as soon as the circuit has it.
    ssr: { disableDomPreservation: true },
    circuit: {
      reconnectionHandler: {
        onConnectionDown: () => { reconnect(); },
        onConnectionUp: () => { show(null); },
      },
    },
  });
})();
