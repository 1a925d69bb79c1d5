/**
 * The service's own types: its schemas are the contract, so nothing of them is written twice. Only for the type check;
 * no module loads this file.
 *
 * @typedef {import("../../src/task/view.ts").TaskView} TaskView
 * @typedef {NonNullable<TaskView["step3_video_generation"]>} Generation
 * @typedef {Generation["segments"][number]} Segment
 * @typedef {import("../../src/task/offer-view.ts").Capabilities} Capabilities
 * @typedef {import("../../src/task/offer-view.ts").Estimate} Estimate
 * @typedef {import("../../src/task/status.ts").TaskStatus} TaskStatus
 * @typedef {import("../../src/task/status.ts").Warning} Warning
 * @typedef {import("../../src/task/request.ts").TaskRequest} TaskRequest
 * @typedef {import("../../src/analysis/schema.ts").ImageAnalysis} ImageAnalysis
 * @typedef {import("../../src/analysis/schema.ts").VideoAnalysis} VideoAnalysis
 * @typedef {import("../../src/errors.ts").RequestErrorCode} RequestErrorCode
 * @typedef {import("../../src/errors.ts").TaskErrorCode} TaskErrorCode
 * @typedef {import("../../src/errors.ts").Charged} Charged
 *
 * @typedef {object} FieldProblem
 * @property {string} field
 * @property {string} code
 * @property {string} message the service's English sentence
 *
 * @typedef {object} Problem the body of a refused request
 * @property {string} code
 * @property {string} detail
 * @property {FieldProblem[]} errors
 */

export {};
