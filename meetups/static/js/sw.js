// The service worker of the site, served as /sw.js (foundation/offline.py). It acts only under the scopes that pages
// registered: navigator.serviceWorker.register("/sw.js", { scope: row.scope }).
//
// To make another place work without a network, add a row:
//   scope   the path it is registered for, without "/" at the end; it is the first part of the name of its cache
//   pages   exact paths (RegExp) answered with the shell when the network does not answer
//   shell   a page that says nothing of whoever is signed in (bare layout, "Cache-Control: no-cache", no cookie)
//   keep    files fetched beforehand
//   data    paths (RegExp) answered from the network, and from what was last fetched when there is none
// Nothing is kept that is sent with "no-store", so pages and data of a person signed in never are.
const TABLE = [
  {
    scope: "/cup",
    pages: /^\/cup(\/draw)?$/,
    shell: "/cup/offline",
    keep: [
      asset("css/house.css"), asset("js/house.js"), asset("js/cup.js"), asset("icon.svg"),
      asset("fonts/text-core.woff2"), asset("fonts/voice-core.woff2"), asset("fonts/hand-core.woff2"),
      "/cup/decks/cup.json",
    ],
    data: /^\/cup\/decks\/[0-9a-z]+\.json$/,
  },
  {
    scope: "/meetups",
    pages: /^\/meetups\/[0-9a-z]+\/notes$/,
    shell: "/notes/offline",
    keep: [
      asset("css/house.css"), asset("css/notes.css"), asset("js/house.js"), asset("js/notes.js"), asset("icon.svg"),
      asset("fonts/text-core.woff2"), asset("fonts/voice-core.woff2"), asset("fonts/hand-core.woff2"),
    ],
  },
];
const version = "VERSION";
const PATIENCE_MS = 4000;

const row = TABLE.find((each) => new URL(self.registration.scope).pathname === each.scope);
const shelf = row && `${row.scope} ${version}`;

self.addEventListener("install", (event) => {
  if (!row) return;
  const fresh = [row.shell, ...row.keep].map((path) => new Request(path, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(shelf).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => row && name.startsWith(`${row.scope} `) && name !== shelf);
    await carryOver(old);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

// Data kept by the version before stays; pages and files do not.
async function carryOver(old) {
  const cache = await caches.open(shelf);
  for (const name of old) {
    const before = await caches.open(name);
    for (const request of await before.keys()) {
      const isData = row.data?.test(new URL(request.url).pathname);
      if (isData && !(await cache.match(request))) await cache.put(request, await before.match(request));
    }
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (!row || request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (row.pages.test(pathname)) event.respondWith(pageOrShell(request));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  } else if (row.data?.test(pathname)) {
    event.respondWith(newestData(request));
  }
});

// A page that opened before the worker did asks for its data to be kept.
self.addEventListener("message", (event) => {
  const path = String(event.data?.keep ?? "");
  if (row?.data?.test(path)) event.waitUntil(newestData(new Request(path)).catch(() => {}));
});

const kept = (request) => caches.open(shelf).then((cache) => cache.match(request));

async function pageOrShell(request) {
  try {
    return await within(PATIENCE_MS, fetch(request));
  } catch {
    return (await kept(row.shell)) ?? Response.error();
  }
}

async function newestData(request) {
  try {
    const answer = await within(PATIENCE_MS, fetch(request));
    const cache = await caches.open(shelf);
    if (answer.ok && !/no-store/.test(answer.headers.get("Cache-Control") ?? "")) await cache.put(request, answer.clone());
    else await cache.delete(request);
    return answer;
  } catch {
    return (await kept(request)) ?? Response.error();
  }
}

function within(milliseconds, answer) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("too slow")), milliseconds);
    answer.then(resolve, reject);
  });
}
