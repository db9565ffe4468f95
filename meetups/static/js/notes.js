// Live notes on a phone, with or without signal. The page's own forms work without this.
//
// Every tap is written to this phone (notes-kept.js) before anything else, with an id and a place of its own, and sent
// when there is signal. The server takes each id once, so sending again is harmless; a tap is forgotten here only when
// the server has said that it has it. What is shown is what the server said last with the waiting taps laid over it.


const OFTEN = 3000, SELDOM = 15000, PATIENCE = 15000, LONGEST_WAIT = 30000, AT_ONCE = 50;
const SYNC = `${location.pathname}/sync.json${location.search}`;
const root = document.getElementById("notes");
let kept, drawing, timer, closed = false, busy = false, again = false, pause = 1000, quietSince = Date.now();
let state = { board: null, sticks: [], csrf: "", refused: [], waiting: [] };
let chosen = root?.dataset.entry ?? "";  // an earlier stick that somebody is noting for; "" follows what is out

async function start() {
  kept = await Kept.open(root.dataset.session);
  drawing = new Drawing(root, { undo, choose, forget });
  if (!kept.session) return drawing.say("No signal. Open this page once with signal, then it works without.");
  Object.assign(state, await kept.read());
  for (const form of root.querySelectorAll("form[data-deed]")) form.addEventListener("submit", pressed);
  document.getElementById("text").addEventListener("input", stay);
  document.getElementById("text").addEventListener("keydown", entered);
  addEventListener("online", () => { pause = 1000; sync(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
  drawing.ref = root.querySelector("#deed-idea [name=target]")?.value ?? "";
  if (!root.dataset.session || state.waiting.length) show();  // else what the server has just drawn is newer
  navigator.serviceWorker?.register("/sw.js", { scope: "/meetups" }).catch(() => {});
  await sync(true);
  root.dataset.ready = "yes";
}

function show() {
  if (!state.board) return;
  const board = overlaid(state.board, state.waiting, drawing.labels);
  if (!board.entries.some((entry) => entry.ref === chosen)) chosen = "";
  drawing.show(board, chosen || board.now, inTheCup(state.sticks, board).length, state);
}

// While somebody types, the stick they are typing for stays, whatever is drawn meanwhile.
function stay(event) {
  if (event.target.value && !chosen) chosen = drawing.ref;
  if (!event.target.value && chosen === drawing.newest) chosen = "";
}

// Enter notes it; Shift and Enter begin a new line.
function entered(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit(event.target.form.querySelector("button"));
}

async function pressed(event) {
  const form = event.target, [deed, about] = (event.submitter?.value ?? "idea").split(":");
  const field = form.elements.text;
  const more = { target: drawing.ref, text: field?.value.trim() ?? "" };
  if (!state.board) return;  // nothing was ever read here: let the page's own form do it
  if (deed === "draw" || deed === "skip") {
    const board = overlaid(state.board, state.waiting, drawing.labels);
    const left = sticksLeft(state.sticks, board);
    if (!left.length && deed === "draw") return;
    take(event);
    if (deed === "skip") await tapped("outcome", { target: drawing.ref, outcome: "skipped" });
    if (!left.length) return undefined;
    const stick = left[Math.floor(Math.random() * left.length)];
    chosen = "";
    return tapped("draw", { stick: stick.code, text: stick.text });
  }
  if ((deed === "idea" || deed === "ask") && !more.text) return;
  take(event);
  if (deed === "outcome") more.outcome = about;
  if (deed === "undo") more.target = about;
  if (deed === "ask") more.origin = form.elements.origin.value;
  if (deed === "idea" || deed === "ask") field.value = "";
  if (deed === "ask") { chosen = ""; form.closest("details").open = false; }
  if (deed === "idea") { chosen = chosen === drawing.newest ? "" : chosen; field.focus(); }
  return tapped(deed, more);
}

function take(event) {
  event.preventDefault();
  event.stopPropagation();  // house.js would put the buttons to sleep
}

async function tapped(kind, more) {
  try {
    await kept.tap(kind, more);
  } catch {
    drawing.say("This phone would not keep it. Free some space, then tap again.");
    if (more.text) document.getElementById("text").value ||= more.text;
    return;
  }
  state.waiting = await kept.waiting();
  show();
  sync();
}

function undo(ref) { tapped("undo", { target: ref }); }
function choose(ref) { chosen = ref; show(); document.getElementById("text").focus(); }
async function forget() { state.refused = []; await kept.write({ refused: [] }); show(); }

async function sync(first = false) {
  if (busy) { again = true; return; }
  busy = true;
  clearTimeout(timer);
  try {
    if (first || !state.csrf) await ask("GET");
    do {
      again = false;
      await ask("POST");
    } while (again || state.waiting.length);
    pause = 1000;
    plan(Date.now() - quietSince < 120000 ? OFTEN : SELDOM);
  } catch (trouble) {
    if (trouble?.closed) {
      closed = true;
      if (!state.waiting.length) await kept.write({ board: null, sticks: [] });  // not theirs to keep any more
    }
    plan(pause);
    pause = Math.min(pause * 2, LONGEST_WAIT);
  } finally {
    busy = false;
    state.waiting = await kept.waiting();
    drawing.signal(state.waiting.length, closed);
  }
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => { if (!document.hidden || state.waiting.length) sync(); }, wait);
}

async function ask(method) {
  const options = { method, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (method === "POST") {
    const deeds = (await kept.waiting()).slice(0, AT_ONCE);
    options.headers["Content-Type"] = "application/json";
    options.headers["X-CSRFToken"] = state.csrf;
    options.body = JSON.stringify({ deeds, mark: state.board?.mark ?? "", cup: state.cup });
  }
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(SYNC, { ...options, signal: patience.signal });
    if (answer.status === 404 || answer.status === 410) throw Object.assign(new Error("closed"), { closed: true });
    if (answer.status === 400) state.csrf = "";  // the key has grown old: the next round asks for a new one
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    await heard(await answer.json());
    closed = false;
  } finally {
    clearTimeout(late);
  }
}

async function heard({ done, refused, clock, board, sticks, cup, taken_back, csrf }) {
  if (!Array.isArray(done)) throw new Error("not our server");
  const news = { offset: clock - Date.now() };
  if (board) { news.board = board; quietSince = Date.now(); }
  if (sticks) {
    news.sticks = sticks;
    state.cup = cup;
    document.getElementById("taken-back").hidden = !taken_back;
  }
  if (csrf) news.csrf = csrf;
  const lost = state.waiting.filter((deed) => refused.some((each) => each.id === deed.id));
  if (lost.length) news.refused = [...state.refused, ...lost.map((deed) => (
    { text: deed.text || deed.kind, why: refused.find((each) => each.id === deed.id).why }))];
  await kept.write(news, [...done, ...refused.map((each) => each.id)]);
  Object.assign(state, news);
  state.waiting = await kept.waiting();
  if (board || sticks || done.length || refused.length) show();
}

// What this phone keeps: taps that wait, and what the server said last. Safe between tabs.

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

const told = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const through = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onerror = transaction.onabort = () => reject(transaction.error);
});

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const newDevice = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => DIGITS[byte % 36]).join("");

