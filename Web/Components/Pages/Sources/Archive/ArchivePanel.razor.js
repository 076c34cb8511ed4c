import { inSmallMessages } from "../../Documents/UploadPanel.razor.js";

const mostRefusedShown = 200;

export function attach(panel, root, maxFileBytes) {
  const abort = new AbortController();

  /** False when there is nothing to send; else the panel is told how it ends. */
  function send(fields) {
    const file = root.querySelector("[data-file]").files[0];
    if (!file) {
      return false;
    }
    // Not awaited: the panel shows meanwhile that it is under way.
    post(file, fields);
    return true;
  }

  async function post(file, fields) {
    const end = outcome => abort.signal.aborted || panel.invokeMethodAsync("End", outcome);
    if (file.size > maxFileBytes) {
      return end({ reason: `Larger than ${Math.round(maxFileBytes / 1e6)} MB.` });
    }
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    form.append("file", file, "archive.zip");
    try {
      const response = await fetch("/uploads/archive", { method: "POST", body: form, headers: { "X-AiApp-Upload": "1" }, signal: abort.signal });
      const answer = await response.json();
      if (!response.ok) {
        return end({ reason: [answer.title, answer.detail].filter(Boolean).join(" ") });
      }
      const count = outcome => answer.files.filter(item => item.outcome === outcome).length;
      const refused = answer.files.filter(item => item.outcome === "rejected");
      await inSmallMessages(
        refused.slice(0, mostRefusedShown).map(item => ({ name: item.sourceUri ?? item.name ?? "", reason: item.problem?.detail ?? item.problem?.title ?? "" })),
        part => panel.invokeMethodAsync("Refuse", part));
      return end({ accepted: count("accepted"), unchanged: count("unchanged"), refused: refused.length, deleted: answer.deleted, held: answer.heldDeletions });
    } catch (error) {
      return end({ reason: error instanceof TypeError ? "The connection broke, or the file could not be read." : error.message });
    }
  }

  return {
    send,
    detach() {
      abort.abort();
    },
  };
}
