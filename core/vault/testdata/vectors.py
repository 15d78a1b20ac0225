#!/usr/bin/env python3
"""Writes the vectors of docs/format.md, made by another program than the one they test.

python3 vectors.py   (needs the package python3-cryptography) writes column.json, wrap.json,
token.json and blob.json beside itself. Keys and nonces are fixed here; the program's are random.
"""
import hashlib, hmac, json, os
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = b"\x01"


def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def text(s):
    b = s.encode()
    return varint(len(b)) + b


def bound(use, register, *more):
    return VERSION + use + b"".join(text(x) for x in [*register, *more])


def seal(key, nonce, plain, ad):
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, ad)


def fields(pairs):
    return b"".join(varint(no) + text(value) for no, value in sorted(pairs))


def octets(label, n):
    return hashlib.sha256(label.encode()).digest()[:n]


def index_key(bucket_key):
    """HKDF-SHA-256, no salt, info "luukku index v1", 32 bytes (RFC 5869)."""
    prk = hmac.new(b"\0" * 32, bucket_key, hashlib.sha256).digest()
    return hmac.new(prk, b"luukku index v1\x01", hashlib.sha256).digest()


REGISTER = ["dvv", "citizens-advice", "service_event", "contact"]
CONTACT, RECORD, BUCKET = "c_01jdz5mt0w3h8k5q7r9s1v2x4y", "r_01jdz5mt0wzzzz5q7r9s1v2x4y", "b_01jdz5mt0w00005q7r9s1v2x4y"


def column(name, pairs, row):
    key, nonce = octets("record key " + name, 32), octets("nonce " + name, 12)
    ad = bound(b"c", REGISTER, row)
    return {"name": name, "key": key.hex(), "authority": REGISTER[0], "notice": REGISTER[1], "group": REGISTER[2],
            "type": REGISTER[3], "row": row, "fields": [{"no": n, "text": t} for n, t in sorted(pairs)], "nonce": nonce.hex(),
            "associated_data": ad.hex(), "plaintext": fields(pairs).hex(), "sealed": seal(key, nonce, fields(pairs), ad).hex()}


def columns():
    return [
        column("one message", [(1, "Miten haen holhousviraston lupaa?")], CONTACT + "/1"),
        column("several fields, a large number, an empty text", [(200, "K7-QX2M-4P"), (1, "Hyvää päivää"), (7, "")], CONTACT),
        column("no field", [], CONTACT + "/2"),
        column("a text longer than 127 bytes", [(1, "Käsittely kestää. " * 20)], CONTACT + "/3"),
    ]


def wrap():
    bucket_key, record_key, nonce = octets("bucket key", 32), octets("record key", 32), octets("wrap nonce", 12)
    ad = bound(b"w", REGISTER, CONTACT, BUCKET, RECORD, "3")
    return {"bucket_key": bucket_key.hex(), "authority": REGISTER[0], "notice": REGISTER[1], "group": REGISTER[2],
            "type": REGISTER[3], "thing": CONTACT, "bucket": BUCKET, "record": RECORD, "version": 3, "nonce": nonce.hex(),
            "associated_data": ad.hex(), "record_key": record_key.hex(), "wrap": seal(bucket_key, nonce, record_key, ad).hex()}


def token():
    bucket_key, record_key, nonce = octets("bucket key", 32), octets("record key", 32), octets("token nonce", 12)
    field, value = "email", "maija.meikalainen@example.fi"
    index = index_key(bucket_key)
    mac = hmac.new(index, text(field) + value.encode(), hashlib.sha256).digest()[:16]
    ad = bound(b"t", REGISTER, CONTACT, RECORD, field)
    return {"bucket_key": bucket_key.hex(), "index_key": index.hex(), "field": field, "value": value, "mac": mac.hex(),
            "record_key": record_key.hex(), "authority": REGISTER[0], "notice": REGISTER[1], "group": REGISTER[2],
            "type": REGISTER[3], "thing": CONTACT, "record": RECORD, "nonce": nonce.hex(), "associated_data": ad.hex(),
            "sealed_value": seal(record_key, nonce, value.encode(), ad).hex()}


SEGMENT = 65536
BLOB = "f_01jdz5mt0wkkkk5q7r9s1v2x4y"


def content(size):
    """Bytes that differ from segment to segment: the low byte of i * 7 + i // 251."""
    return bytes((i * 7 + i // 251) & 0xFF for i in range(size))


def blob(name, size):
    key, plain = octets("record key " + name, 32), content(size)
    parts = [plain[i:i + SEGMENT] for i in range(0, size, SEGMENT)] or [b""]
    ads, stored, nonces = [], b"", []
    for number, part in enumerate(parts):
        nonces.append(octets("nonce %s %d" % (name, number), 12))
        ads.append(bound(b"b", REGISTER, BLOB) + varint(number) + (b"\x01" if number == len(parts) - 1 else b"\x00"))
        stored += seal(key, nonces[-1], part, ads[-1])
    short = {"stored": stored.hex()} if size < 1000 else {}
    return {"name": name, "key": key.hex(), "authority": REGISTER[0], "notice": REGISTER[1], "group": REGISTER[2],
            "type": REGISTER[3], "blob": BLOB, "size": size, "nonces": [n.hex() for n in nonces],
            "associated_data_of_last": ads[-1].hex(), "stored_size": len(stored),
            "stored_sha256": hashlib.sha256(stored).hexdigest(), **short}


def blobs():
    return [blob("empty", 0), blob("short", 20), blob("one whole segment", SEGMENT), blob("one byte more", SEGMENT + 1),
            blob("a number of two bytes", 129 * SEGMENT + 7)]


for name, vectors in [("column", columns()), ("wrap", wrap()), ("token", token()), ("blob", blobs())]:
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as f:
        json.dump(vectors, f, indent=2, ensure_ascii=False)
        f.write("\n")
