"""As much of curl as the pages use, for a machine that has none.

Run with the arguments of curl; knows -s, -H, -o, -D - and --data-urlencode name=value.
"""

import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


def main(arguments: list[str]) -> int:
    headers: dict[str, str] = {}
    data: list[tuple[str, str]] = []
    output = url = ""
    show_headers = False
    rest = iter(arguments)
    for argument in rest:
        if argument == "-s":
            continue
        if argument == "-H":
            name, _, value = next(rest).partition(":")
            headers[name] = value.strip()
        elif argument == "-o":
            output = next(rest)
        elif argument == "-D":
            show_headers = next(rest) == "-"
        elif argument == "--data-urlencode":
            name, _, value = next(rest).partition("=")
            data.append((name, value))
        elif argument.startswith("-"):
            raise SystemExit(f"curl.py does not know {argument}")
        else:
            url = urllib.parse.quote(argument, safe=":/?&=%+#")
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - what the page says
    try:
        answer = urllib.request.urlopen(request)  # noqa: S310
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        if show_headers:
            sys.stdout.write(f"HTTP/1.1 {answer.status}\n{answer.headers}")
        content = answer.read()
    if output:
        Path(output).write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
