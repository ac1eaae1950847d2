"""Reads a state that nnem has saved: the format is described in state-format.md.

    meta, texts, tensors = read_state.read("network.nnem")

Needs numpy, and nothing of nnem. Raises ValueError for a file that is damaged.
"""
import json
import struct
import sys

import numpy

TYPES = {"U8": "<u1", "I32": "<i4", "I64": "<i8", "F32": "<f4", "F64": "<f8"}

TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ 0x82F63B78 if n & 1 else n >> 1
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return "%08x" % (crc ^ 0xFFFFFFFF)


def require(right, what):
    if not right:
        raise ValueError(what)


def read(path, check=True):
    """The caller's metadata, texts and tensors, by name; without check no checksums are computed."""
    with open(path, "rb") as file:
        data = file.read()
    require(len(data) >= 8, "too short")
    (length,) = struct.unpack("<Q", data[:8])
    require(length <= len(data) - 8, "the header is cut off")
    header = data[8 : 8 + length]
    body = memoryview(data)[8 + length :]
    entries = json.loads(header.decode("utf-8"))
    meta = entries.pop("__metadata__")
    require(meta.get("nnem-format") == "1", "format version " + str(meta.get("nnem-format")))
    own = meta["nnem-header-crc32c"]
    blank = header.replace(('"nnem-header-crc32c":"%s"' % own).encode(),
                           b'"nnem-header-crc32c":"00000000"', 1)
    require(crc32c(blank) == own, "the header's checksum is wrong")
    tensors, end = {}, 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1]["data_offsets"]):
        start, stop = entry["data_offsets"]
        require(start == end, name + " does not follow what comes before it")
        end = stop
        raw = body[start:stop]
        if check:
            require(crc32c(raw) == meta["crc32c:" + name], "the checksum of " + name + " is wrong")
        tensors[name] = numpy.frombuffer(raw, TYPES[entry["dtype"]]).reshape(entry["shape"])
    require(end == len(body), "bytes are missing, or left over")
    part = lambda prefix: {k[len(prefix) :]: v for k, v in meta.items() if k.startswith(prefix)}
    return part("meta:"), part("text:"), tensors


if __name__ == "__main__":
    metadata, texts, tensors = read(sys.argv[1])
    for name, value in sorted({**metadata, **texts}.items()):
        print(name, "=", value)
    for name, tensor in tensors.items():
        print(name, tensor.dtype, tensor.shape)
