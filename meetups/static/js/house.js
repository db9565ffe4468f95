// Comfort only; every page works without it.

// Copy buttons stand hidden in the page, so that nobody sees one that cannot work.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(words.value);
      if (said) said.textContent = "Copied.";
    } catch {
      words.focus();
      words.select();
      if (said) said.textContent = "Selected. Copy it with your keyboard.";
    }
  });
}

// A reader we know no time zone of sees the device's own time beside the clock there, when the two differ.
for (const there of document.querySelectorAll("time[data-yours]")) {
  const at = new Date(there.dateTime);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const [dayThere, hourThere] = there.dateTime.slice(0, 16).split("T");
  if (`${day}T${two(at.getHours())}:${two(at.getMinutes())}` === `${dayThere}T${hourThere}`) continue;
  const { hour12 } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  const date = day === dayThere ? {} : { weekday: "short", month: "short", day: "numeric" };
  const time = at.toLocaleString("en-US", { ...date, hour: "numeric", minute: "2-digit", hour12 });
  const yours = document.createElement("span");
  yours.className = "soft";
  yours.textContent = ` (${time} your time)`;
  there.after(yours);
}

// "Use this device": the place is rounded to about a kilometer before it leaves the browser.
for (const button of document.querySelectorAll("[data-here]")) {
  if (!navigator.geolocation) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.here);
    const said = button.parentElement.querySelector("[role=status]");
    const say = (words) => { if (said) said.textContent = words; };
    say("Asking this device …");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
        field.form.requestSubmit();
      },
      () => say("This device would not say. A town or a ZIP code works too."),
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}

// One press is one deed. The button is named in the request before it is put to sleep.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  }
});

// After a refused form, readers start at what needs a look.
document.getElementById("fix")?.focus();

// "Pan and zoom": what it takes is loaded when somebody asks for it.
for (const button of document.querySelectorAll("[data-pan]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { panAndZoom } = await import(button.dataset.pan);
      await panAndZoom(button.closest("[data-map]"), button);
    } catch {
      button.textContent = "The map did not load. The drawn one stays.";
    }
  });
}
