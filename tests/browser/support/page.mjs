/** A page of the book under test: the acts of a reader (reader.mjs) and the public contract of its labs. */

import { until } from './bare_page.mjs';
import { Unmet } from './expect.mjs';
import { Reader } from './reader.mjs';

const LAB = 'ember-lab';

export class Page extends Reader {
  /** Calls a method of a lab; a rejection is thrown with its code and message. */
  async call(method, ...values) {
    return this.callOn(LAB, method, ...values);
  }

  async callOn(selector, method, ...values) {
    const { value, error } = await this.outcome(selector, method, ...values);
    if (error) throw new Unmet(`${method}() was rejected: ${JSON.stringify(error)}`);
    return value;
  }

  /** The error a method of a lab rejects with: `{code, message, details}`. */
  async failure(method, ...values) {
    const { value, error } = await this.outcome(LAB, method, ...values);
    if (!error) throw new Unmet(`${method}() was expected to reject, and gave ${JSON.stringify(value)}`);
    return error;
  }

  /** `{value}` or `{error}` of a method; bytes are lists of numbers on this side. */
  async outcome(selector, method, ...values) {
    await this.#lab(selector);
    return this.evaluate(
      async (selector, method, values) => {
        const lab = document.querySelector(selector);
        try {
          const value = await lab[method](...values);
          return { value: value instanceof Uint8Array ? [...value] : value };
        } catch ({ code, message, details }) {
          return { error: { code: code ?? null, message: String(message), details: details ?? null } };
        }
      },
      ...[selector, method, values],
    );
  }

  /** The value of a function in the page that is given the lab, for what no method here can hand over. */
  async callInPage(inPage, ...values) {
    await this.#lab(LAB);
    const list = values.map((value) => JSON.stringify(value)).join(', ');
    return this.driver.evaluate(`(${inPage})(document.querySelector('${LAB}'), ${list})`);
  }

  /** Sets a run going and does not wait for its end. */
  async begin(selector = LAB) {
    await this.#lab(selector);
    await this.evaluate((selector) => void document.querySelector(selector).start(), selector);
  }

  /** Gives files to a lab: `{name, content, path}`, a text or a list of bytes. Gives the error it rejects with, or null. */
  async load(...files) {
    await this.#lab(LAB);
    return this.evaluate(
      async (lab, files) => {
        const made = files.map(({ name, content, path }) => {
          const file = new File([typeof content === 'string' ? content : Uint8Array.from(content)], name);
          return path ? Object.defineProperty(file, 'webkitRelativePath', { value: path }) : file;
        });
        try {
          await document.querySelector(lab).load(made);
          return null;
        } catch ({ code, message, details }) {
          return { code: code ?? null, message: String(message), details: details ?? {} };
        }
      },
      ...[LAB, files],
    );
  }

  /** Gives one file to a lab, and gives what the method answers: what a table was taken for. */
  async taken({ name, content }) {
    await this.#lab(LAB);
    return this.evaluate(
      (lab, name, content) =>
        document
          .querySelector(lab)
          .load([new File([typeof content === 'string' ? content : Uint8Array.from(content)], name)]),
      ...[LAB, name, content],
    );
  }

  /** Steps of the sliders of a part. */
  async steps(role, within) {
    await this.waitForText('', within);
    return this.read(
      (role, within) => emberTest.all(role, null, within).map(({ step }) => step),
      role,
      within,
    );
  }

