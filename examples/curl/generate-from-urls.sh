#!/usr/bin/env bash
# Pictures by their addresses, and an answer that waits for the video: for scripts that have a minute or two.
# Картинки по ссылкам; ответ приходит, когда видео готово.
#
#     examples/curl/generate-from-urls.sh https://shop.example/ring-front.jpg https://shop.example/ring-side.jpg
#
# VEO31_URL      where the service is; without it http://localhost:8787, where `npm start` has it
# VEO31_API_KEY  one of its API_KEYS, if it has any
# Needs curl 7.71 or later, and jq 1.6. Ends with 0 when the video was saved.
set -euo pipefail

url=${VEO31_URL:-http://localhost:8787}
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Prints the status of the answer. The key comes from a file: all users of the machine can read a process's arguments.
ask() {
  curl --silent --show-error --retry 5 --retry-all-errors --write-out '%{http_code}' --output "$answer" \
    --header @<(printf '%s' "${VEO31_API_KEY:+Authorization: Bearer $VEO31_API_KEY}") "$@"
}

# Says why the last answer is a refusal: each field at fault, or the whole request. Only a proxy answers without JSON.
refused() {
  jq --raw-output 'if .errors then .errors[] | "\(.field): \(.message)" else .detail end' "$answer" >&2 ||
    cat "$answer" >&2
  exit 1
}

# Whoever sends the same request with the same key again gets the same task, so --retry can never pay twice.
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
order=$(jq --null-input '{reference_image_urls: $ARGS.positional, use_case: "product_video", aspect_ratio: "9:16"}' \
  --args "$@")

# Waits for a minute, which is the most that can be asked for: 200 is the finished task, 202 one that still runs.
status=$(ask "$url/veo31/generate-from-urls" --header "Idempotency-Key: $key" --header 'Prefer: wait=60' \
  --header 'Content-Type: application/json' --data "$order")
[ "$status" = 200 ] || [ "$status" = 202 ] || refused
echo "task $(jq --raw-output .task_id "$answer"), about \$$(jq .cost.estimate_usd "$answer")"

until jq --exit-status '.status | IN("succeeded", "failed", "canceled")' "$answer" >/dev/null; do
  sleep 5
  [ "$(ask "$(jq --raw-output .links.self "$answer")")" = 200 ] || refused
done

# `charged` is no, yes or unknown; the sum is null where nobody knows it.
jq --raw-output '"\(.status), cost $\(.cost.actual_usd), charged: \(.cost.charged)"' "$answer"
jq --exit-status '.status == "succeeded"' "$answer" >/dev/null ||
  { jq --raw-output '.error.message // "The task was canceled."' "$answer" >&2; exit 1; }

# The link is secret and needs no key.
video="$(jq --raw-output .task_id "$answer").mp4"
curl --silent --show-error --fail --retry 5 --output "$video" \
  "$(jq --raw-output .step3_video_generation.video_url "$answer")"
echo "saved $video"
