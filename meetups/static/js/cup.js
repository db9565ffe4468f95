// Drawing without asking the server: the same rules as deck/queries.py (sticks_left), the same addresses as the links.
// Without this script, or until the deck has arrived, the links do it all.
const page = document.querySelector("[data-cup]");
const at = (name) => page.querySelector(`[data-cup-${name}]`);
let deck = null;

function read(search) {
  const said = new URLSearchParams(search);
  const codes = (name) => [...new Set((said.get(name) ?? "").split("-").filter(Boolean))];
  const out = codes("out");
  return {
    deck: said.get("deck") ?? "", age: said.get("age") ?? "", category: said.get("category") ?? "",
    out, skipped: codes("skipped").filter((code) => !out.includes(code)), passed: said.has("passed"),
  };
}

function address(now) {
  const said = new URLSearchParams();
  for (const name of ["deck", "age", "category"]) if (now[name]) said.set(name, now[name]);
  for (const name of ["out", "skipped"]) if (now[name].length) said.set(name, now[name].join("-"));
  if (now.passed) said.set("passed", "1");
  return said.size ? `/cup?${said}` : "/cup";
}

function inTheCup({ out, skipped, age, category }) {
  return deck.sticks.filter((stick) =>
    !out.includes(stick.code) && !skipped.includes(stick.code)
    && (!age || stick.ages.includes(age) || stick.ages.includes("mixed_ages"))
    && (!category || stick.category === category));
}

function draw(now, skip) {
  const out = skip ? now.out.slice(0, -1) : now.out;
  const skipped = skip && now.out.length ? [...now.skipped, now.out.at(-1)] : now.skipped;
  const left = inTheCup({ ...now, out, skipped });
  if (!left.length) return now;
  const warm = left.filter((stick) => stick.warm_up);
  const from = warm.length && out.length < deck.warm_ups_first ? warm : left;
  return { ...now, out: [...out, from[Math.floor(Math.random() * from.length)].code], skipped, passed: false };
}

function point(link, now, shown = true) {
  link.href = address(now);
  link.hidden = !shown;
}

function show(now) {
  const known = new Map(deck.sticks.map((stick) => [stick.code, stick]));
  const out = now.out.map((code) => known.get(code)).filter(Boolean);
  const left = inTheCup(now).length;
  const last = out.at(-1);
  const chosen = page.querySelector(`[data-cup-age="${CSS.escape(now.age)}"]`);
  at("title").textContent = deck.title;
  at("count").textContent = (out.length ? `Stick ${out.length} · ` : "") + `${left} left`
    + (now.age && chosen ? ` for ${chosen.textContent.toLowerCase()}` : "");
  at("origin").textContent = last ? (now.passed ? "Passed to the group · " : "") + last.label : "How it goes";
  at("text").textContent = last ? last.text : at("text").dataset.cupText;
  at("draw").textContent = last ? "Draw the next stick" : "Draw a stick";
  point(at("draw"), now, left > 0);
  at("draw").pathname = "/cup/draw";
  point(at("back"), { ...now, out: [], skipped: [], passed: false }, left === 0);
  point(at("pass"), { ...now, passed: true }, Boolean(last));
  point(at("skip"), now, Boolean(last) && left > 0);
  at("skip").pathname = "/cup/draw";
  at("skip").search += `${at("skip").search ? "&" : "?"}skip=1`;
  for (const name of ["age", "category"]) {
    for (const link of page.querySelectorAll(`[data-cup-${name}]`)) {
      const value = link.getAttribute(`data-cup-${name}`);
      link.href = address({ ...now, [name]: value });
      if (value === now[name]) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  at("about").textContent = now.category ? page.querySelector('[data-cup-category][aria-current]')?.textContent ?? "" : "";
  at("earlier").hidden = out.length < 2;
  at("earlier-count").textContent = String(out.length - 1);
  at("earlier-list").replaceChildren(...out.slice(0, -1).reverse().map((stick) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("bdi"), { textContent: stick.text }));
    return item;
  }));
}

function go(now) {
  history.pushState(null, "", address(now));
  show(now);
}

async function open(code) {
  const path = `/cup/decks/${encodeURIComponent(code || "cup")}.json`;
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`no deck (${answer.status})`);
  deck = await answer.json();
  return path;
}

async function begin() {
  let path;
  const now = read(location.search);
  try {
    path = await open(now.deck);
  } catch {
    if (page.dataset.cup === "kept") at("count").textContent = "This deck is not on this device. Open it once with a signal.";
    return;
  }
  if (location.pathname === "/cup/draw") history.replaceState(null, "", address(draw(now, location.search.includes("skip=1"))));
  show(read(location.search)); // the address may have changed since, by going back or forth
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.origin !== location.origin || !["/cup", "/cup/draw"].includes(link.pathname)) return;
    const next = read(link.search);
    if (next.deck !== now.deck) return;
    event.preventDefault();
    go(link.pathname === "/cup/draw" ? draw(next, new URLSearchParams(link.search).has("skip")) : next);
  });
  addEventListener("popstate", () => show(read(location.search)));
  page.dataset.cupReady = "yes";
  if (deck.keep && navigator.serviceWorker) await keep(path);
}

// Decks that are for everybody, or for whoever has the link, can be drawn from with no network at all.
async function keep(path) {
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/cup" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: path });
    page.dataset.cupKept = "yes";
  } catch {
    // Private windows and old browsers refuse: then the page needs a network, as every other does.
  }
}

if (page) begin();
