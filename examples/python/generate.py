#!/usr/bin/env python3
"""One to three pictures become a video, over HTTP, with nothing but the standard library of Python 3.8 or later.
Из одной, двух или трёх картинок — видео. Ничего, кроме самого Python, не нужно.

    python3 examples/python/generate.py front.jpg side.jpg stone.jpg

VEO31_URL is where the service is (without it http://localhost:8787, where `npm start` has it), VEO31_API_KEY one of its
API_KEYS, if it has any. Ends with 0 when the video was saved.
"""

import json
import os
import shutil
import sys
import time
import uuid
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL = os.environ.get("VEO31_URL", "http://localhost:8787")
KEY = os.environ.get("VEO31_API_KEY")
WISHES = {"use_case": "gemstone_closeup", "aspect_ratio": "16:9", "duration_seconds": "8",
          "additional_prompt": "Slow orbit, morning light."}


def ask(url, headers, body=None, tries=6):
    """Answers (headers, JSON); the JSON is None for 304. What was lost on its way, and 429, is asked again."""
    authorization = {"Authorization": f"Bearer {KEY}"} if KEY else {}
    for attempt in range(1, tries + 1):
        try:
            with urlopen(Request(url, body, {**headers, **authorization}), timeout=60) as answer:
                return answer.headers, json.load(answer)
        except HTTPError as error:
            if error.code == 304:
                return error.headers, None
            if attempt == tries or error.code not in (429, 500, 502, 503, 504):
                sys.exit(explain(error))
            pause = int(error.headers.get("Retry-After", attempt))
        except (HTTPException, OSError) as error:  # no answer, or a broken one
            if attempt == tries:
                sys.exit(f"No answer from {url}: {error}")
            pause = attempt
        print(f"{url} cannot answer now, again in {pause} s", file=sys.stderr)
        time.sleep(pause)


def explain(error):
    """What a refusal says (problem+json, RFC 9457): each field at fault, or the whole request."""
    try:
        problem = json.load(error)
        fields = [f"{at['field']}: {at['message']}" for at in problem.get("errors", [])]
        return "\n".join(fields) or problem["detail"]
    except (ValueError, KeyError):
        return f"{error.code} {error.reason}"  # somebody between answered: a proxy


def multipart(fields, paths):
    """Answers (content type, body) of a form with fields and pictures; the service looks at bytes, not at types."""
    boundary, parts = uuid.uuid4().hex, []
    for name, value in fields.items():
        parts.append((f'name="{name}"', value.encode()))
    for number, path in enumerate(paths, 1):
        parts.append((f'name="reference_image{number}"; filename="picture"', Path(path).read_bytes()))
    body = b"".join(b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n"
                    % (boundary.encode(), head.encode(), content) for head, content in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def main(paths):
    try:
        content_type, body = multipart(WISHES, paths)
    except OSError as error:
        sys.exit(f"This picture cannot be read: {error}")
    # Whoever sends the same request with the same key again gets the same task, so asking again never pays twice.
    headers = {"Content-Type": content_type, "Idempotency-Key": str(uuid.uuid4())}
    headers, task = ask(f"{URL}/veo31/generate", headers, body)
    print(f"task {task['task_id']}, about ${task['cost']['estimate_usd']}\n{task['status']}", flush=True)

    tag = ""
    while task["status"] not in ("succeeded", "failed", "canceled"):
        time.sleep(int(headers.get("Retry-After", 2)))
        headers, changed = ask(task["links"]["self"], {"If-None-Match": tag})
        tag = headers.get("ETag", "")
        if changed and changed["status"] != task["status"]:
            print(changed["status"], flush=True)
        task = changed or task  # None: nothing changed since

    # `charged` is no, yes or unknown; the sum is None where nobody knows it.
    print(f"cost ${task['cost']['actual_usd']}, charged: {task['cost']['charged']}")
    if task["status"] != "succeeded":
        sys.exit(task["error"]["message"] if task["error"] else "The task was canceled.")
    name = f"{task['task_id']}.mp4"
    with urlopen(task["step3_video_generation"]["video_url"]) as video, open(name, "wb") as file:
        shutil.copyfileobj(video, file)  # the link is secret and needs no key
    print(f"saved {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
