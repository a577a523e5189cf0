"""A provider of Acme Vault as a program: requests on stdin, answers on stdout, one JSON object a line."""
import email.utils, http.client, json, sys, threading, time, urllib.parse
CODES = {400: "invalid_reference", 401: "unauthenticated", 403: "denied", 404: "not_found", 409: "unusable", 429: "throttled"}
vault, one_at_a_time, Refused = {"token": ""}, threading.Lock(), type("Refused", (Exception,), {})
def refuse(code, **more): raise Refused({"code": code, **({"hint": "export ACME_KEY=…"} if code == "unauthenticated" else {}), **more})
def wait(said): return {} if said is None else {"retry_after_ms": 1000 * int(said) if said.isdecimal() else max(0, int(1000 * (email.utils.parsedate_to_datetime(said).timestamp() - time.time())))}
def ask(method, path, body=None):
    at = urllib.parse.urlsplit(vault["url"])
    if at.scheme != "https" and at.hostname not in ("127.0.0.1", "localhost", "::1"): refuse("invalid_config")
    line = (http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection)(at.netloc, timeout=60)
    try:
        line.request(method, path, None if body is None else json.dumps(body), {"authorization": f"Bearer {vault['token']}"})
        answer = line.getresponse()
        if answer.status >= 300:  # Redirects are not followed: a credential would go along.
            page = answer.status in (403, 404) and answer.headers.get_content_type() == "text/html"; refuse("unavailable" if page else CODES.get(answer.status, "unavailable"), **wait(answer.headers.get("retry-after")))
        return json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException): refuse("unavailable")
    finally: line.close()
def open_session(application):
    vault["url"], key = application["options"]["url"], application["env"].get("ACME_KEY")
    login = ask("POST", "/v1/login", {"key": key or refuse("unauthenticated")})
    vault["token"] = login.get("token") or refuse("unavailable")
    return {"identity": login["account"], "expires_at_unix_ms": login["expires"] * 1000}
def read(path, query, **_):
    if set(query) - {"version"} or not query.get("version", "1").isdecimal(): refuse("invalid_reference")
    found = ask("GET", f"/v1/secrets/{urllib.parse.quote(path)}?{urllib.parse.urlencode(query)}")
    return {"text": found["value"], "id": found["id"], "version": str(found["version"])} if "value" in found else refuse("unavailable")
def listing(prefix, cursor="1"):
    page = ask("GET", "/v1/secrets?" + urllib.parse.urlencode({"prefix": prefix, "page": cursor}))
    if "items" not in page: refuse("unavailable")
    return {"next": page.get("next"), "entries": [{"path": i["path"], **({"state": "disabled"} if i["disabled"] else {})} for i in page["items"]]}
def where(options, **_): return {"facts": [{"what": "url", "value": options["url"]}], "address": options["url"]}
METHODS = {"provider.where": where, "provider.read": read, "provider.list": listing, "provider.revoke": lambda: ask("DELETE", "/v1/login"), "rpc.shutdown": dict}
def answer(request):
    try: said = {"result": begin(**request["params"]) if request["method"] == "rpc.initialize" else METHODS[request["method"]](**request["params"])}
    except Exception as failure: said = {"error": {"code": -32008, "message": "refused", "data": failure.args[0] if isinstance(failure, Refused) else {"code": "unavailable"}}}
    with one_at_a_time: print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **said}), flush=True)
def begin(protocol, limits, application, **_):
    return {"protocol": protocol, "version": 1, "server": {"name": "acme", "version": "1"}, "methods": list(METHODS), "limits": limits, "application": open_session(application)}
for line in sys.stdin:
    if "id" in json.loads(line): threading.Thread(target=answer, args=[json.loads(line)], daemon=True).start()
