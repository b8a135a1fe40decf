// Asks without leaving the page, so that a query can be cancelled; the server ends what nobody waits for.
// Without this script the form is sent and the browser's own stop button cancels.
(() => {
  const form = document.getElementById("editor");
  const field = document.getElementById("query");
  const ask = document.getElementById("ask");
  const cancel = document.getElementById("cancel");
  const status = document.getElementById("status");
  const waited = document.getElementById("waited");
  let running = null, shown = location.search;

  const trouble = (message) => {
    const box = document.createElement("div"), line = document.createElement("p");
    box.className = "problem";
    box.id = "problem";
    box.setAttribute("role", "alert");
    line.textContent = message;
    box.append(line);
    document.getElementById("result").replaceChildren(box);
  };
  const show = (page, address) => {
    const result = page.getElementById("result"), asked = page.getElementById("query");
    if (!result) { trouble(page.querySelector("main")?.innerText.trim() || "The server gave no answer."); return; }
    document.getElementById("result").replaceWith(document.adoptNode(result));
    for (const name of ["aria-invalid", "aria-describedby", "data-line"]) {
      if (asked.hasAttribute(name)) field.setAttribute(name, asked.getAttribute(name));
      else field.removeAttribute(name);
    }
    history.pushState(null, "", address);
    shown = location.search;
    field.dispatchEvent(new Event("answered"));
    const count = document.querySelector("#answer .count");
    status.textContent = count ? `Answered: ${count.textContent}` : "";
  };
  const run = async () => {
    running?.abort();
    const mine = running = new AbortController();
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    status.textContent = "Asking…";
    document.getElementById("result").setAttribute("aria-busy", "true");
    cancel.hidden = false;
    const clock = setInterval(() => { waited.textContent = `${seconds()} s`; }, 1000);
    try {
      const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (running !== mine) return;
      status.textContent = "";
      show(page, address);
    } catch (error) {
      if (running !== mine) return;
      if (error.name === "AbortError") status.textContent = `Cancelled after ${seconds()} s; the query was ended.`;
      else { status.textContent = ""; trouble("The server cannot be reached; ask again in a moment."); }
    } finally {
      clearInterval(clock);
      if (running === mine) {
        running = null;
        waited.textContent = "";
        document.getElementById("result").removeAttribute("aria-busy");
        if (document.activeElement === cancel) ask.focus();
        cancel.hidden = true;
      }
    }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  cancel.addEventListener("click", () => running?.abort());
  addEventListener("popstate", () => { if (location.search !== shown) location.reload(); });
})();
