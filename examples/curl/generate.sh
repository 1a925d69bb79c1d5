#!/usr/bin/env bash
# One to three pictures become a video: upload them, follow the task, download the video.
# Из одной, двух или трёх картинок — видео: отправить, дождаться, скачать.
#
#     examples/curl/generate.sh front.jpg side.jpg stone.jpg
#
# VEO31_URL      where the service is; without it http://localhost:8787, where `npm start` has it
# VEO31_API_KEY  one of its API_KEYS, if it has any
# Needs curl 7.71 or later, and jq. Ends with 0 when the video was saved.
set -euo pipefail

url=${VEO31_URL:-http://localhost:8787}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Prints the status of the answer, whose headers and body are then in the folder. The key comes from a file, because any
# user of the machine can read the arguments of a process. Lost answers and 429 are tried again, after `Retry-After`.
ask() {
  curl --silent --show-error --retry 5 --retry-all-errors --write-out '%{http_code}' \
    --dump-header "$folder/headers" --output "$folder/body" \
    --header @<(printf '%s' "${VEO31_API_KEY:+Authorization: Bearer $VEO31_API_KEY}") "$@"
}

# One value of the last answer.
value() { jq --raw-output "$1" "$folder/body"; }

# Says why the last answer is a refusal: each field at fault, or the whole request. Only a proxy answers without JSON.
refused() {
  value 'if .errors then .errors[] | "\(.field): \(.message)" else .detail end' >&2 || cat "$folder/body" >&2
  exit 1
}

[ "$#" -gt 0 ] || { echo "Which pictures? One to three." >&2; exit 1; }
files=()
for path in "$@"; do
  [ -r "$path" ] || { echo "There is no file $path." >&2; exit 1; }
  files+=(--form "reference_image$((${#files[@]} / 2 + 1))=@\"$path\"")
done

# Whoever sends the same request with the same key again gets the same task, so --retry can never pay twice.
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

status=$(ask "$url/veo31/generate" --header "Idempotency-Key: $key" "${files[@]}" \
  --form use_case=gemstone_closeup --form aspect_ratio=16:9 --form duration_seconds=8 \
  --form-string 'additional_prompt=Slow orbit, morning light.')
[ "$status" = 202 ] || refused

self=$(value .links.self)
echo "task $(value .task_id), about \$$(value .cost.estimate_usd)"
state=

while true; do
  [ "$(value .status)" = "$state" ] || { state=$(value .status); echo "$state"; }
  case $state in succeeded | failed | canceled) break ;; esac
  sleep "$(sed -n 's/^retry-after: *\([0-9]*\).*/\1/pI' "$folder/headers" | grep . || echo 2)"
  [ "$(ask "$self")" = 200 ] || refused
done

# `charged` is no, yes or unknown; the sum is null where nobody knows it.
echo "cost \$$(value .cost.actual_usd), charged: $(value .cost.charged)"
[ "$state" = succeeded ] || { value '.error.message // "The task was canceled."' >&2; exit 1; }

# The link is secret and needs no key.
video="$(value .task_id).mp4"
curl --silent --show-error --fail --retry 5 --output "$video" "$(value .step3_video_generation.video_url)"
echo "saved $video"
