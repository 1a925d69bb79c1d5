/**
 * Makes the clips that the sandbox hands out, in the shape of the files that Veo itself delivers: H.264 High in yuv420p
 * at exactly 24 frames a second with a B-pyramid and one keyframe, AAC LC at 48 kHz in stereo, `moov` last, and the two
 * edit lists that take back the reordering delay and the encoder's priming. Needs ffmpeg and the font DejaVu Sans.
 *
 * The longest clip of each shape is the master of all other lengths: nothing before a whole second refers to anything
 * behind it, so that the sandbox can cut it there without a decoder (`cut-clip.ts`). That of 64 s is for extended videos
 * too: a closed group of pictures begins where each extension of Veo does.
 *
 *     deno run -A scripts/make-sandbox-clips.ts [only these files ...]
 */

const framesPerSecond = 24;
/** Where groups of pictures begin: a clip and each of eight extensions of 7 s. */
const groupStarts = [0, 8, 15, 22, 29, 36, 43, 50, 57];
/**
 * Behind a keyframe the encoder makes every fourth frame one that later ones refer to, which is then the first of each
 * second, and those before it refer to it. Another keyframe after three frames turns that: it is the last of each second.
 */
const turningFrames = 3;
const clips = [
  { width: 1280, height: 720, master: 64, seconds: [8, 6, 4] },
  { width: 720, height: 1280, master: 64, seconds: [8, 6, 4] },
  { width: 1920, height: 1080, master: 15, seconds: [8] },
  { width: 1080, height: 1920, master: 15, seconds: [8] },
];
const folder = `${import.meta.dirname}/../src/sandbox/clips`;

interface Clip {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly isMaster: boolean;
}

/** Night blue, paper and emerald: the page of the form in the dark. */
const colours = { ground: "0x131a22", rail: "0x3a4653", quiet: "0x93a1ae", bright: "0xf2f0ea", gem: "0x2fbf8f" };

/** A low note that is hardly there, and a tick at each second so that a cut can be heard. */
const sound = "0.02*sin(2*PI*196*t)+0.10*sin(2*PI*784*t)*exp(-28*mod(t\\,1))";

/** One line of text in the middle. ffmpeg finds a font by its family alone, so a border in its own colour makes it bold. */
function text(content: string, size: number, colour: string, y: number, bold = false): string {
  const weight = bold ? `:borderw=${Math.round(size / 36)}:bordercolor=${colour}` : "";
  return `drawtext=font='DejaVu Sans':text='${content}':fontsize=${size}:fontcolor=${colour}:x=(w-text_w)/2:y=${y}${weight}`;
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `drawbox=x=${x}:y=${y}:w=${width}:h=${height}:color=${colours.rail}:t=fill`;
}

/**
 * The picture: what it is, in large letters; the second that runs; and a gem that travels to and fro along a ruler of
 * eight seconds, so that every frame is told from its neighbours and a cut or a jump is seen at once.
 */
function pictureFilter({ width, height, seconds, isMaster }: Clip): string {
  const unit = Math.min(width, height) / 36;
  const at = (units: number) => Math.round(height / 2 + units * unit);
  const size = (units: number) => Math.round(units * unit / 2) * 2;
  const railStart = size(4);
  const railWidth = width - 2 * railStart;
  const ticks = Array.from({ length: 9 }, (_, second) => railStart + Math.round(railWidth * second / 8));
  const gem = size(2.6);
  const length = isMaster ? "" : `   ${seconds} s`;
  const ground = [
    text("SANDBOX", size(5.4), colours.bright, at(-9.5), true),
    text("not made by Veo", size(1.7), colours.quiet, at(-3.3)),
    rectangle(railStart, at(10) - 1, railWidth, 2),
    ...ticks.map((x) => rectangle(x - 1, at(10) - size(0.5), 2, 2 * size(0.5))),
    text(`${width} × ${height}${length}`, size(1), colours.quiet, at(13)),
    text("%{eif\\:floor(t)\\:d}", size(4.4), colours.gem, at(1), true),
  ].join(",");
  const half = gem / 2;
  const inside = `clip(255*(${half}-abs(X-${half}+0.5)-abs(Y-${half}+0.5)),0,255)`;
  return [
    `[0:v]${ground}[ground]`,
    `[1:v]format=yuva444p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='${inside}',loop=-1:1[gem]`,
    `[ground][gem]overlay=x='${railStart}-${half}+${railWidth}*min(mod(t\\,16)\\,16-mod(t\\,16))/8':y=${
      at(10) - half
    }:shortest=1,format=yuv420p,setsar=0[picture]`,
  ].join(";");
}

/** Where a master's keyframes are, seconds. */
function keyframeTimes(seconds: number): number[] {
  return groupStarts.filter((start) => start < seconds).flatMap((
    start,
  ) => [start, start + turningFrames / framesPerSecond]);
}

function clipArguments(clip: Clip): string[] {
  const { width, height, seconds, isMaster } = clip;
  const gem = Math.round(2.6 * Math.min(width, height) / 36 / 2) * 2;
  const ground = `color=c=${colours.ground}:s=${width}x${height}:r=${framesPerSecond}:d=${seconds}`;
  const shape = `color=c=${colours.gem}:s=${gem}x${gem}:r=${framesPerSecond}:d=1,trim=end_frame=1`;
  return [
    ...["-v", "error", "-y", "-f", "lavfi", "-i", ground, "-f", "lavfi", "-i", shape],
    ...["-f", "lavfi", "-i", `aevalsrc=${sound}|${sound}:s=48000:d=${seconds}`],
    ...["-filter_complex", pictureFilter(clip), "-map", "[picture]", "-map", "2:a"],
    ...["-c:v", "libx264", "-preset", "veryslow", "-crf", "26"],
    ...(isMaster ? ["-force_key_frames", keyframeTimes(seconds).join(",")] : []),
    ...["-profile:v", "high", "-level", width * height > 1280 * 720 ? "4.0" : "3.1", "-threads", "1"],
    ...["-x264-params", "keyint=infinite:scenecut=0:bframes=3:b-adapt=0:b-pyramid=normal:ref=2"],
    ...["-c:a", "aac", "-b:a", isMaster ? "16k" : "40k"],
    ...["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"],
    ...["-write_btrt", "0", "-video_track_timescale", "12288"],
    ...["-metadata", "title=Sandbox clip, not made by Veo", "-f", "mp4"],
  ];
}

const only = Deno.args;

for (const { width, height, master, seconds } of clips) {
  for (const length of [master, ...seconds]) {
    const name = `${width}x${height}-${length}s.bin`;
    if (only.length > 0 && !only.includes(name)) continue;
    const clip = { width, height, seconds: length, isMaster: length === master };
    const { success } = await new Deno.Command("ffmpeg", {
      args: [...clipArguments(clip), `${folder}/${name}`],
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    if (!success) Deno.exit(1);
    console.log(name, (await Deno.stat(`${folder}/${name}`)).size);
  }
}
