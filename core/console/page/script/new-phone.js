// The dialog that makes a phone.

import { by, element, say } from "./element.js";
import * as server from "./server.js";

export class NewPhone {
  #dialog = by("new-dialog");
  #form = by("new-form");
  #supply = null;

  constructor(made) {
    by("new-phone").onclick = () => this.#open();
    this.#form.elements.model.onchange = () => this.#signalings();
    this.#form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        const { name } = await server.make(this.#wish());
        this.#dialog.close();
        made(name);
      } catch (why) {
        say(by("new-trouble"), why.message);
      }
    };
  }

  async #open() {
    try {
      this.#supply ??= await server.json("/api/v1/supply");
      const taken = new Set((await server.phones()).map((phone) => phone.name));
      const { model, name } = this.#form.elements;
      if (model.options.length === 0) {
        model.replaceChildren(...this.#supply.models.map((one) => new Option(one.name)));
        by("new-extensions").replaceChildren(...this.#supply.extensions.map((one) => element("option", { value: one })));
      }
      let number = 1;
      while (taken.has(`phone-${number}`)) number += 1;
      name.value = `phone-${number}`;
      this.#signalings();
      say(by("new-trouble"), "");
      this.#dialog.showModal();
    } catch (why) {
      server.trouble(why);
    }
  }

  #signalings() {
    const { model, signaling } = this.#form.elements;
    const kinds = this.#supply.models.find((one) => one.name === model.value)?.signalings ?? [];
    signaling.replaceChildren(...kinds.map((kind) => new Option(kind)));
  }

  #wish() {
    const { name, model, signaling, extension, password, boot } = this.#form.elements;
    const given = (field) => (field.value === "" ? undefined : field.value);
    return { name: name.value, model: model.value, signaling: signaling.value, extension: given(extension), password: given(password), boot: boot.checked };
  }
}
