import { check } from "./Checks/CheckList.razor.js";

export function attach(panel, maxFileBytes, filesPerBatch, bytesPerBatch) {
  const root = document.querySelector("[data-upload]");
  const zone = root.querySelector("[data-drop-zone]");
  const abort = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });
  let plan = newPlan();
  let queue = [];
  let failed = [];
  let sending = false;

  on(root, "click", event => {
    const choose = event.target.closest("[data-choose]");
    if (choose) {
      root.querySelector(`[data-input="${choose.dataset.choose}"]`).click();
    }
    if (event.target.closest("[data-resend]")) {
      const again = failed;
      failed = [];
      queue.push(...again);
      pump();
    }
  });
  on(root, "change", event => {
    if (event.target.matches("[data-input]")) {
      const files = Array.from(event.target.files, file => ({ file, path: file.webkitRelativePath || file.name }));
      event.target.value = "";
      choose(files);
    }
  });

  // The whole page takes a drop: a file that misses the zone must not replace the page.
  on(document, "dragover", event => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      zone.dataset.over = "";
    }
  });
  on(document, "dragleave", event => {
    if (!event.relatedTarget) {
      delete zone.dataset.over;
    }
  });
  on(document, "drop", async event => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      delete zone.dataset.over;
      choose(await dropped(event.dataTransfer));
    }
  });

  // Files chosen while others are being checked wait for their turn; a plan that is given up stops where it is.
  async function choose(files) {
    if (files.length === 0) {
      return;
    }
    const mine = plan;
    mine.waiting.push(...files);
    await panel.invokeMethodAsync("BeginCheck", files.length);
    if (mine.busy) {
      return;
    }
    mine.busy = true;
    while (mine.waiting.length > 0) {
      const items = mine.waiting.splice(0);
      let at = 0;
      for await (const outcomes of check(items, mine.abort.signal)) {
        if (mine.abort.signal.aborted) {
          return;
        }
        mine.checked.push(...outcomes.map(({ outcome }) => ({ ...items[at++], outcome })));
        await inSmallMessages(outcomes, part => panel.invokeMethodAsync("ReportChecks", part));
      }
    }
    mine.busy = false;
  }

  function forget() {
    plan.abort.abort();
    plan = newPlan();
  }

  async function send(outcomes) {
    const files = plan.checked.filter(item => outcomes.includes(item.outcome));
    forget();
    root.querySelector("[data-upload-status]").focus();
    await take(files);
  }

  async function take(files) {
    if (files.length === 0) {
      return;
    }
    await panel.invokeMethodAsync("Begin", files.length);
    const tooLarge = files.filter(({ file }) => file.size > maxFileBytes);
    if (tooLarge.length > 0) {
      const limit = Math.round(maxFileBytes / 1e6);
      await report(tooLarge.map(({ path }) => ({ name: path, outcome: "rejected", reason: `Larger than ${limit} MB.` })));
    }
    queue.push(...files.filter(item => !tooLarge.includes(item)));
    pump();
  }

  async function pump() {
    if (sending) {
      return;
    }
    sending = true;
    while (queue.length > 0 && !abort.signal.aborted) {
      await post(nextBatch());
    }
    sending = false;
  }

  function nextBatch() {
    const batch = [];
    let bytes = 0;
    while (queue.length > 0 && batch.length < filesPerBatch
        && (batch.length === 0 || bytes + queue[0].file.size <= bytesPerBatch)) {
      bytes += queue[0].file.size;
      batch.push(queue.shift());
    }
    return batch;
  }

  async function post(batch) {
    const form = new FormData();
    for (const { file, path } of batch) {
      form.append("path", path);
      form.append("file", file, file.name);
    }
    try {
      const response = await fetch("/uploads", {
        method: "POST", body: form, headers: { "X-AiApp-Upload": "1" }, signal: abort.signal,
      });
      const answer = await response.json();
      if (!response.ok) {
        throw new Error([answer.title, answer.detail].filter(Boolean).join(" "));
      }
      await report(batch.map(({ path }, index) => outcomeOf(path, answer.files[index])));
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      failed.push(...batch);
      const reason = error instanceof TypeError ? "The connection broke, or the file could not be read." : error.message;
      await report(batch.map(({ path }) => ({ name: path, outcome: "failed", reason })));
    }
  }

  const outcomeOf = (path, file) => file
    ? { name: path, outcome: file.outcome, reason: file.problem?.detail ?? file.problem?.title ?? null }
    : { name: path, outcome: "rejected", reason: "The service said nothing about this file." };
  const report = files => inSmallMessages(files, part => panel.invokeMethodAsync("Report", part));

  return {
    send,
    forget,
    detach() {
      abort.abort();
      plan.abort.abort();
    },
  };
}

const newPlan = () => ({ waiting: [], checked: [], busy: false, abort: new AbortController() });

/** Messages of a circuit have at most 32 KB; names may be long. */
export async function inSmallMessages(files, tell) {
  let part = [];
  let length = 0;
  for (const file of files) {
    const size = JSON.stringify(file).length;
    if (part.length > 0 && (part.length === 50 || length + size > 8000)) {
      await tell(part);
      [part, length] = [[], 0];
    }
    part.push(file);
    length += size;
  }
  if (part.length > 0) {
    await tell(part);
  }
}

/** Files of a drop, those inside dropped folders with their paths. */
async function dropped(transfer) {
  // Entries must be taken before the first wait; the list is empty afterwards.
  const entries = Array.from(transfer.items, item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) {
    return Array.from(transfer.files, file => ({ file, path: file.name }));
  }
  const files = [];
  for (const entry of entries) {
    await collect(entry, files);
  }
  return files;
}

async function collect(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    files.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader hands out at most 100 entries at a time.
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) {
      return;
    }
    for (const child of part) {
      await collect(child, files);
    }
  }
}