class Kept {
  static async open(session) {
    const request = indexedDB.open("live-notes", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("deeds", { keyPath: "seq", autoIncrement: true }).createIndex("session", "session");
      request.result.createObjectStore("said");
    };
    const kept = new Kept();
    kept.db = await told(request);
    // The page that the service worker shows without signal does not know whose it is; the address does.
    const path = `path:${location.pathname}`;
    if (session) kept.db.transaction("said", "readwrite").objectStore("said").put(session, path);
    kept.session = session || await told(kept.db.transaction("said").objectStore("said").get(path));
    navigator.storage?.persist?.().catch(() => {});
    return kept;
  }

  // A tap with its place: later than every tap of this device and than everything this device has seen.
  async tap(kind, more) {
    const pressed = Date.now();
    const change = this.db.transaction(["deeds", "said"], "readwrite", { durability: "strict" });
    const deeds = change.objectStore("deeds"), said = change.objectStore("said");
    const own = await told(said.get("own")) ?? { device: newDevice(), last: 0 };
    const offset = await told(said.get(`${this.session}:offset`)) ?? 0;
    own.last = Math.max(Math.round(pressed + offset), own.last + 1);
    said.put(own, "own");
    const place = `${String(own.last).padStart(15, "0")}-${own.device}`;
    deeds.add({ ...more, session: this.session, id: newId(), kind, place });
    await through(change);
  }

