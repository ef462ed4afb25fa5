// The door: a code in any digits. It works without this module; with it, a code that is whole goes in by itself.
import { boot, rough } from "./dom.js";

const told = boot();
const input = /** @type {HTMLInputElement} */ (document.getElementById("code"));
input.addEventListener("input", () => {
  const digits = [...input.value].map(rough).filter((one) => Number.isInteger(one)).join("");
  if (digits.length === 6) location.href = `${told.root}r/${digits}`;
});
