// Searching on a site of files: names by parts and with typing errors, other texts by their words.
// The list is in index.js: [address, kind, label, other names or words].
(() => {
  const place = document.getElementById("results");
  const typed = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 200);
  const field = document.getElementById("find");
  field.value = typed;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  // Edits between two words, counting a swap of neighbours as one; more than two are not told apart.
  const edits = (one, other) => {
    if (Math.abs(one.length - other.length) > 2) return 3;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last; last = row;
    }
    return last[other.length];
  };
  const near = (wanted, word, exact) => {
    if (wanted === word) return 1;
    if (word.startsWith(wanted)) return 0.9;
    if (exact || wanted.length < 4) return 0;
    return edits(wanted, word) <= (wanted.length > 6 ? 2 : 1) ? 0.75 : 0;
  };
  const show = (found) => {
    place.textContent = "";
    if (!typed || !found.length) {
      const line = document.createElement("p");
      line.className = "lead";
      line.textContent = typed ? "Nothing fits. Try fewer words, or a part of the name." : "Type a name in the field above: a part of it is enough.";
      place.append(line);
      return;
    }
    const list = document.createElement("ul");
    list.className = "entries one";
    for (const [, [address, kind, label, more]] of found.slice(0, 60)) {
      const item = document.createElement("li"), sort = document.createElement("span"), link = document.createElement("a");
      sort.className = "kind";
      sort.textContent = kind;
      link.href = address;
      link.textContent = label;
      item.append(sort, " ", link);
      if (more && kind === "Statement") {
        const text = document.createElement("p");
        text.className = "aside";
        text.textContent = more;
        item.append(text);
      }
      list.append(item);
    }
    place.append(list);
  };

  const asked = words(typed);
  const found = [];
  for (const entry of asked.length ? window.KG_INDEX || [] : []) {
    const [, kind, label, more] = entry;
    const texts = kind === "Statement" || kind === "Meeting" || kind === "Document", those = words(label + " " + (more || ""));
    let score = 0;
    for (const wanted of asked) {
      const best = Math.max(0, ...those.map((word) => near(wanted, word, texts)));
      if (!best) { score = 0; break; }
      score += best;
    }
    if (score) found.push([score / asked.length - (texts ? 0.3 : 0) - Math.min(those.length, 20) / 1000, entry]);
  }
  found.sort((one, other) => other[0] - one[0]);
  document.querySelector("h1").textContent = typed ? `“${typed}”` : "Search";
  show(found);
})();
