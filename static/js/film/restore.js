/** Lays the references of an earlier task on the table again, from the service's own copies. */

/** @import { Table } from "../references/table.js" */
/** @import { TaskView } from "../types.js" */

/**
 * @param {TaskView} task
 * @param {Table} table
 * @returns {Promise<boolean>} false when a copy is no longer there
 */
export async function restoreReferences(task, table) {
  const { images, video } = task.references;
  try {
    const files = await Promise.all([...images, ...video ? [video] : []].map(fetchFile));
    await table.lay(files, null);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {{ url: string, content_type: string }} reference
 * @param {number} index
 */
async function fetchFile({ url, content_type }, index) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The copy of reference ${index + 1} answered ${response.status}.`);
  const extension = content_type.split("/")[1] ?? "";
  return new File([await response.blob()], `reference-${index + 1}.${extension}`, { type: content_type });
}
