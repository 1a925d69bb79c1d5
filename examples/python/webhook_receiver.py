#!/usr/bin/env python3
"""Is told of the end of each task, and fetches the video. Nothing but the standard library of Python 3.8 or later.
Принимает вебхуки о готовых видео, проверяет подпись и скачивает файлы.

    WEBHOOK_SECRET=whsec_… python3 examples/python/webhook_receiver.py

listens at http://localhost:8788 (PORT) for tasks that are started with callback_url=http://localhost:8788/. A deployment
tells only https addresses; `npm start` tells this one, too, and its secret is in src/sandbox/wrangler.toml.
"""

import base64
import hashlib
import hmac
import json
import os
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

SECRET = base64.b64decode(os.environ["WEBHOOK_SECRET"].split("_", 1)[1])
PORT = int(os.environ.get("PORT", "8788"))
TOLERANCE_SECONDS = 5 * 60  # who keeps a webhook to send it again later is refused


def is_genuine(headers, body):
    """By Standard Webhooks: HMAC-SHA256 of id, time and body as they came; several signatures while secrets change."""
    event_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = hmac.new(SECRET, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    wanted = b"v1," + base64.b64encode(signed)
    given = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(wanted, signature) for signature in given)


class Receiver(BaseHTTPRequestHandler):
    timeout = 20  # seconds that a sender may be silent

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        try:
            # Written down before it is answered, so it cannot be lost. It may come twice; the id is the same then.
            with open(f"{self.headers['webhook-id']}.json", "xb") as file:
                file.write(body)
        except FileExistsError:
            return self.answer(204)
        self.answer(204)  # the sender waits for 20 seconds at most: answer first, work then
        threading.Thread(target=take, args=[json.loads(body)]).start()

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


def take(event):
    task = event["data"]
    if event["type"] != "task.succeeded":
        why = task["error"]["message"] if task["error"] else "canceled"
        print(f"{event['type']} {task['task_id']}: {why}", flush=True)
        return
    name = f"{task['task_id']}.mp4"
    with urlopen(task["step3_video_generation"]["video_url"]) as video, open(name, "wb") as file:
        shutil.copyfileobj(video, file)
    print(f"saved {name}, cost ${task['cost']['actual_usd']}", flush=True)


if __name__ == "__main__":
    print(f"listening at http://localhost:{PORT}", flush=True)
    ThreadingHTTPServer(("", PORT), Receiver).serve_forever()