  async waiting() {
    return told(this.db.transaction("deeds").objectStore("deeds").index("session").getAll(this.session));
  }

  async read() {
    const said = this.db.transaction("said").objectStore("said");
    const [board, sticks, refused] = await Promise.all(
      ["board", "sticks", "refused"].map((name) => told(said.get(`${this.session}:${name}`))));
    return { board: board ?? null, sticks: sticks ?? [], refused: refused ?? [], waiting: await this.waiting() };
  }

  // What the server said; taps it has are forgotten in the same transaction. Places seen move the clock on.
  async write(news, gone = []) {
    const change = this.db.transaction(["deeds", "said"], "readwrite");
    const deeds = change.objectStore("deeds"), said = change.objectStore("said");
    for (const [name, value] of Object.entries(news)) if (name !== "csrf") said.put(value, `${this.session}:${name}`);
    if (news.board) {
      const own = await told(said.get("own")) ?? { device: newDevice(), last: 0 };
      const places = news.board.entries.flatMap((entry) => [entry.place, ...entry.ideas.map((idea) => idea.place)]);
      own.last = Math.max(own.last, ...places.filter(Boolean).map((place) => Number(place.slice(0, 15))));
      said.put(own, "own");
    }
    if (gone.length) {
      for (const deed of await told(deeds.index("session").getAll(this.session))) {
        if (gone.includes(deed.id)) deeds.delete(deed.seq);
      }
    }
    await through(change);
  }
}

// The notes as one phone sees them: what the server said, with the taps that wait laid over it. Touches no page.

const SKIPPED = "skipped", WARM_UPS_FIRST = 2;

const isFor = (entry, ref) => entry.ref === ref || entry.also.includes(ref);

// Before the first thing with a later place; things without a place stay where they are.
function put(things, thing) {
  const at = things.findIndex((each) => each.place && each.place > thing.place);
  things.splice(at < 0 ? things.length : at, 0, thing);
}

function overlaid(board, waiting, labels) {
  const entries = JSON.parse(JSON.stringify(board.entries));
  const opened = (deed, origin, label) => ({
    ref: deed.id, also: [], place: deed.place, prompt: deed.text, sticks: deed.stick ? [deed.stick] : [], origin, label,
    outcome: "unanswered", passed: false, ideas: [],
  });
  for (const deed of waiting) {
    const entry = entries.find((each) => isFor(each, deed.target));
    const drawn = deed.stick && entries.find((each) => each.sticks.includes(deed.stick));
    if (deed.kind === "draw" && drawn) drawn.also.push(deed.id);
    else if (deed.kind === "draw") put(entries, opened(deed, "cup", labels.cup));
    else if (deed.kind === "ask") put(entries, opened(deed, deed.origin, labels[deed.origin] ?? ""));
    else if (deed.kind === "idea" && entry) {
      put(entry.ideas, { ref: deed.id, text: deed.text, place: deed.place, waits: true });
      if (entry.outcome === "unanswered") entry.outcome = "answered";
    } else if (deed.kind === "outcome" && entry) entry.outcome = deed.outcome;
    else if (deed.kind === "pass" && entry) entry.passed = true;
    else if (deed.kind === "undo") {
      for (const each of entries) each.ideas = each.ideas.filter((idea) => idea.ref !== deed.target);
    }
  }
  return { ...board, entries, now: newest(entries) };
}

function newest(entries) {
  const out = entries.filter((entry) => entry.place && entry.outcome !== SKIPPED);
  return out.reduce((best, entry) => (best && best.place > entry.place ? best : entry), null)?.ref ?? "";
}

function inTheCup(sticks, board) {
  const out = new Set(board.entries.flatMap((entry) => entry.sticks));
  return sticks.filter((stick) => !out.has(stick.code));
}

// As meetups/deck/queries.py has it: until two sticks are out the warm-ups alone; none comes twice.
function sticksLeft(sticks, board) {
  const drawn = board.entries.filter((entry) => entry.sticks.length && entry.outcome !== SKIPPED).length;
  const left = inTheCup(sticks, board);
  const warm = left.filter((stick) => stick.warm_up);
  return warm.length && drawn < WARM_UPS_FIRST ? warm : left;
}

