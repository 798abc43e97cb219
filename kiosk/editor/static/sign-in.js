// Asks for the number that the wall shows, over whatever the page shows: what was typed there stays.

import * as api from "/static/api.js";
import { h, fill, newId } from "/static/dom.js";

let asking = null;

/** Asks until the session is open. `why` is what to say first. */
export function signIn(why = "") {
  asking ??= ask(why).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(why) {
  return new Promise((resolve) => {
    const error = h("p", { class: "error", id: newId("error"), role: "alert" }, why);
    const number = h("input", {
      id: newId("number"), class: "pin", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "7",
      placeholder: "000 000", "aria-describedby": error.id, required: true,
    });
    const open = h("button", { class: "main wide" }, "Open");
    // Whoever sits at the computer itself has no number, but an address.
    const here = /^(localhost|127\.|\[::1\])/.test(location.hostname) && h("p", {},
      "With “kiosk edit” on this computer: "
      + "open the address that it printed.");
    const form = h("form", { class: "sign-in" },
      h("h1", {}, "Type the number on the wall"),
      h("p", {}, "Hold the button on the start screen and choose “Change workouts with a phone”: the wall shows six ",
        "digits."),
      h("label", { for: number.id }, "Number"), number, error, open, here);
    const dialog = h("dialog", { class: "cover", "aria-label": "Type the number on the wall" }, form);
    // There is nothing behind it that could be used.
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    number.addEventListener("input", () => {
      const digits = number.value.replace(/\D/g, "").slice(0, 6);
      number.value = digits.length > 3 ? `${digits.slice(0, 3)} ${digits.slice(3)}` : digits;
      if (digits.length === 6) form.requestSubmit();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const pin = number.value.replace(/\D/g, "");
      if (open.disabled) return;
      if (pin.length < 6) {
        fill(error, "The number has six digits.");
        return;
      }
      open.disabled = true;
      try {
        await api.open({ pin });
        dialog.close();
        dialog.remove();
        resolve();
      } catch (refused) {
        const { left } = refused.data;
        fill(error, refused.message, left ? ` After ${left} more there is a new one.` : "");
        number.value = "";
        number.focus();
      } finally {
        open.disabled = false;
      }
    });
    document.body.append(dialog);
    dialog.showModal();
    number.focus();
  });
}
