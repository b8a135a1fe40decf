// The query field with a keyboard: Ctrl+Enter asks, names after a prefix are completed, an error's place is chosen.
// Without this script the field is a plain one.
(() => {
  const field = document.getElementById("query");
  const terms = (field.dataset.terms || "").split(" ");
  const list = document.createElement("ul");
  list.className = "terms";
  list.id = "terms";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names that fit");
  list.hidden = true;
  (field.closest(".code") || field).after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "terms");
  let fitting = [], chosen = -1;

  const close = () => { list.hidden = true; chosen = -1; field.removeAttribute("aria-activedescendant"); };
  const begun = () => (field.value.slice(0, field.selectionStart).match(/[a-z]+:[\w-]*$|(?<=[\s{(^|/])[a-z]{2,}$/) || [""])[0];
  const choose = (number) => {
    chosen = (number + fitting.length) % fitting.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    field.setAttribute("aria-activedescendant", `term-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (number) => {
    const end = field.selectionStart;
    field.setRangeText(fitting[number], end - begun().length, end, "end");
    field.dispatchEvent(new Event("input"));
    close();
    field.focus();
  };
  const offer = () => {
    const word = begun();
    const small = word.toLowerCase();
    fitting = word && field.selectionStart === field.selectionEnd
      ? terms.filter((term) => term.toLowerCase().startsWith(small) && term !== word).slice(0, 12) : [];
    if (!fitting.length) { close(); return; }
    chosen = -1;
    list.replaceChildren(...fitting.map((term, i) => {
      const item = document.createElement("li");
      item.id = `term-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = term;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(i); });
      return item;
    }));
    list.hidden = false;
  };
  field.addEventListener("input", offer);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); field.form.requestSubmit(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? fitting.length - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  const faulty = () => {
    const line = Number(field.dataset.line);
    if (!line) return;
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.focus({ preventScroll: true });
    field.setSelectionRange(start, start + (lines[line - 1] || "").length);
  };
  field.addEventListener("answered", faulty);
  faulty();
})();
