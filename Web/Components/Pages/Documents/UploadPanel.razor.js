export function attach(panel, maxFileBytes, filesPerBatch, bytesPerBatch) {
  const root = document.querySelector("[data-upload]");
  const zone = root.querySelector("[data-drop-zone]");
  const abort = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });
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
      take(files);
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
      take(await dropped(event.dataTransfer));
    }
  });

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
      await send(nextBatch());
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

  async function send(batch) {
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
  const report = async files => {
    // Messages of a circuit are small.
    for (let start = 0; start < files.length; start += 50) {
      await panel.invokeMethodAsync("Report", files.slice(start, start + 50));
    }
  };

  return { detach() { abort.abort(); } };
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
