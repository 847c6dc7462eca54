// The check-in on a map, where the company has named a host of tiles. Without it the drawn picture says the same.
(() => {
  "use strict";
  const place = (text) => text.split(",").map(Number);
  const draw = (box) => {
    const { map: tiles, site, pin, accuracy, radius, tone } = box.dataset;
    box.dataset.drawn = "";
    box.hidden = false;
    const map = L.map(box, { scrollWheelZoom: false });
    map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
    L.tileLayer(tiles, {
      maxZoom: 19,
      attribution: '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
      referrerPolicy: "strict-origin-when-cross-origin",
    }).addTo(map);
    // Circles know their bounds only once the map has a view.
    const around = (at, metres) => L.latLng(at).toBounds(2 * Math.max(metres, 1));
    const [home, here] = [place(site), place(pin)];
    map.fitBounds(around(home, Number(radius)).extend(around(here, Number(accuracy))), { padding: [20, 20], maxZoom: 18 });
    L.circle(home, { radius: Number(radius), className: "ring" }).addTo(map);
    if (Number(accuracy) > 0) L.circle(here, { radius: Number(accuracy), className: `blur ${tone}` }).addTo(map);
    L.circleMarker(home, { radius: 6, className: "home" }).addTo(map);
    L.circleMarker(here, { radius: 8, className: `pin ${tone}` }).addTo(map);
  };
  const drawAll = () => document.querySelectorAll("[data-map]:not([data-drawn])").forEach((box) => { if (!box.closest("details:not([open])")) draw(box); });
  document.addEventListener("htmx:after:swap", drawAll);
  // A visit that is folded away has no size to draw in until it is opened.
  document.addEventListener("toggle", drawAll, true);
  drawAll();
})();
