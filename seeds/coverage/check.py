#!/usr/bin/env python3
"""Checks the coverage in the folder of this file. Exit status 1 if anything is wrong."""
import collections, datetime, glob, json, os, re, sys
import xml.etree.ElementTree as ET
R = os.path.dirname(os.path.abspath(__file__))
J = lambda n: json.load(open(os.path.join(R, n), encoding="utf-8"))
bad = []
def need(ok, *what):
    if not ok: bad.append(" ".join(map(str, what)))
arts = {}
for f in sorted(glob.glob(R + "/articles/*.json")):
    a = json.load(open(f, encoding="utf-8")); arts[a["id"]] = a
    need(os.path.basename(f) == a["id"] + ".json", f, "id differs from file name")
    need(set(a) - {"revision_of"} == {"id", "url", "outlet", "lang", "published", "title", "text"}, f, "keys", set(a))
    need(a["lang"] in ("ar", "en", "ru"), f, "lang")
    need(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", a["published"]), f, "published")
    need("2025-02-10" <= a["published"][:10] <= "2026-01-31", f, "out of the period")
    need("[[" not in a["text"] and "|e" not in a["text"], f, "markup left")
gold, alerts, events, vocab = J("gold.json"), J("alerts.json"), J("events.json"), J("vocab.json")
ids = list(arts)
need([g["id"] for g in gold] == ids, "gold ids and article ids differ or are out of order")
need([arts[i]["published"] for i in ids] == sorted(arts[i]["published"] for i in ids), "ids not in order of publication")
urls = collections.defaultdict(list)
for a in arts.values(): urls[a["url"]].append(a["id"])
for u, l in urls.items():
    for i in l[1:]: need(arts[i].get("revision_of") == l[0], u, "same URL without revision_of")
for a in arts.values():
    r = a.get("revision_of")
    if r: need(r in arts and arts[r]["url"] == a["url"] and arts[r]["published"] < a["published"], a["id"], "revision_of")
STATUS = "rumoured proposed announced scheduled underway held postponed cancelled denied".split()
LEVEL = "leaders ministerial deputy-ministerial department-directors expert technical".split()
day = r"\d{4}-\d\d(?:-\d\d)?"
dur = r"PT(?=\d)(?:\d+H)?(?:\d+M)?"
party = r"[a-z]+"
def value(slot, v):
    if slot == "status": return v in STATUS
    if slot == "date": return v == "unset" or re.fullmatch(f"{day}(/{day})?", v)
    if slot == "city": return v in vocab["places"]
    if slot == "venue": return v in vocab["venues"]
    if slot == "duration": return re.fullmatch(f"[~<>]?{dur}(/{dur})?", v)
    if re.fullmatch(r"head\.[a-z]+", slot): return v in vocab["people"]
    if slot == "level": return v in LEVEL
    if slot in ("agenda", "off_agenda", "agreement"): return v in vocab["topics"]
    if slot == "outcome": return re.fullmatch(party + ":.*", v) and v.split(":")[1] in vocab["assessments"]
    if slot == "demand": return re.fullmatch(party + ":.*", v) and v.split(":")[1] in vocab["topics"]
n = collections.Counter()
speakers = set(vocab["people"]) | set(vocab["organisations"])
for g in gold:
    a = arts[g["id"]]
    need(set(g) == {"id", "relevant", "event", "duplicate_of", "claims"}, g["id"], "keys")
    need(not (g["claims"] and not g["relevant"]), g["id"], "claims in an irrelevant article")
    need((g["event"] in events) if g["relevant"] else g["event"] is None, g["id"], "event", g["event"])
    d = g["duplicate_of"]
    if d: need(d in arts and arts[d]["published"] < a["published"] and arts[d]["outlet"] != a["outlet"], g["id"], "duplicate_of")
    seen = set()
    for c in g["claims"]:
        need(set(c) == {"event", "slot", "value", "certainty", "modality", "speaker", "sentence", "evidence"}, g["id"], "claim keys")
        need(c["event"] in events, g["id"], "unknown event", c["event"])
        need(value(c["slot"], c["value"]), g["id"], "value", c["slot"], c["value"])
        need(c["certainty"] in "asserted attributed expected denied hedged".split(), g["id"], c["certainty"])
        need(c["modality"] in ("main", "background"), g["id"], c["modality"])
        need(c["speaker"] is None or c["speaker"] in speakers, g["id"], "speaker", c["speaker"])
        need(c["sentence"] in a["text"] or c["sentence"] in a["title"], g["id"], "sentence not in text")
        need(c["evidence"] and c["evidence"] in c["sentence"], g["id"], "evidence not in sentence", c["evidence"])
        need("\n" not in c["sentence"], g["id"], "sentence over a line break")
        k = (c["event"], c["slot"], c["value"], c["certainty"] == "denied"); need(k not in seen, g["id"], "claim twice", k); seen.add(k)
        n[c["slot"].split(".")[0]] += 1; n[c["modality"]] += 1; n[c["certainty"]] += 1; n["claims"] += 1
for e, v in events.items():
    need(v["follows"] is None or v["follows"] in events, e, "follows"); need(v["city"] is None or v["city"] in vocab["places"], e, "city")
G = {g["id"]: g for g in gold}
need([x["after"] for x in alerts] == sorted(x["after"] for x in alerts), "alerts out of order")
# an alert with "optional": true may fire and need not: it needs no claim, and a later alert does not depend on it;
# `after` "*" stands for any article, `event` null for any event
known, firm = collections.defaultdict(list), collections.defaultdict(list); once = set()
for x in alerts:
    k = (x["event"], x["slot"]); tag = (x["after"], *k, x["value"], x["kind"]); opt = "optional" in x
    need(set(x) - {"optional"} == {"after", "event", "slot", "value", "kind", "previous", "priority"} and x.get("optional", True) is True, tag, "keys")
    need(tag not in once, tag, "twice"); once.add(tag)
    need(x["priority"] in (1, 2, 3), tag, "priority")
    need(x["event"] in events or opt and x["event"] is None, tag, "event")
    need(value(x["slot"], x["value"]) or opt and (x["slot"], x["value"]) == ("city", "unset"), tag, "value")
    if x["after"] == "*":
        need(opt, tag, "due after any article"); continue
    g = G[x["after"]]
    need(g["relevant"], tag, "alert from an irrelevant article"); need(not g["duplicate_of"], tag, "alert from a copy")
    cl = [c for c in g["claims"] if (c["event"], c["slot"], c["value"]) == (*k, x["value"]) and c["modality"] == "main"]
    ok = [c for c in cl if (c["certainty"] == "denied") == (x["kind"] == "retracted") and c["certainty"] != "hedged"]
    need(ok or opt, tag, "no supporting main claim")
    multi = x["slot"] in ("agenda", "off_agenda", "outcome", "agreement", "demand")
    if x["kind"] == "new":
        need(x["previous"] is None, tag, "previous"); need(opt or (x["value"] not in firm[k] if multi else not firm[k]), tag, "not new")
    elif x["kind"] == "set": need(x["previous"] == "unset" and set(known[k]) == {"unset"}, tag, "set without unset")
    elif x["kind"] in ("refined", "changed", "conflict"): need(x["previous"] in known[k] and x["value"] != x["previous"], tag, "previous unknown")
    elif x["kind"] in ("corroborated", "retracted"): need(x["value"] in known[k], tag, "value unknown")
    else: need(False, tag, "kind")
    known[k].append(x["value"])
    if not opt: firm[k].append(x["value"])
# every main, firm claim must be covered by what has been alerted up to then (a value, or a looser/equal one)
said = collections.defaultdict(set)
by = collections.defaultdict(list)
for x in alerts: by[x["after"]].append(x)
for g in gold:
    for x in by[g["id"]]: said[(x["event"], x["slot"])].add(x["value"])
    for c in g["claims"]:
        if c["modality"] == "main" and c["certainty"] not in ("hedged", "denied"):
            need(said[(c["event"], c["slot"])], g["id"], "firm main claim of a slot that was never alerted", c["event"], c["slot"], c["value"])
nf = collections.Counter()
for f in sorted(glob.glob(R + "/feeds/*")):
    if f.endswith(".json"):
        d = json.load(open(f, encoding="utf-8")); need(d["version"].startswith("https://jsonfeed.org/version/"), f, "version")
        links = [i["url"] for i in d["items"]]; nf["json"] += 1
    else:
        r = ET.parse(f).getroot(); A = "{http://www.w3.org/2005/Atom}"
        if r.tag == "rss":
            links = [i.find("link").text for i in r.iter("item")]; nf["rss"] += 1
            for i in r.iter("item"): need(all(i.find(t) is not None for t in ("title", "guid", "pubDate", "description")), f, "item")
        else:
            need(r.tag == A + "feed", f, "root"); nf["atom"] += 1
            links = [e.find(A + "link").get("href") for e in r.iter(A + "entry")]
            for e in r.iter(A + "entry"): need(all(e.find(A + t) is not None for t in ("id", "title", "updated", "content")), f, "entry")
    need(len(links) == len(set(links)), f, "same link twice")
    for l in links: need(l in urls, f, "unknown link", l); nf[l] += 1
need(all(nf[u] == 1 for u in urls), "an article is in no feed, or in two")
words = sorted(len(a["text"].split()) for a in arts.values())
print("articles", len(arts), dict(collections.Counter(a["lang"] for a in arts.values())), "words min/median/max", words[0], words[len(words) // 2], words[-1])
print("relevant", sum(g["relevant"] for g in gold), "irrelevant", sum(not g["relevant"] for g in gold), "copies", sum(bool(g["duplicate_of"]) for g in gold), "revisions", sum("revision_of" in a for a in arts.values()), "outlets", len({a["outlet"] for a in arts.values()}))
print("claims", dict(n))
due = [x for x in alerts if "optional" not in x]
print("alerts due", len(due), "by priority", dict(sorted(collections.Counter(x["priority"] for x in due).items())), "by kind", dict(collections.Counter(x["kind"] for x in due)), "optional", len(alerts) - len(due))
print("events", len(events), "feeds", {k: v for k, v in nf.items() if k in ("rss", "atom", "json")})
for b in bad: print("WRONG", b)
print("clean" if not bad else f"{len(bad)} problems"); sys.exit(bool(bad))
