// Colours in the query field: the same text, coloured, lies beneath the field, whose own letters are made clear.
// Without this script the field is a plain one; who reads by ear or in forced colours has the field alone.
(() => {
  const MOST = 50000; // characters; a longer text keeps one colour, so that typing stays quick
  const WORDS = new Set(("a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains "
    + "copy count create data datatype day default delete desc describe distinct drop encode_for_uri exists false filter floor "
    + "from graph group group_concat having hours if in insert into iri isblank isiri isliteral isnumeric isuri lang "
    + "langmatches lcase limit load max md5 min minus minutes month move named not now offset optional order prefix rand reduced "
    + "regex replace round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str strafter "
    + "strbefore strdt strends strlang strlen strstarts struuid substr sum timezone to true tz ucase undef union uri using uuid "
    + "values where with year").split(" "));
  // one pass: each alternative either takes what it began or gives up at once, also where a string or IRI never ends
  const TOKEN = new RegExp([
    /(?<text>"""(?:[^"\\]|\\[^]?|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\[^]?|'(?!''))*(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
    /(?<iri><[^<>"{}|^`\\\s]*>)/,
    /(?<comment>#[^\n]*)/,
    /(?<variable>[?$][\p{L}\p{N}_]+)/,
    /(?<word>[\p{L}_:][\p{L}\p{N}_:%-]*)/,
    /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/,
  ].map((part) => part.source).join("|"), "gu");

  const field = document.getElementById("query");
  const under = document.createElement("pre");
  const frame = document.createElement("div");
  under.className = "colours";
  under.setAttribute("aria-hidden", "true");
  frame.className = "code";
  field.before(frame);
  frame.append(under, field);

  const kind = (groups) => {
    if (!groups.word) return Object.keys(groups).find((name) => groups[name] !== undefined);
    return groups.word.includes(":") ? "name" : WORDS.has(groups.word.toLowerCase()) ? "keyword" : "";
  };
  const colour = () => {
    const text = field.value, parts = [];
    let end = 0;
    for (const found of text.length > MOST ? [] : text.matchAll(TOKEN)) {
      const name = kind(found.groups);
      if (!name) continue;
      const span = document.createElement("span");
      span.className = `is-${name}`;
      span.textContent = found[0];
      parts.push(text.slice(end, found.index), span);
      end = found.index + found[0].length;
    }
    // a last line that is empty has a height only when something follows it
    under.replaceChildren(...parts, `${text.slice(end)}\n `);
    follow();
  };
  const follow = () => { under.scrollTop = field.scrollTop; under.scrollLeft = field.scrollLeft; };
  const fit = () => {
    under.style.width = `${field.clientWidth}px`;
    under.style.height = `${field.clientHeight}px`;
    follow();
  };
  field.addEventListener("input", colour);
  field.addEventListener("scroll", follow, { passive: true });
  new ResizeObserver(fit).observe(field);
  colour();
  fit();
})();
