// Asks what uploads of files would do. The files stay here: their hash, size and both ends are all that is sent.
const filesPerRequest = 50;
const endBytes = 4096;

// Hashing reads a file whole into memory; larger ones are compared by size.
const largestHashed = 20_000_000;

/** Yields an outcome for each of the items, in their order, request by request. */
export async function* check(items, signal) {
  for (let start = 0; start < items.length && !signal.aborted; start += filesPerRequest) {
    const part = items.slice(start, start + filesPerRequest);
    const described = [];
    for (const item of part) {
      described.push(await describe(item));
    }
    yield await ask(part, described, signal);
  }
}

async function ask(part, described, signal) {
  const readable = described.filter(Boolean);
  let answers = [];
  let problem = null;
  try {
    if (readable.length > 0) {
      const response = await fetch("/uploads/check", {
        method: "POST", body: JSON.stringify({ files: readable }), signal,
        headers: { "Content-Type": "application/json", "X-AiApp-Upload": "1" },
      });
      const answer = await response.json();
      if (response.ok) {
        answers = answer.files;
      } else {
        problem = [answer.title, answer.detail].filter(Boolean).join(" ");
      }
    }
  } catch {
    problem = "The service could not be asked.";
  }
  let next = 0;
  return part.map(({ file, path }, index) => {
    const outcome = { name: path, sizeBytes: file.size, outcome: "unchecked", reason: problem, duplicateOf: null };
    if (!described[index]) {
      return { ...outcome, outcome: "rejected", reason: "The file could not be read." };
    }
    const found = answers[next++];
    return found
      ? { ...outcome, outcome: found.outcome, reason: found.problem?.detail ?? found.problem?.title ?? null, duplicateOf: found.duplicateOf?.sourceUri ?? null }
      : outcome;
  });
}

async function describe({ file, path }) {
  try {
    // Plain http on another host has no crypto.subtle; what has the same size is then told as such.
    const hash = crypto.subtle && file.size <= largestHashed
      ? await crypto.subtle.digest("SHA-256", await file.arrayBuffer())
      : null;
    return {
      path,
      sizeBytes: file.size,
      sha256: hash && Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, "0")).join(""),
      mediaType: file.type || null,
      firstBytes: await base64(file.slice(0, endBytes)),
      lastBytes: await base64(file.slice(-endBytes)),
    };
  } catch {
    return null;
  }
}

const base64 = async blob => btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
