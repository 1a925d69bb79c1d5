/**
 * What the form speaks of everywhere: the service's own types, whose schemas are the contract, so that nothing of them is
 * written twice; the references on the table; the words; what comes of asking. Only for the type check; it is never sent.
 */
declare global {
  type TaskView = import("../src/task/view.ts").TaskView;
  type Generation = NonNullable<TaskView["step3_video_generation"]>;
  type Segment = Generation["segments"][number];
  type Capabilities = import("../src/task/offer-view.ts").Capabilities;
  type Estimate = import("../src/task/offer-view.ts").Estimate;
  type TaskStatus = import("../src/task/status.ts").TaskStatus;
  type TaskRequest = import("../src/task/request.ts").TaskRequest;
  type ImageAnalysis = import("../src/analysis/schema.ts").ImageAnalysis;
  type VideoAnalysis = import("../src/analysis/schema.ts").VideoAnalysis;
  type RequestErrorCode = import("../src/errors.ts").RequestErrorCode;
  type TaskErrorCode = import("../src/errors.ts").TaskErrorCode;
  type Charged = import("../src/errors.ts").Charged;

  /**
   * The words of the page in one language: sentences, and phrases that take what is already written as the reader writes
   * it. Every code of the service's contract has its own.
   */
  interface Phrasebook {
    [name: string]: string | ((...values: string[]) => string) | object;
    useCases: Record<TaskRequest["use_case"], string>;
    /** The service speaks English itself; every other language has its own sentence for each code. */
    requestErrors: Partial<Record<RequestErrorCode, string>>;
    taskErrors: Partial<Record<TaskErrorCode, string>>;
    warnings: Record<string, (facts: WarningFacts) => string>;
    statuses: Record<TaskStatus, string>;
    charged: Record<Charged, string>;
    structures: Record<TaskRequest["structure"], (resolution: string) => string>;
    waits: Record<NonNullable<TaskView["waiting"]>["reason"], (upstream: string) => string>;
    segmentStates: Record<Segment["status"], string>;
    clips(count: number, lengths: string): string;
    extensions(count: number, lengths: string): string;
    withCut(made: string, cut: string, isOne: boolean): string;
  }

  /** What a warning may be about, as the reader writes it. */
  type WarningFacts = Record<"made" | "promised" | "resolution" | "model", string>;

  type English = typeof import("./js/words/en.js").en;
  type Words =
    & Omit<English, "requestErrors" | "taskErrors" | "warnings">
    & Pick<Phrasebook, "requestErrors" | "taskErrors" | "warnings">;

  /** A language that the service does not speak. */
  type Translation = Words & {
    requestErrors: Record<RequestErrorCode, string>;
    taskErrors: Record<TaskErrorCode, string>;
  };
  type Table = import("./js/references/table.js").Table;
  type Film = import("./js/film/film.js").Film;
  type Wishes = import("./js/film/wishes.js").Wishes;
  type PastTask = ReturnType<typeof import("./js/history/past-tasks.js").pastTask>;

  /** Where something lies on the table of references: a print's place, counted from 0, or the video's. */
  type Place = number | "sample";

  /** Says something in the language that the reader has chosen by then; the detail is English. */
  type Speech = () => string | { text: string; detail?: string | null };

  interface FileKind {
    /** `picture`: worth an attempt to open it; `other`: certainly refused. */
    sort: "picture" | "video" | "other";
    /** As people call it, the same in every language; null when it is not known. */
    name: string | null;
    animated: boolean;
  }

  /** What lies on the table. */
  interface Reference {
    /** Where: among the prints, or on the strip. */
    sort: "picture" | "video";
    /** What is sent: as it was given, or redrawn. */
    file: File;
    /** Of what was given, as people call it. */
    kind: string | null;
    /** A blob address, to show it; given back when it is taken away. */
    address: string;
    /** As a person sees it; null before it was opened. */
    pixels: { width: number; height: number } | null;
    /** What a redrawn picture was, in signs: `6000 × 4500 →`. */
    before: string;
    /** Of a video; 0 before it was opened. */
    seconds: number;
    /** What is wrong and what to do. */
    flaw: Speech | null;
  }

  /**
   * `refused`: the service says what is wrong; `strange`: something that is not the service answered; `silent`: nothing
   * came, or the service is failing, so that asking again may help.
   */
  type NoAnswer = { kind: "refused"; problem: Problem } | { kind: "strange" } | { kind: "silent" };
  type Answer = { kind: "answer"; body: Record<string, unknown> } | NoAnswer;

  /** How something is asked for; headers are a record, so that the key can join them. */
  type Asked = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };

  /** What came of asking for a change of a task. */
  type Changed = { kind: "task"; task: TaskView } | NoAnswer;

  /** `broken`: before everything was sent; `answer_lost`: after it, also where something else answered. */
  type Sent =
    | { kind: "task"; task: TaskView }
    | Exclude<NoAnswer, { kind: "silent" }>
    | { kind: "stopped" | "broken" | "answer_lost" };

  interface Sending {
    result: Promise<Sent>;
    stop(): void;
  }

  /** What price and plan depend on. */
  type Wish = Pick<TaskRequest, "duration_seconds" | "aspect_ratio" | "quality" | "structure">;

  /** `impossible`: this page knows already that it would be refused. */
  type NoPrice = NoAnswer | { kind: "impossible" };
  type EstimateOutcome = { kind: "estimate"; estimate: Estimate } | NoPrice;

  /**
   * Why nothing is heard of a task. `offline`: no connection; `silent`: the service fails; `unauthorized`: it wants
   * another key; `rate_limited`: it was asked too often.
   */
  type Trouble = keyof Words["troubles"];

  /** Who follows a task. */
  interface Listener {
    /** Called with each new state. */
    changed(task: TaskView): void;
    /** Called when it begins, and with null when it is over. */
    trouble(trouble: Trouble | null): void;
    /** There is no such task (any more). */
    gone(): void;
  }

  interface FieldProblem {
    field: string;
    code: string;
    /** The service's English sentence. */
    message: string;
  }

  /** What is left of the day's budget, US dollars, and when there is a new one. */
  interface Budget {
    left_usd: number;
    renews_at: string;
  }

  /** The body of a refused request. */
  interface Problem {
    code: string;
    detail: string;
    errors: FieldProblem[];
    /** Null where it is not about that. */
    budget: Budget | null;
    /** When to ask again; 0 where the service does not say it. */
    retrySeconds: number;
  }
}

export {};
