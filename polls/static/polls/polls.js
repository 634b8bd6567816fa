/* Moving totals on the page of a poll: a fact "poll.totals" carries all figures, so nobody has to fetch them.
   An older version never overwrites a newer one, and a screen reader hears at most one change per ten seconds. */
(() => {
  "use strict";
  const QUIET = 10000;
  let said = 0, later;

  document.addEventListener("live", ({ detail: { kind, fact } }) => {
    const result = document.getElementById("poll-result");
    if (kind !== "poll.totals" || !result || Number(result.dataset.poll) !== fact.poll) return;
    if (fact.version <= Number(result.dataset.version)) return;
    result.dataset.version = fact.version;
    for (const [number, [votes, percent]] of Object.entries(fact.bars)) show(result, number, votes, percent);
    const words = fact.words[document.documentElement.lang] || fact.words.nl;
    for (const element of result.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words];
    announce(words);
  });

  function show(result, number, votes, percent) {
    const bar = result.querySelector(`[data-bar="${number}"]`), row = result.querySelector(`[data-row="${number}"]`);
    if (bar) {
      bar.querySelector("progress").value = percent;
      bar.querySelector("[data-percent]").textContent = `${percent}%`;
    }
    if (row) {
      row.querySelector("[data-votes]").textContent = votes;
      row.querySelector("[data-percent]").textContent = percent;
    }
  }

  function announce(words) {
    clearTimeout(later);
    later = setTimeout(() => {
      const region = document.querySelector("[data-announce]");
      if (region) region.textContent = `${words.sentence} ${words.turnout}`;
      said = Date.now();
    }, Math.max(0, said + QUIET - Date.now()));
  }
})();
