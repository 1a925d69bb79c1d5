/** What a drill plans by its seed: orders, faults, kills. */
import { describe, expect, it } from "vitest";
import { drawFaults } from "../../scripts/drill/faults.ts";
import { findMark, ordersFrom } from "../../scripts/drill/orders.ts";
import { faultSchema } from "../../src/sandbox/fault-script.ts";
import { taskRequestSchema } from "../../src/task/request.ts";

describe("the orders of a drill", () => {
  const drawFrom = (seed: number) => Array.from({ length: 500 }, ordersFrom(seed));
  const orders = drawFrom(7);

  it("are all ones that the service takes", () => {
    for (const { fields } of orders) expect(taskRequestSchema.safeParse(fields).error).toBeUndefined();
  });

  it("each have a mark of their own, which is found again in a prompt", () => {
    const marks = orders.map(({ fields }) => findMark(`A ring turns. ${fields["additional_prompt"]}`));
    expect(marks).toEqual(orders.map(({ mark }) => mark));
    expect(new Set(marks).size).toBe(500);
  });

  it("are of every kind", () => {
    const valuesOf = (name: string) => new Set(orders.map(({ fields }) => fields[name]));
    expect(valuesOf("quality")).toEqual(new Set(["high", "standard"]));
    expect(valuesOf("aspect_ratio")).toEqual(new Set(["16:9", "9:16", "1:1"]));
    expect(valuesOf("structure")).toEqual(new Set(["shots", "single_take"]));
    expect(valuesOf("review")).toEqual(new Set(["true", "false"]));
    expect(new Set(orders.map(({ wish }) => wish?.kind))).toEqual(new Set([undefined, "cancel", "delete"]));
    expect(new Set(orders.map(({ pictures }) => pictures))).toEqual(new Set([1, 2, 3]));
  });

  it("are the same for the same seed, and others for another", () => {
    expect(drawFrom(7)).toEqual(orders);
    expect(drawFrom(8)).not.toEqual(orders);
  });
});

describe("the faults of a drill", () => {
  it("are all ones that the sandbox takes", () => {
    for (const fault of drawFaults(0.2, 7)) expect(faultSchema.safeParse(fault).error).toBeUndefined();
  });

  it.each(["image_analysis", "prompt", "video_analysis", "submit", "poll", "download"])(
    "make the wished share of the calls go wrong: %s",
    (call) => {
      const unharmed = drawFaults(0.2, 7).filter((fault) => fault.call === call)
        .reduce((chance, { probability }) => chance * (1 - probability), 1);
      expect(unharmed).toBeCloseTo(0.8, 10);
    },
  );

  it("never change by one poll how a clip has ended", () => {
    const atPoll = drawFaults(0.2, 7).filter(({ call }) => call === "poll").map(({ fault }) => fault);
    expect(atPoll).toContain("still_running");
    expect(atPoll.filter((fault) => /^(filtered|operation|no_samples|foreign)/.test(fault))).toEqual([]);
  });

  it("are none at a share of 0", () => {
    expect(drawFaults(0, 7)).toEqual([]);
  });
});
