/// <reference lib="dom" />
/** Giving references in the form: their order, what is sent of them, and what is told before anything is sent. */
import { Buffer } from "node:buffer";
import type { Locator, Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import type { TaskView } from "../../src/task/view.ts";
import { orientationOf } from "../../static/js/references/reference.js";
import { read } from "./support/task.ts";
import { fileOf, heldOnItsSide, motion, pictureMade, pictures, type Upload } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

const desk = useForm({ locale: "en-US" });

test("prints that are dragged onto one another change places, and arrive so", async () => {
  const { page } = desk;
  const [front, side, stone] = await threePictures();
  await lay(page, [front, side, stone]);
  await print(page, 3).dragTo(print(page, 1));
  await announced(page, `Picture 1: ${stone.name}`);
  await print(page, 1).dragTo(print(page, 2));
  await announced(page, `Picture 2: ${stone.name}`);
  const { references } = await order(page);
  expect(references.images.map(({ bytes }) => bytes)).toEqual([side, stone, front].map(({ buffer }) => buffer.length));
});

test("prints change places by keyboard, the focus stays, and the new place is said", async () => {
  const { page } = desk;
  const [front, side, stone] = await threePictures();
  await lay(page, [front, side, stone]);
  const forward = page.getByRole("button", { name: "Swap pictures 2 and 3" });
  await forward.focus();
  await page.keyboard.press("Enter");
  await announced(page, `Picture 2: ${stone.name}`);
  expect(await forward.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByRole("button", { name: "Swap pictures 1 and 2" }).press("Space");
  await announced(page, `Picture 1: ${stone.name}`);
  const { references } = await order(page);
  expect(references.images.map(({ bytes }) => bytes)).toEqual([stone, front, side].map(({ buffer }) => buffer.length));
});

test("a print can move to an empty place by keyboard, and the focus goes with it", async () => {
  const { page } = desk;
  const [front] = await threePictures();
  await page.locator("#reference_image3").setInputFiles([front]);
  await page.getByRole("button", { name: "Swap pictures 2 and 3" }).press("Enter");
  await page.getByLabel("Picture 2, replace").waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("reference_image2");
});

test("a large picture is made smaller, an AVIF becomes a JPEG, and what is right stays byte for byte", async () => {
  const { page } = desk;
  const [front] = await threePictures();
  const avif = await pictureMade("ring.avif");
  await lay(page, [await pictureMade("large.jpg", "scale=4000:3000"), avif, front]);
  await captioned(page, 1, "4000 × 3000 → 2048 × 1536");
  await captioned(page, 2, "AVIF → 1200 × 900");
  await captioned(page, 3, "1200 × 900 35 kB");
  const { references } = await order(page);
  expect(references.images).toMatchObject([
    { content_type: "image/jpeg", width: 2048, height: 1536 },
    { content_type: "image/jpeg", width: 1200, height: 900 },
    { content_type: "image/jpeg", width: 1200, height: 900, bytes: front.buffer.length },
  ]);
  expect(await copyOf(references.images[2]?.url)).toEqual(front.buffer);
});

test("a picture keeps its kind when it is made smaller, with what is transparent in it", async () => {
  const { page } = desk;
  const filters = "scale=2400:1800,format=rgba,colorchannelmixer=aa=0.5";
  await lay(page, [await pictureMade("large.png", filters), await pictureMade("large.webp", "scale=2400:1800")]);
  await captioned(page, 1, "2400 × 1800 → 2048 × 1536");
  await captioned(page, 2, "2400 × 1800 → 2048 × 1536");
  const { references } = await order(page);
  expect(references.images).toMatchObject([
    { content_type: "image/png", width: 2048, height: 1536 },
    { content_type: "image/webp", width: 2048, height: 1536 },
  ]);
  const png = await copyOf(references.images[0]?.url);
  const colourWithAlpha = 6;
  expect(png[25]).toBe(colourWithAlpha);
});

test("more bytes and more pixels than the service takes are no reason to refuse a picture", async () => {
  const { page } = desk;
  const heavy = await pictureMade("heavy.bmp", "scale=3000:2300");
  expect(heavy.buffer.length).toBeGreaterThan(20_000_000);
  await lay(page, [heavy, await pictureMade("huge.jpg", "scale=12000:9000:flags=neighbor")]);
  await captioned(page, 1, "3000 × 2300 → 2048 × 1570");
  await captioned(page, 2, "12000 × 9000 → 2048 × 1536");
  const { references } = await order(page);
  expect(references.images.map(({ content_type }) => content_type)).toEqual(["image/jpeg", "image/jpeg"]);
});

test("a picture that lies on its side is turned upright before it is sent, also a small one", async () => {
  const { page } = desk;
  const [front] = await threePictures();
  await lay(page, [heldOnItsSide(front)]);
  await captioned(page, 1, "↻ 900 × 1200");
  const { references, warnings } = await order(page);
  expect(references.images).toMatchObject([{ width: 900, height: 1200 }]);
  expect(warnings).toEqual([]);
  expect(orientationOf(new Uint8Array(await copyOf(references.images[0]?.url)).buffer)).toBe(1);
});

test("the EXIF orientation is read in both byte orders, and damage means upright", () => {
  const big = "MM\0*\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\0\0\0\0\0\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
  const little = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0";
  const jpeg = (tiff: string) => `\xff\xd8\xff\xe0\0\x04JF\xff\xe1\0\x40Exif\0\0${tiff}`;
  expect(orientationOf(bytesOf(jpeg(big)))).toBe(8);
  expect(orientationOf(bytesOf(jpeg(little)))).toBe(3);
  expect(orientationOf(bytesOf(jpeg(big).slice(0, 40)))).toBe(1);
  expect(orientationOf(bytesOf("\xff\xd8\xff\xda\0\x08"))).toBe(1);
  expect(orientationOf(bytesOf(""))).toBe(1);
});

test.each<[string, () => Promise<Upload>, string]>([
  ["an empty file", () => Promise.resolve(fileOf("empty.jpg", "")), "The file is empty."],
  ["a PDF", () => Promise.resolve(fileOf("offer.jpg", "%PDF-1.7")), "This file is PDF."],
  ["a GIF", () => pictureMade("ring.gif", "scale=120:90"), "This file is GIF."],
  ["a HEIC, which this browser does not open", () => Promise.resolve(fileOf("a.heic", "\0\0\0\x18ftypheic")), "HEIC."],
  ["an animated WebP", () => Promise.resolve(animatedWebp), "The picture is animated."],
  ["an AVIF of several pictures", () => Promise.resolve(fileOf("a.avif", "\0\0\0\x18ftypavis")), "animated."],
  ["a picture that is cut off", cutOff, "The picture does not open"],
])("%s is told beside its print, and nothing is started", async (_, file, told) => {
  const { page } = desk;
  const starts: string[] = [];
  page.on("request", (request) => request.url().endsWith("/generate") && starts.push(request.url()));
  const [front] = await threePictures();
  await lay(page, [front, await file()]);
  await page.getByRole("alert").filter({ hasText: "Picture 2." }).filter({ hasText: told }).waitFor();
  expect(await page.getByLabel("Picture 2, replace").getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByLabel("Picture 1, replace").getAttribute("aria-invalid")).toBeNull();
  await page.getByRole("button", { name: "Make the video" }).click();
  await page.getByRole("alert").filter({ hasText: "One of the references will not work." }).waitFor();
  expect(page.url()).not.toContain("#task=");
  expect(starts).toEqual([]);
});

test("of the video it is said how much of it is watched, also when that is known late", async () => {
  const { page } = desk;
  const late: Route[] = [];
  await page.route("**/veo31/capabilities", (route) => void late.push(route));
  await page.reload();
  await page.locator("#video_reference").setInputFiles([await motion()]);
  const caption = page.locator("#sample .print-caption");
  await caption.filter({ hasText: "1280" }).waitFor();
  await late[0]?.continue();
  await caption.filter({ hasText: "all 8 s are watched" }).waitFor();
  expect(await caption.textContent()).toContain("1280\u00a0×\u00a0720");
});

test("each file has a bar of its own, and they fill one after the other", async () => {
  const { page } = desk;
  const noise = "scale=2000:1500,noise=alls=60:allf=t";
  await lay(page, [await pictureMade("a.jpg", noise), await pictureMade("b.jpg", noise)]);
  await captioned(page, 2, "2000 × 1500");
  await captioned(page, 1, "2000 × 1500");
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 };
  await network.send("Network.emulateNetworkConditions", slow);
  await page.getByRole("button", { name: "Make the video" }).click();
  await page.waitForFunction(() => {
    const [first, second] = document.querySelectorAll<HTMLProgressElement>(".print > progress");
    return first && second && first.position > 0.2 && first.position < 1 && second.position === 0;
  });
  expect(await page.locator("#print1 > progress").isVisible()).toBe(true);
  expect(await page.locator("#print3 > progress").isVisible()).toBe(false);
  await page.waitForFunction(() => {
    const [first, second] = document.querySelectorAll<HTMLProgressElement>(".print > progress");
    return first?.position === 1 && second && second.position > 0.2 && second.position < 1;
  });
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped. Nothing was started.").waitFor();
  expect(await page.locator("#print1 > progress").isVisible()).toBe(false);
});

test("sending waits for a picture that is still being prepared", async () => {
  const { page } = desk;
  await lay(page, [await pictureMade("huge.jpg", "scale=9000:7000:flags=neighbor")]);
  await captioned(page, 1, "Preparing");
  const { references } = await order(page);
  expect(references.images).toMatchObject([{ width: 2048, height: 1593 }]);
});

test("an address that is pasted or dropped outside of a text field goes into the next empty line", async () => {
  const { page } = desk;
  await give(page, "paste", "text/plain", "https://example.com/ring.jpg");
  expect(await page.getByLabel("Address of picture 1").inputValue()).toBe("https://example.com/ring.jpg");
  await page.getByRole("heading", { name: "Pictures", exact: true }).click();
  await give(page, "drop", "text/uri-list", "https://example.com/side.jpg");
  expect(await page.getByLabel("Address of picture 2").inputValue()).toBe("https://example.com/side.jpg");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("address2");
  await give(page, "paste", "text/plain", "just words");
  expect(await page.getByLabel("Address of picture 3").inputValue()).toBe("");
});

test("a photo can be taken where there is a finger, and goes to the first empty place", async () => {
  const { page } = desk;
  expect(await page.getByText("Take a photo").isVisible()).toBe(false);
  expect(await page.locator("#photo").getAttribute("capture")).toBe("environment");
  const [front, side] = await threePictures();
  await lay(page, [front]);
  await page.locator("#photo").setInputFiles([side]);
  await captioned(page, 2, "1200 × 900");
});

const animatedWebp = fileOf("moving.webp", "RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02");

async function cutOff(): Promise<Upload> {
  const [front] = await threePictures();
  return { ...front, buffer: front.buffer.subarray(0, front.buffer.length / 2) };
}

async function threePictures(): Promise<[Upload, Upload, Upload]> {
  const [front, side, stone] = await pictures();
  if (!front || !side || !stone) throw new Error("There are no samples.");
  return [front, side, stone];
}

async function lay(page: Page, files: Upload[]): Promise<void> {
  await page.locator("#reference_image1").setInputFiles(files);
  await print(page, files.length).locator(".bare *").first().waitFor();
}

function print(page: Page, number: number): Locator {
  return page.locator(`#print${number}`);
}

/** Waits for what stands under a print; line breaks and spaces count the same. */
async function captioned(page: Page, number: number, words: string): Promise<void> {
  const pattern = new RegExp(words.split(" ").join("\\s+"));
  await print(page, number).locator(".print-caption").filter({ hasText: pattern }).waitFor();
}

async function announced(page: Page, words: string): Promise<void> {
  await page.locator("#announcement").filter({ hasText: words }).waitFor({ state: "attached" });
}

/** Presses the button, and looks at the task that comes of it. */
async function order(page: Page): Promise<TaskView> {
  await page.getByRole("button", { name: "Make the video" }).click();
  await page.waitForURL(/#task=/);
  return await read(desk.origin, page.url().split("#task=")[1] ?? "");
}

async function copyOf(url: string | undefined): Promise<Buffer> {
  const response = await fetch(new URL(url ?? "", desk.origin));
  return Buffer.from(await response.arrayBuffer());
}

/** Hands text over to whatever has the focus, as a browser does. */
async function give(page: Page, how: "paste" | "drop", type: string, text: string): Promise<void> {
  await page.evaluate(({ how, type, text }) => {
    const data = new DataTransfer();
    data.setData(type, text);
    const options = { bubbles: true, cancelable: true };
    const event = how === "paste"
      ? new ClipboardEvent("paste", { ...options, clipboardData: data })
      : new DragEvent("drop", { ...options, dataTransfer: data });
    document.body.dispatchEvent(event);
  }, { how, type, text });
}

function bytesOf(text: string): ArrayBuffer {
  return Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer;
}
