/* The närvaro grid: moves and sets with the keyboard, and saves each change as it is made.

   What is not saved yet lies in a queue in localStorage, under the user, the enhet and the month: field name → what it
   held when it was changed and what it is to hold. No names and no personnummer. It is sent in small batches until the
   server has answered for each cell, also after a reload or a lost connection. skript/ko.js empties it at logout. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-narvaro]");
  if (!form) return;

  const NYCKEL = `narvaro:${form.dataset.narvaro}`;
  const BUNT = 50;
  const SAMLA_MS = 500;
  const OM_IGEN_MS = [2000, 4000, 8000, 15000];
  const lageruta = form.querySelector("[data-lage]");
  const sparatruta = lageruta.querySelector(".sparat");
  const felruta = form.querySelector("[data-cellfel]");
  const skal = form.querySelector("#skal");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const celler = new Map();
  const lagrat = new Map(Object.entries(JSON.parse(form.elements.sag.value)));
  let ko = new Map();
  let timer = 0;
  let skickar = false;
  let misslyckade = 0;
  let forval = false; // the key f has been pressed: the next letter is a cause

  for (const falt of form.querySelectorAll(".narvaro tbody :is(select, input)")) celler.set(falt.name, falt);

  /* The queue. */
  const minns = () => {
    try {
      if (ko.size) localStorage.setItem(NYCKEL, JSON.stringify([...ko]));
      else localStorage.removeItem(NYCKEL);
    } catch {
      /* no storage: the queue lives as long as the page */
    }
  };
  const hamtaKo = () => {
    try {
      ko = new Map(JSON.parse(localStorage.getItem(NYCKEL) || "[]"));
    } catch {
      ko = new Map();
    }
  };
  const lagtIKo = (falt) => {
    const fore = ko.get(falt.name);
    const sag = fore ? fore.sag : (lagrat.get(falt.name) || "");
    if (falt.value === sag && !fore) ko.delete(falt.name);
    else ko.set(falt.name, { nytt: falt.value, sag });
    minns();
    visaRad(falt);
    stangFel(falt.name);
    saga();
    schemalagg(SAMLA_MS);
  };

  /* Sending. */
  const schemalagg = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(skicka, ms);
  };
  const skicka = async () => {
    if (skickar || !ko.size) return;
    if (skal && !skal.value.trim()) return saga();
    skickar = true;
    saga();
    const bunt = [...ko].slice(0, BUNT).map(([namn, { nytt, sag }]) => ({ namn, nytt, sag }));
    try {
      const svar = await fetch(form.dataset.adress, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ celler: bunt, skal: skal ? skal.value : "" }),
      });
      if (svar.type === "opaqueredirect" || svar.status === 403) {
        misslyckade = -1; // signed out, or signed in anew: the page's token is no longer good
      } else if (svar.ok) {
        misslyckade = 0;
        const skickade = new Map(bunt.map((cell) => [cell.namn, cell.nytt]));
        const svarade = (await svar.json()).celler;
        for (const cell of svarade) taEmot(cell, skickade.get(cell.namn));
        if (!svarade.length) misslyckade += 1;
      } else {
        misslyckade += 1;
      }
    } catch {
      misslyckade += 1;
    }
    skickar = false;
    minns();
    saga();
    if (ko.size && misslyckade >= 0) {
      schemalagg(misslyckade ? OM_IGEN_MS[Math.min(misslyckade, OM_IGEN_MS.length) - 1] : 0);
    }
  };
  const taEmot = (cell, skickat) => {
    const falt = celler.get(cell.namn);
    const kvar = ko.get(cell.namn);
    const omandrad = kvar && kvar.nytt !== skickat; // changed again while it was on its way
    if (cell.lage === "sparad") {
      lagrat.set(cell.namn, cell.varde);
      if (omandrad) ko.set(cell.namn, { nytt: kvar.nytt, sag: cell.varde });
      else ko.delete(cell.namn);
      if (falt) markSparad(falt, cell.varde, !omandrad);
      return;
    }
    ko.delete(cell.namn);
    if (falt && cell.lage === "konflikt") {
      lagrat.set(cell.namn, cell.varde);
      visaKonflikt(falt, cell, skickat);
    } else if (falt) {
      visaFel(falt, cell.text);
    }
  };

  /* What the page shows of it. */
  const antalOrd = (antal) => (antal === 1 ? "1 ändring" : `${antal} ändringar`);
  const saga = () => {
    let text = "Allt är sparat.";
    if (misslyckade < 0) {
      text = `Du är utloggad. Logga in i en ny flik och ladda sedan om den här sidan. ${antalOrd(ko.size)} ligger kvar här.`;
    } else if (ko.size && skal && !skal.value.trim()) {
      text = `Skriv varför dagen ändras. ${antalOrd(ko.size)} väntar.`;
    } else if (ko.size && misslyckade) {
      text = `Ingen kontakt med servern. ${antalOrd(ko.size)} ligger kvar här och skickas när kontakten är tillbaka.`;
    } else if (ko.size) {
      text = `Sparar ${antalOrd(ko.size)} …`;
    } else if (felruta.children.length) {
      text = "Allt är sparat, utom dagarna nedan.";
    }
    if (sparatruta.textContent !== text) sparatruta.textContent = text;
    form.classList.toggle("vantar", ko.size > 0);
    form.classList.toggle("utan-kontakt", misslyckade !== 0);
  };
  const markSparad = (falt, varde, visa) => {
    for (const val of falt.options || []) val.toggleAttribute("selected", val.value === varde);
    if (visa && falt.options) falt.value = varde;
    falt.removeAttribute("aria-invalid");
    stangFel(falt.name);
    visaRad(falt);
  };
  const stangFel = (namn) => {
    const rad = felruta.querySelector(`[data-for="${namn}"]`);
    if (rad) rad.remove();
  };
  const felrad = (falt, text) => {
    stangFel(falt.name);
    const rad = document.createElement("li");
    const lank = document.createElement("a");
    rad.dataset.for = falt.name;
    lank.className = "anchor";
    lank.href = `#${falt.id}`;
    lank.textContent = falt.getAttribute("aria-label");
    rad.append(lank, `: ${text} `);
    felruta.append(rad);
    falt.setAttribute("aria-invalid", "true");
    return rad;
  };
  const visaFel = (falt, text) => {
    felrad(falt, text);
    saga();
  };
  const knapp = (text, gor) => {
    const ett = document.createElement("button");
    ett.type = "button";
    ett.className = "button button--small";
    ett.textContent = text;
    ett.addEventListener("click", gor);
    return ett;
  };
  const visaKonflikt = (falt, cell, mitt) => {
    const rad = felrad(falt, cell.text);
    const behall = knapp("Behåll deras", () => {
      satt(falt, cell.varde);
      markSparad(falt, cell.varde, true);
      saga();
      falt.focus();
    });
    const skriv = knapp("Skriv över med mitt", () => {
      satt(falt, mitt);
      ko.set(falt.name, { nytt: mitt, sag: cell.varde });
      minns();
      stangFel(falt.name);
      schemalagg(0);
      falt.focus();
    });
    rad.append(behall, " ", skriv);
  };

  /* Sums. */
  const slagAv = (falt) => {
    if (falt.options) return falt.selectedOptions.length ? falt.selectedOptions[0].dataset.s : "";
    const text = falt.value.trim();
    if (!text) return "";
    return /^f/i.test(text) ? "fran" : /^(h|n|\d)/i.test(text) ? "hel" : "del";
  };
  const visaRad = (falt) => {
    falt.closest("td").dataset.slag = slagAv(falt);
    const rad = falt.closest("tr");
    const antal = { hel: 0, del: 0, fran: 0, saknas: 0 };
    for (const ruta of rad.querySelectorAll("td.d, td[data-slag]")) {
      if (ruta.dataset.slag) antal[ruta.dataset.slag] += 1;
      else if (ruta.classList.contains("vantad")) antal.saknas += 1;
    }
    for (const [namn, tal] of Object.entries(antal)) {
      const ruta = rad.querySelector(`[data-summa=${namn}]`);
      ruta.textContent = tal || (namn === "saknas" ? "–" : "");
      if (namn === "saknas") ruta.classList.toggle("rod", tal > 0);
    }
    visaFot(falt.name.slice(-10));
  };
  const visaFot = (dag) => {
    const fot = form.querySelector("tfoot");
    const ruta = fot.querySelector(`[data-dag="${dag}"]`);
    if (ruta) {
      ruta.textContent = form.querySelectorAll(`td:is([data-slag=hel], [data-slag=del]) > [name$="-${dag}"]`).length;
    }
    for (const namn of ["hel", "del", "fran", "saknas"]) {
      let summa = 0;
      for (const ett of form.querySelectorAll(`tbody [data-summa=${namn}]`)) summa += Number(ett.textContent) || 0;
      fot.querySelector(`[data-summa=${namn}]`).textContent = summa;
      if (namn === "saknas") visaKlara(summa);
    }
  };
  const visaKlara = (saknas) => {
    const ruta = form.closest(".ruta");
    const matare = ruta.querySelector("progress");
    ruta.querySelector("[data-saknade]").textContent = saknas;
    ruta.querySelector("[data-klara]").textContent = matare.max - saknas;
    matare.value = matare.max - saknas;
  };

  /* Keyboard. */
  const satt = (falt, varde) => {
    falt.value = varde;
    visaRad(falt);
  };
  const synliga = (falt) => falt.offsetParent !== null;
  const irad = (rad) => [...rad.querySelectorAll("td :is(select, input)")].filter(synliga);
  const flytta = (falt, steg) => {
    const rad = irad(falt.closest("tr"));
    const nasta = rad[rad.indexOf(falt) + steg];
    if (nasta) nasta.focus();
    return Boolean(nasta);
  };
  const flyttaRad = (falt, steg) => {
    const dag = falt.name.slice(-10);
    let rad = falt.closest("tr");
    while ((rad = steg > 0 ? rad.nextElementSibling : rad.previousElementSibling)) {
      const traff = rad.querySelector(`[name$="-${dag}"]`);
      if (traff) return traff.focus();
    }
  };
  const bokstav = (falt, tecken) => {
    const val = [...falt.options].filter((ett) => ett.dataset.t);
    const sokt = tecken === "d" || tecken === "2" || tecken === "§" ? "½" : tecken;
    const traff = forval
      ? val.find((ett) => ett.dataset.s === "fran" && ett.dataset.t === sokt)
      : val.find((ett) => ett.dataset.s !== "fran" && ett.dataset.t === sokt) || val.find((ett) => ett.dataset.t === sokt);
    forval = tecken === "f" && !forval;
    if (!traff) return;
    satt(falt, traff.value);
    lagtIKo(falt);
    flytta(falt, 1);
  };
  const PILAR = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };
  form.addEventListener("keydown", (tryck) => {
    const falt = tryck.target;
    if (!celler.has(falt.name) || tryck.altKey || tryck.ctrlKey || tryck.metaKey) return;
    const ilista = Boolean(falt.options);
    if (tryck.key === "ArrowUp" || tryck.key === "ArrowDown") {
      tryck.preventDefault();
      flyttaRad(falt, PILAR[tryck.key]);
    } else if (tryck.key in PILAR && (ilista || falt.selectionStart === (tryck.key === "ArrowLeft" ? 0 : falt.value.length))) {
      tryck.preventDefault();
      flytta(falt, PILAR[tryck.key]);
    } else if (tryck.key === "Enter" && !ilista) {
      tryck.preventDefault();
      flytta(falt, 1);
    } else if (ilista && (tryck.key === "Delete" || tryck.key === "Backspace")) {
      tryck.preventDefault();
      satt(falt, "");
      lagtIKo(falt);
    } else if (ilista && tryck.key === "Home") {
      tryck.preventDefault();
      irad(falt.closest("tr"))[0].focus();
    } else if (ilista && tryck.key === "End") {
      tryck.preventDefault();
      irad(falt.closest("tr")).at(-1).focus();
    } else if (ilista && tryck.key.length === 1 && tryck.key !== " ") {
      tryck.preventDefault();
      bokstav(falt, tryck.key.toLowerCase());
    }
  });
  form.addEventListener("focusin", (ett) => {
    if (ett.target.select && celler.has(ett.target.name)) ett.target.select();
  });
  form.addEventListener("change", (ett) => {
    if (celler.has(ett.target.name)) lagtIKo(ett.target);
    else if (ett.target === skal) schemalagg(0);
  });

  /* Buttons: what the form does at the server without this script is done here. */
  const fyll = (vecka) => {
    const rubriker = [...form.querySelectorAll("thead th.v")];
    let start = 0;
    const dagar = new Set();
    for (const rubrik of rubriker) {
      const ratt = vecka === "alla" || rubrik.querySelector(`[value="${vecka}"]`);
      if (ratt) for (let dag = start; dag < start + rubrik.colSpan; dag += 1) dagar.add(dag);
      start += rubrik.colSpan;
    }
    for (const rad of form.querySelectorAll("tbody tr")) {
      [...rad.querySelectorAll("td")].forEach((ruta, plats) => {
        const falt = ruta.querySelector("select, input");
        if (!dagar.has(plats) || !ruta.classList.contains("vantad") || !falt || falt.value) return;
        satt(falt, falt.options ? "N" : "H");
        lagtIKo(falt);
      });
    }
  };
  form.addEventListener("submit", (ett) => {
    ett.preventDefault();
    const vald = ett.submitter;
    if (vald && vald.name === "fyll") fyll(vald.value);
    schemalagg(0);
  });
  if (skal) skal.addEventListener("input", saga);
  addEventListener("online", () => {
    misslyckade = Math.max(misslyckade, 0);
    schemalagg(0);
  });

  /* Begin: what was not sent when the page was left is put back in its cells and sent. */
  hamtaKo();
  for (const [namn, { nytt }] of ko) {
    const falt = celler.get(namn);
    if (!falt || (lagrat.get(namn) || "") === nytt) ko.delete(namn);
    else satt(falt, nytt);
  }
  minns();
  if (ko.size) {
    saga();
    schemalagg(0);
  }
})();
