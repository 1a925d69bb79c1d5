/** A file system of one folder, `.`. */
import type { Files } from "../../src/command-line/surroundings.ts";

export class FolderInMemory implements Files {
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  readText(path: string): Promise<string> {
    const text = this.files.get(path);
    return text === undefined ? Promise.reject(new Error("not there")) : Promise.resolve(text);
  }

  kindOf(path: string): Promise<"file" | "folder" | null> {
    return Promise.resolve(path === "." ? "folder" : this.files.has(path) ? "file" : null);
  }

  isWritable(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async write(path: string, body: ReadableStream<Uint8Array>): Promise<number> {
    this.files.set(path, "unfinished");
    const text = await new Response(body).text();
    this.files.set(path, text);
    return text.length;
  }

  async moveIfFree(from: string, to: string): Promise<boolean> {
    if (this.files.has(to)) return false;
    await this.replace(from, to);
    return true;
  }

  replace(from: string, to: string): Promise<void> {
    this.files.set(to, this.files.get(from) ?? "");
    return this.remove(from);
  }

  remove(path: string): Promise<void> {
    this.files.delete(path);
    return Promise.resolve();
  }

  join(folder: string, name: string): string {
    return folder === "." ? name : `${folder}/${name}`;
  }

  folderOf(path: string): string {
    return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
  }

  nameOf(path: string): string {
    return path.slice(path.lastIndexOf("/") + 1);
  }
}
