/** Files that the page hands out. */

/** The file a button saves, `{name, bytes}`, as the browser itself saves it; Chromium alone shows it to tests. */
export async function download(page, name, within) {
  const [file] = await Promise.all([
    page.driver.native.waitForEvent('download'),
    page.click('button', name, within),
  ]);
  return saved(file);
}

async function saved(file) {
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

/** The files a button saves one after the other, `{name, bytes}`; Chromium alone shows them to tests. */
export async function downloads(page, name, within, count) {
  const files = [];
  const take = (file) => files.push(file);
  const { native } = page.driver;
  native.on('download', take);
  const first = native.waitForEvent('download');
  await page.click('button', name, within);
  await first;
  while (files.length < count) await native.waitForEvent('download');
  native.off('download', take);
  return Promise.all(files.map(saved));
}

/**
 * The file a button offers, caught on its way out: `{name, type, bytes}`, in every browser. The bytes stay in the page
 * too, as `emberSaved.blob`.
 */
export async function caught(page, name, within) {
  await page.evaluate(() => {
    if (globalThis.emberSaved) return void (emberSaved.blob = null);
    globalThis.emberSaved = { blob: null };
    const made = new Map();
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL.call(URL, blob);
      made.set(url, blob);
      return url;
    };
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      if (!made.has(this.href)) return click.call(this);
      Object.assign(emberSaved, { name: this.download, blob: made.get(this.href) });
    };
  });
  await page.click('button', name, within);
  await page.waitFor(`the file of "${name}"`, () => emberSaved.blob !== null);
  const { file, type, bytes } = await page.evaluate(async () => ({
    file: emberSaved.name,
    type: emberSaved.blob.type,
    // As one text: drivers take long to carry a list.
    bytes: await new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.readAsDataURL(emberSaved.blob);
    }),
  }));
  return { name: file, type, bytes: Buffer.from(bytes, 'base64') };
}
