import { attachReading } from "../../Evidence/EvidencePanel.razor.js";
import { offerFocus } from "../../../focus.js";

export function attach(page) {
  const root = document.querySelector("[data-reading]");
  const title = root.querySelector("h1");
  const abort = new AbortController();
  const reading = attachReading(root, ".found");

  // Unlike on the page of questions it stops nothing: what is stopped here cannot be taken up again.
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !event.defaultPrevented && !reading.closeCard() && reading.panel()) {
      page.invokeMethodAsync("CloseAsync");
    }
  }, { signal: abort.signal });

  root.dataset.live = "";
  return {
    show: reading.show,
    closed() {
      reading.closed(title);
    },
    focusTitle() {
      title.tabIndex = -1;
      offerFocus(title);
    },
    detach() {
      abort.abort();
      reading.detach();
    },
  };
}