// Draws the scribe's page anew from a board. Only text is ever put in, never markup.

const ENDED = { answered: "answered", partly: "partly answered", unanswered: "not answered yet", skipped: "skipped" };
const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;
const find = (id) => document.getElementById(id);

function made(name, text = "", classes = "") {
  const element = document.createElement(name);
  element.textContent = text;
  if (classes) element.className = classes;
  return element;
}

class Drawing {
  constructor(root, { undo, choose, forget }) {
    Object.assign(this, { root, undo, choose, ref: "", newest: "" });
    this.labels = { cup: "From the cup" };
    for (const input of root.querySelectorAll("[name=origin]")) this.labels[input.value] = input.parentElement.textContent;
    find("newer").querySelector("a").addEventListener("click", (event) => { event.preventDefault(); choose(""); });
    find("refused").querySelector("button").addEventListener("click", forget);
  }

  show(board, ref, left, { waiting, refused }) {
    const entry = board.entries.find((each) => each.ref === ref);
    this.ref = entry?.ref ?? "";
    this.newest = board.now;
    find("about").textContent = entry ? `${entry.passed ? "Passed to the group · " : ""}${entry.label}` : "The cup is full";
    const prompt = find("prompt"), words = entry?.prompt ?? "Draw the first stick.";
    if (prompt.textContent !== words) prompt.textContent = words;
    prompt.className = entry && entry.origin !== "cup" ? "scrap" : "stick";
    find("newer").hidden = !entry || !board.now || entry.ref === board.now;
    for (const part of this.root.querySelectorAll("[data-deed=idea], #ends, [value=pass], [value=skip]")) part.hidden = !entry;
    find("draw").textContent = board.entries.length ? "Draw the next stick" : "Draw a stick";
    find("draw").disabled = !left;
    find("left").textContent = `${left} left in the cup`;
    if (entry) find("ended").textContent = ENDED[entry.outcome] ?? "";
    this.#last(board);
    this.#found(board);
    this.#refused(refused);
    this.signal(waiting.length);
  }

  #last(board) {
    const ideas = board.entries.flatMap((entry) => entry.ideas).filter((idea) => idea.ref);
    const newest = ideas.sort((a, b) => (a.place < b.place ? 1 : -1)).slice(0, 5);
    find("last-none").hidden = newest.length > 0;
    find("last").replaceChildren(...newest.map((idea) => {
      const item = made("li"), button = made("button", "Undo", "button button-plain");
      button.type = "button";
      button.append(made("span", ` ${idea.text.slice(0, 40)}`, "off"));
      button.addEventListener("click", () => this.undo(idea.ref));
      item.append(made("span", idea.waits ? `${idea.text} (waiting)` : idea.text, idea.waits ? "waits" : ""), button);
      return item;
    }));
  }

  #found(board) {
    find("found").replaceChildren(...board.entries.map((entry) => {
      const off = entry.outcome === "skipped", item = made("li", "", off ? "found-off" : "");
      const link = made("a", entry.prompt.length > 80 ? `${entry.prompt.slice(0, 79)}…` : entry.prompt);
      link.href = "#now";
      if (entry.ref === this.ref) link.setAttribute("aria-current", "true");
      link.addEventListener("click", () => this.choose(entry.ref));
      item.append(link, made("span", off ? "skipped" : counted(entry.ideas.length, "idea", "ideas")));
      return item;
    }));
  }

  #refused(refused) {
    find("refused").hidden = !refused.length;
    find("refused").querySelector("ul").replaceChildren(
      ...refused.map((each) => made("li", `“${each.text}” ${each.why}`)));
  }

  // How much waits, in plain words; said aloud only when it changes.
  signal(waiting, closed = false) {
    const line = find("signal");
    let words = "Everything is sent.";
    if (waiting) words = `Waiting to send: ${waiting}. Safe on this phone.`;
    if (closed) words = `These notes are closed to you. Sign in again, or ask the host for a new link.${waiting ? ` Waiting to send: ${waiting}. Safe on this phone.` : ""}`;
    if (line.textContent !== words) line.textContent = words;
    line.toggleAttribute("data-waiting", Boolean(waiting || closed));
  }

  say(words) { find("signal").textContent = words; }
}

if (root && "indexedDB" in window) start().catch(() => {});  // no storage here: the forms do it
