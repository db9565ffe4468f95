// "Pan and zoom": the drawn map gives way to one that moves, with the same meetups. Loaded when somebody asks for it.

function load(address) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  return new Promise((done, failed) => {
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", failed);
    document.head.append(sheet);
  });
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Everything members typed goes in as text.
function told(feature) {
  const { title, url, when, where, approximate } = feature.properties;
  const box = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { href: new URL(url).pathname, textContent: title });
  const place = where + (approximate ? " (the pin is the town or postal code, not the door)" : "");
  box.append(link, ...[when, place].map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  return box;
}

// The number a meetup has in the list beside the map, if it is on this page of it.
function numberOf(feature) {
  const link = document.querySelector(`.meets a[href="${CSS.escape(new URL(feature.properties.url).pathname)}"]`);
  return link?.closest("li")?.querySelector(".num")?.textContent ?? "•";
}

function pin(L, feature, latlng) {
  const head = Object.assign(document.createElement("b"), { textContent: numberOf(feature) });
  const className = feature.properties.approximate ? "panpin panpin-about" : "panpin";
  const icon = L.divIcon({ html: head, className, iconSize: [0, 0], popupAnchor: [0, -18] });
  return L.marker(latlng, { icon, title: feature.properties.title, alt: feature.properties.title })
    .bindPopup(() => told(feature));
}

// Coasts and borders of what is in view and some more, on whole steps of the view, so that small moves ask for nothing.
function addGround(L, map, address) {
  const pane = map.createPane("ground");
  pane.style.zIndex = 150;
  const renderer = L.svg({ pane: "ground", padding: 1 });
  let shown = null;
  let asked = "";
  async function draw() {
    const seen = map.getBounds();
    const step = Math.max(0.25, 2 ** Math.ceil(Math.log2(seen.getEast() - seen.getWest())) / 2);
    const low = (value) => Math.floor(value / step) * step;
    const high = (value) => Math.ceil(value / step) * step;
    const at = [Math.max(low(seen.getWest()), -540), Math.max(low(seen.getSouth()), -90),
      Math.min(high(seen.getEast()), 540), Math.min(high(seen.getNorth()), 90)].join(",");
    if (at === asked) return;
    asked = at;
    const data = await fetched(`${address}?at=${at}`).catch(() => null);
    if (!data || at !== asked) return;
    const next = L.geoJSON(data, {
      pane: "ground", renderer, interactive: false, style: ({ properties }) => ({ className: properties.kind }),
    }).addTo(map);
    shown?.remove();
    shown = next;
  }
  map.on("moveend", draw);
  draw();
}

// On the page that sets a pin: a press puts it there and writes its numbers into the field named.
function setByPress(L, map, field) {
  const icon = L.divIcon({ html: document.createElement("b"), className: "panpin", iconSize: [0, 0] });
  let marker = null;
  const put = ({ latlng }) => {
    const { lat, lng } = latlng.wrap();
    marker ??= L.marker(latlng, { icon, keyboard: false }).addTo(map);
    marker.setLatLng(latlng);
    field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    document.getElementById("pin-said").textContent = "The pin stands where you pressed. Save it with the button.";
  };
  map.on("click", put);
  // With the keyboard: move with the arrow keys, then Enter puts the pin in the middle.
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === map.getContainer()) put({ latlng: map.getCenter() });
  });
  const [lat, lon] = field.value.split(",").map(Number);
  if (field.value && Number.isFinite(lat) && Number.isFinite(lon)) put({ latlng: L.latLng(lat, lon) });
}

export async function panAndZoom(figure, button) {
  const { sets, items, ground, lat, lon, km, leaflet, leafletCss, css, tiles, credit } = figure.dataset;
  const [found] = await Promise.all([sets ? null : fetched(items), load(leafletCss), load(css), import(leaflet)]);
  const L = window.L;
  const box = Object.assign(document.createElement("div"), { className: "panmap" });
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Map that moves");
  figure.before(box);
  const middle = [Number(lat), Number(lon)];
  const ring = L.circle(middle, { radius: km * 1000, className: "radius", interactive: false });
  const map = L.map(box, { worldCopyJump: true, minZoom: 2, maxZoom: sets ? 22 : tiles ? 18 : 12 });
  map.attributionControl.setPrefix(false);
  map.fitBounds(L.latLng(middle).toBounds(km * 2000));
  if (tiles) L.tileLayer(tiles, { attribution: credit.replaceAll("&", "&amp;").replaceAll("<", "&lt;"), maxZoom: sets ? 22 : 18, maxNativeZoom: 18 }).addTo(map);
  else addGround(L, map, ground);
  if (sets) {
    L.control.scale({ imperial: false }).addTo(map);
    setByPress(L, map, document.getElementById(sets));
  } else {
    ring.addTo(map);
    L.geoJSON(found, { pointToLayer: (feature, latlng) => pin(L, feature, latlng) }).addTo(map);
  }
  figure.querySelector("svg").style.display = "none";
  if (sets) figure.hidden = true;
  button.hidden = true;
  box.tabIndex = 0;
  box.focus();
}
