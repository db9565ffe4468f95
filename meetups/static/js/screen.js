// The screen on the wall. Each answer ends at once and says how soon to ask again; the browser does so by itself.

const wall = document.getElementById("wall");
const find = (id) => document.getElementById(id);
let source;

function made(name, text, ...inside) {
  const element = document.createElement(name);
  element.textContent = text;
  element.append(...inside);
  return element;
}

function show(board) {
  const now = board.entries.find((entry) => entry.ref === board.now);
  const words = now?.prompt ?? "The first stick is about to be drawn.";
  if (find("wall-prompt").textContent !== words) find("wall-prompt").textContent = words;
  find("wall-about").textContent = now ? `${now.passed ? "Over to the group · " : ""}${now.label}` : "";
  find("wall-ideas").replaceChildren(...(now?.ideas ?? []).map((idea) => made("li", idea.text)).reverse());
  find("wall-list").replaceChildren(...board.entries.filter((entry) => entry.outcome !== "skipped").map((entry) => {
    const many = entry.ideas.length;
    const list = made("ul", "", ...entry.ideas.map((idea) => made("li", idea.text)));
    list.className = "ideas small";
    return made("li", entry.prompt, made("span", `${many} ${many === 1 ? "idea" : "ideas"}`), ...(many ? [list] : []));
  }));
}

function listen() {
  source = new EventSource(wall.dataset.events);
  source.onmessage = (event) => {
    show(JSON.parse(event.data));
    wall.dataset.mark = event.lastEventId;
    find("wall-signal").textContent = "";
  };
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) look(); };
}

// The browser gives up after any answer but 200. "No content" means that the room has closed; a proxy that finds the
// server restarting says something else, and then we try again.
async function look() {
  try {
    if ((await fetch(wall.dataset.events)).status === 204) {
      find("wall-signal").textContent = "The room has closed, or the link was changed. Load the page again.";
      return;
    }
  } catch { /* no network */ }
  setTimeout(() => { if (!document.hidden && source.readyState === EventSource.CLOSED) listen(); }, 1500);
}

// A laptop at the wall does not fall asleep over a song.
const stayAwake = () => navigator.wakeLock?.request("screen").catch(() => {});

// Nobody looks at a hidden page: it asks for nothing.
if (wall && "EventSource" in window) {
  listen();
  stayAwake();
  document.addEventListener("visibilitychange", () => {
    source.close();
    if (document.hidden) return;
    listen();
    stayAwake();
  });
}
