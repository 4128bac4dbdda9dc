/* What the närvaro grid has not sent yet belongs to the one who wrote it: another user's is thrown away, and so is
   one's own at logout, after a question. */
(() => {
  "use strict";

  const vem = document.body.dataset.anvandare;
  const koer = () => Object.keys(localStorage).filter((nyckel) => nyckel.startsWith("narvaro:"));
  try {
    if (vem) {
      for (const nyckel of koer()) if (!nyckel.startsWith(`narvaro:${vem}:`)) localStorage.removeItem(nyckel);
    }
    const utloggning = document.querySelector("form[data-utloggning]");
    if (utloggning) {
      utloggning.addEventListener("submit", (ett) => {
        const kvar = koer().length;
        if (kvar && !confirm("Det finns närvaro som inte är sparad. Loggar du ut försvinner den. Logga ut ändå?")) {
          ett.preventDefault();
          return;
        }
        for (const nyckel of koer()) localStorage.removeItem(nyckel);
      });
    }
  } catch {
    /* no storage, so nothing is kept */
  }
})();
