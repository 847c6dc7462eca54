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
    const ring = L.circle(place(site), { radius: Number(radius), className: "ring" }).addTo(map);
    const all = L.featureGroup([ring]);
    if (Number(accuracy) > 0) all.addLayer(L.circle(place(pin), { radius: Number(accuracy), className: `blur ${tone}` }).addTo(map));
    L.circleMarker(place(site), { radius: 6, className: "home" }).addTo(map);
    all.addLayer(L.circleMarker(place(pin), { radius: 8, className: `pin ${tone}` }).addTo(map));
    map.fitBounds(all.getBounds(), { padding: [20, 20], maxZoom: 18 });
  };
  const drawAll = () => document.querySelectorAll("[data-map]:not([data-drawn])").forEach((box) => { if (!box.closest("details:not([open])")) draw(box); });
  document.addEventListener("htmx:after:swap", drawAll);
  // A visit that is folded away has no size to draw in until it is opened.
  document.addEventListener("toggle", drawAll, true);
  drawAll();
})();
