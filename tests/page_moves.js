// Moves entries of a workout at random and makes other kinds of them, by the page's own modules. Returns what the
// server then finds wrong, but for work that has no length, and for lists that are too long or too deep.
async ([name, seed]) => {
  const { KINDS, accepts, kindOf, locate, lookable, number, tidy, turnInto, walk } = await import("/static/model.js");
  const { nextPlace, placesFor, put } = await import("/static/moves.js");
  const { get, post } = await import("/static/api.js");
  let state = seed;
  const any = (list) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return list[Math.floor(state / 65536) % list.length];
  };
  const { document } = await get(`/api/circuits/${name}`);
  number(document);
  const done = [];
  for (let step = 0; step < 5; step += 1) {
    const { entry } = any(walk(document));
    const kind = any(["block", "amrap", "for_time", "stations", "together"]);
    const like = { [KINDS[kind].list]: [], ...(KINDS[kind].clock ? { [KINDS[kind].clock]: 60 } : {}) };
    const turns = entry === document
      || (kindOf(entry) !== "exercise" && accepts(document, locate(document, entry).owner, like));
    if (turns && any([true, false])) {
      turnInto(document, entry, kind);
      done.push(`${entry.name} becomes ${kind}`);
    } else if (entry !== document) {
      const to = any([nextPlace(document, entry, 1), nextPlace(document, entry, -1), any(placesFor(document, entry))]);
      if (!to) continue;
      const from = locate(document, entry).owner;
      put(document, entry, to.owner, to.index);
      if (to.owner !== from) tidy(document, entry, to.owner);
      done.push(`${entry.name || entry.exercise} into ${to.owner.name}`);
    }
  }
  const draft = lookable(document);
  if (!draft) return [];
  const { problems } = await post("/api/draft", { kind: "circuits", name, document: draft.document });
  const meant = /"work" is missing|the list has|lies \d deep/;
  return problems.filter(({ what }) => !meant.test(what)).map((one) => [one.path.join("/"), one.what, ...done].join("; "));
}
