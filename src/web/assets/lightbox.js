// Photos of a ticket, large: opened from their thumbnails, moved through by arrows. Without this file they open in a tab.
(() => {
  "use strict";
  const box = document.querySelector("[data-lightbox]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-lightbox-${name}]`);
  const [image, caption, save] = ["image", "caption", "save"].map(part);
  // Asked anew each time: the page may have changed behind the box.
  const photos = () => [...document.querySelectorAll("[data-photo]")].filter((photo) => photo.offsetParent !== null);
  let shown = "";
  let opener = "";

  const show = (photo) => {
    const all = photos();
    const at = all.indexOf(photo);
    shown = photo.id;
    image.src = photo.href;
    image.alt = photo.dataset.caption;
    caption.textContent = `${at + 1} / ${all.length} · ${photo.dataset.caption}`;
    save.href = photo.dataset.save;
    box.querySelectorAll("[data-lightbox-step]").forEach((button) => { button.hidden = all.length < 2; });
  };
  const step = (by) => {
    const all = photos();
    if (!all.length) return;
    const at = all.findIndex((photo) => photo.id === shown);
    show(all[(at + by + all.length) % all.length]);
  };

  document.addEventListener("click", (event) => {
    const photo = event.target.closest("[data-photo]");
    if (!photo || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = photo.id;
    show(photo);
    box.showModal();
  });
  box.addEventListener("click", (event) => {
    const by = event.target.closest("[data-lightbox-step]")?.dataset.lightboxStep;
    if (by) step(Number(by));
    else if (event.target.closest("[data-lightbox-close]") || event.target.classList.contains("stage")) box.close();
  });
  box.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  // The thumbnail may be another element than the one that was pressed: the page changes meanwhile.
  box.addEventListener("close", () => {
    image.removeAttribute("src");
    document.getElementById(opener)?.focus();
  });
})();