  /** Gives a file to the picker of a part, as choosing it there does. */
  async pick(name, content, within) {
    await this.waitForCount(1, 'file', null, within);
    await this.settled();
    await this.evaluate(
      (name, content, within) => {
        const transfer = new DataTransfer();
        transfer.items.add(
          new File([typeof content === 'string' ? content : Uint8Array.from(content)], name),
        );
        const [input] = emberTest.all('file', null, within);
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      ...[name, content, within],
    );
  }

  /** Drops what is dragged out of another page, which may be no more than its address, on the place for files of a part. */
  async dropLink(address, within) {
    await this.waitForCount(1, 'file', null, within);
    await this.settled();
    await this.evaluate(
      (address, within) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/uri-list', address);
        const [input] = emberTest.all('file', null, within);
        const drop = new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true });
        input.dispatchEvent(drop);
      },
      ...[address, within],
    );
  }

  /** Whether the one radio button or checkbox of a role and a name is chosen, once the page has come to rest. */
  async isChosen(role, name, within) {
    await this.waitForCount(1, role, name, within);
    return this.read((role, name, within) => emberTest.one(role, name, within).checked, role, name, within);
  }

  /** Gives weights to the lab by the method. Gives the code of the error it rejects with, or null. */
  async importModel(bytes) {
    await this.#lab(LAB);
    return this.evaluate(
      (lab, bytes) =>
        document
          .querySelector(lab)
          .importModel(Uint8Array.from(bytes))
          .then(
            () => null,
            ({ code }) => code,
          ),
      ...[LAB, bytes],
    );
  }

  /** Gives the lab its own weights as a file; its run begins anew from them. */
  async takeOwnWeights() {
    await this.#lab(LAB);
    await this.evaluate(async (selector) => {
      const lab = document.querySelector(selector);
      await lab.importModel(await lab.exportModel('safetensors'));
    }, LAB);
  }

  /** Steps of the checkpoints that are kept; their bytes stay in the page, drivers take long to hand them over. */
  async checkpointSteps() {
    await this.#lab(LAB);
    return this.evaluate(
      async (lab) => (await document.querySelector(lab).checkpoints()).map(({ step }) => step),
      LAB,
    );
  }

  /** A property of a lab. */
  async property(name, selector = LAB) {
    await this.#lab(selector);
    return this.evaluate((selector, name) => document.querySelector(selector)[name], selector, name);
  }

  /** Sets a property of the lab, such as `config`. */
  async setProperty(name, value) {
    await this.#lab(LAB);
    await this.evaluate(
      (lab, name, value) => void (document.querySelector(lab)[name] = value),
      ...[LAB, name, value],
    );
  }

  /** Waits until the lab has one of these statuses, and gives it. */
  waitForStatus(...wanted) {
    return this.waitForStatusOf(LAB, ...wanted);
  }

  /** Waits until one of several labs has one of these statuses, and gives it. */
  waitForStatusOf(selector, ...wanted) {
    return this.waitFor(
      `status ${wanted.join(' or ')} of ${selector}`,
      (lab, wanted) => {
        const { status } = document.querySelector(lab);
        if (!wanted.includes(status)) throw new Error(`the status is ${status}`);
        return status;
      },
      ...[selector, wanted],
    );
  }

  /** Waits until a run has come to a step; the lab trains on meanwhile. */
  waitForStep(step, selector = LAB) {
    return this.waitFor(
      `step ${step}`,
      async (selector, step) => {
        const last = (await document.querySelector(selector).history()).at(-1)?.step ?? -1;
        if (last < step) throw new Error(`the run stands at ${last}`);
        return true;
      },
      ...[selector, step],
    );
  }

  /** Waits until the lab computes on a kind of device. */
  async waitForDevice(kind) {
    await this.waitFor(
      `the device ${kind}`,
      (lab, kind) => document.querySelector(lab).device?.kind === kind,
      ...[LAB, kind],
    );
  }

  /** Waits until a setting of the lab is declared with a default, as another table brings it. */
  async waitForDefault(name, value) {
    await this.waitFor(
      `the default ${value} of ${name}`,
      (lab, name, value) => {
        const control = document.querySelector(lab).controls.find((one) => one.name === name);
        if (control?.default !== value) throw new Error(`it is ${control?.default}`);
        return true;
      },
      ...[LAB, name, value],
    );
  }

  /** Waits until the settings of the lab's run have these values. */
  async waitForSettings(wanted) {
    await this.waitFor(
      `the settings ${JSON.stringify(wanted)}`,
      async (lab, wanted) => {
        const { config } = await document.querySelector(lab).exportRun();
        return Object.entries(wanted).every(([name, value]) => String(config[name]) === String(value));
      },
      ...[LAB, wanted],
    );
  }

  /** Puts a further lab, of the same lesson unless the attributes say otherwise, into the page until it can start. */
  async addLab(id, attributes) {
    await this.#lab(LAB);
    await this.evaluate(
      async (first, id, attributes) => {
        const { lesson } = document.querySelector(first);
        const lab = document.createElement(first);
        lab.id = id;
        for (const [name, value] of Object.entries({ lesson, load: 'eager', ...attributes }))
          lab.setAttribute(name, typeof value === 'string' ? value : JSON.stringify(value));
        document.querySelector('main').append(lab);
        await lab.ready;
      },
      ...[LAB, id, attributes],
    );
  }

  async removeLab(selector) {
    await this.#lab(selector);
    await this.evaluate((selector) => document.querySelector(selector).remove(), selector);
  }

  /** Keeps the contract's events of every lab of the page from now on. */
  async recordEvents() {
    await this.#lab(LAB);
    await this.evaluate(() => emberTest.record());
  }

  /** The events kept so far, of one type or of all: `{type, detail, composed, lab}`. */
  events(type) {
    return this.read((type) => emberEvents.filter((event) => !type || event.type === type), type);
  }

  /** Waits until an event of a type has come, and gives all kept by then. */
  waitForEvent(type) {
    return this.waitFor(
      type,
      (type) => emberEvents.some((event) => event.type === type) && emberEvents,
      type,
    );
  }

  /** The figures of the text in a language, in order: `{id, name, needs, runs}`, the id without its language. */
  figures(language) {
    return this.read((language) => {
      const figures = [...document.querySelectorAll(`figure.living[id^="${language}-figure-"]`)];
      return figures.map((figure) => {
        const element = figure.querySelector('ember-figure');
        const needs = JSON.parse(element.getAttribute('needs') ?? '{}');
        const runs = element.dataset.run !== 'no';
        return { id: figure.id.replace(/^\w+-figure-/, ''), name: element.getAttribute('name'), needs, runs };
      });
    }, language);
  }

  /** What a figure of the text shows, by its `id`, once it lives: `{text, height, alerts}`; null while its still stands there. */
  figure(id) {
    return this.read((id) => {
      const part = document
        .getElementById(id)
        .querySelector('ember-figure')
        .shadowRoot?.querySelector('.part');
      if (!part) return null;
      const alerts = [...emberTest.elements(part)].filter((element) => emberTest.role(element) === 'alert');
      const { height } = part.getBoundingClientRect();
      return { text: emberTest.text(part), height, alerts: alerts.map(emberTest.text) };
    }, id);
  }

  /** Waits until a figure of the text shows something, in whatever state. */
  waitForFigure(id) {
    return this.waitFor(
      `${id} to show something`,
      (id) => {
        const part = document
          .getElementById(id)
          .querySelector('ember-figure')
          .shadowRoot?.querySelector('.part');
        return (part?.getBoundingClientRect().height ?? 0) > 40;
      },
      id,
    );
  }

  /** Where an element of the page stands in the window: its top in CSS pixels, and whether any of it is seen. */
  placeOf(selector) {
    return this.read((selector) => {
      const { top, bottom } = emberTest.first(selector).getBoundingClientRect();
      return { top, isSeen: bottom > 0 && top < innerHeight };
    }, selector);
  }

  /** The still pictures that are seen by one who scrolls: `{figure, width, height, alt, file}`. */
  stills() {
    return this.read(() =>
      [...emberTest.elements(document)]
        .filter((element) => element.matches('.still img') && emberTest.visible(element))
        .map((image) => {
          const { width, height } = image.getBoundingClientRect();
          const figure = image.closest('figure, article')?.id ?? null;
          return { figure, width, height, alt: image.alt, file: image.currentSrc || image.src };
        }),
    );
  }

  /** Of each still the share of its left edge, inside the border, that is as white as a card: `{still, share}`. */
  stillEdges() {
    const inside = 4;
    return this.read(async (inside) => {
      const images = [...document.querySelectorAll('figure.living .still img')];
      return Promise.all(
        images.map(async ({ src }) => {
          const bitmap = await createImageBitmap(await (await fetch(src)).blob());
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
          canvas.drawImage(bitmap, 0, 0);
          const { data } = canvas.getImageData(inside, 0, 1, bitmap.height);
          let white = 0;
          for (let at = 0; at < data.length; at += 4)
            if (Math.min(data[at], data[at + 1], data[at + 2]) > 253) white += 1;
          return { still: new URL(src).pathname, share: white / bitmap.height };
        }),
      );
    }, inside);
  }

  /** Puts a frame into the page and waits until its document is there. */
  addFrame(address) {
    return this.evaluate(async (address) => {
      const frame = Object.assign(document.createElement('iframe'), {
        src: address,
        width: 800,
        height: 600,
      });
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      document.body.append(frame);
      await loaded;
    }, address);
  }

  /** A frame of the page whose address holds a text, once its lab is there; Chromium alone lets tests in. */
  async frame(part) {
    const found = () => this.driver.native.frames().find((frame) => frame.url().includes(part));
    const frame = await until(async () => found());
    if (!frame) throw new Unmet(`there is no frame of ${part}`);
    const inner = new Page(
      { ...this.driver, evaluate: (expression) => frame.evaluate(expression) },
      this.siteUrl,
    );
    await inner.#lab(LAB);
    return inner;
  }

  /** Waits until a lab is there and is an element that works. */
  #lab(selector) {
    return this.waitFor(
      `the lab ${selector}`,
      (selector) => document.querySelector(selector)?.matches(':defined'),
      selector,
    );
  }
}
