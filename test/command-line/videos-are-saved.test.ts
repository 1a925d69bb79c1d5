/** A video that was paid for is saved whole, and nothing else is lost for it. */
import { describe, expect, test } from "vitest";
import type { OpenedVideo } from "../../src/client/index.ts";
import { checkTarget, saveVideo } from "../../src/command-line/save-video.ts";
import { FolderInMemory } from "./folder-in-memory.ts";
import { recordedTerminal } from "./recorded-terminal.ts";

const { stdout: pipe } = recordedTerminal({ isTerminal: false }).surroundings;
const { stdout: screen } = recordedTerminal({ isTerminal: true }).surroundings;

function opened(changes: Partial<OpenedVideo> = {}): OpenedVideo {
  const body = new Blob(["film"]).stream();
  return { body, bytes: 4, contentType: "video/mp4", fileName: "ring-16x9-8s.mp4", ...changes };
}

async function saved(files: FolderInMemory, out: string, force = false, video = opened()): Promise<string | null> {
  return await saveVideo(video, await checkTarget({ out, force }, files, pipe), files, pipe);
}

describe("before anything is paid", () => {
  test("a file that is there is refused", async () => {
    const files = new FolderInMemory({ "a.mp4": "old" });
    await expect(saved(files, "a.mp4")).rejects.toMatchObject({ code: "output_exists", ending: "refused" });
    expect(files.files.get("a.mp4")).toBe("old");
  });

  test("a folder that is not there is refused", async () => {
    await expect(saved(new FolderInMemory(), "nowhere/a.mp4")).rejects.toThrow("There is no folder nowhere");
  });

  test("a screen is no place for a video", async () => {
    await expect(checkTarget({ out: "-", force: false }, new FolderInMemory(), screen)).rejects.toThrow("terminal");
  });
});

describe("a video is saved", () => {
  test("under the name that was chosen, and over what is there only with force", async () => {
    const files = new FolderInMemory({ "a.mp4": "old" });
    expect(await saved(files, "a.mp4", true)).toBe("a.mp4");
    expect([...files.files]).toEqual([["a.mp4", "film"]]);
  });

  test("in a folder under its own name, or the next that is free", async () => {
    const files = new FolderInMemory();
    expect(await saved(files, ".")).toBe("ring-16x9-8s.mp4");
    expect(await saved(files, ".")).toBe("ring-16x9-8s-2.mp4");
    expect(await saved(files, ".")).toBe("ring-16x9-8s-3.mp4");
  });

  test("beside a file that came into its place meanwhile", async () => {
    const files = new FolderInMemory();
    const target = await checkTarget({ out: "a.mp4", force: false }, files, pipe);
    files.files.set("a.mp4", "somebody else's");
    expect(await saveVideo(opened(), target, files, pipe)).toBe("a-2.mp4");
    expect(files.files.get("a.mp4")).toBe("somebody else's");
  });

  test.each([["../../.profile", "profile"], [".bashrc", "bashrc"], ["..", "video.mp4"], ["a b/ц.mp4", "a-b-.mp4"]])(
    "never outside its folder nor hidden: %s",
    async (fileName, expected) => {
      expect(await saved(new FolderInMemory(), ".", false, opened({ fileName }))).toBe(expected);
    },
  );
});

describe("a video that breaks off leaves nothing", () => {
  test.each([
    ["as too few bytes", opened({ bytes: 5 })],
    ["as an error", opened({ body: new ReadableStream({ pull: (stream) => stream.error(new Error("gone")) }) })],
  ])("%s", async (_, video) => {
    const files = new FolderInMemory();
    await expect(saved(files, "a.mp4", false, video)).rejects.toThrow();
    expect([...files.files]).toEqual([]);
  });
});
