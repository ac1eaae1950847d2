"""Reads a saved state of nnem, format version 1, as docs/state-format.md describes it.

    python3 read_state.py FILE        lists what is in it

Needs Python 3.8 or newer, and NumPy. Checksums in pure Python take a second or two for 10 MB.
"""

import json
import re
import struct
import sys

import numpy as np

DTYPES = {"U8": "u1", "I32": "<i4", "I64": "<i8", "F32": "<f4", "F64": "<f8"}
BEGINNING = re.compile(rb'\{"__metadata__":\{"nnem-crc32c":"([0-9a-f]{8})","nnem-format":"([1-9][0-9]*)"')

TABLE = list(range(256))
for _ in range(8):
    TABLE = [value >> 1 ^ (0x82F63B78 if value & 1 else 0) for value in TABLE]


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return "%08x" % (crc ^ 0xFFFFFFFF)


def require(condition, message):
    if not condition:
        raise ValueError(message)


def members(pairs):
    require(len(dict(pairs)) == len(pairs), "a name comes twice")
    return dict(pairs)


def read_state(path):
    """The arrays and matrices by name, the texts by name, and the application's metadata by key."""
    with open(path, "rb") as file:
        content = file.read()
    require(len(content) >= 8, "too short")
    (length,) = struct.unpack("<Q", content[:8])
    require(length <= min(16 << 20, len(content) - 8), f"the header cannot have {length} bytes")
    header, data = content[: 8 + length], content[8 + length :]

    beginning = BEGINNING.match(header, 8)
    require(beginning, "not a saved state of nnem")
    at, end = beginning.span(1)
    require(crc32c(header[:at] + b"00000000" + header[end:]) == beginning[1].decode(), "the header is damaged")
    require(int(beginning[2]) == 1, f"the format has the version {int(beginning[2])}")
    entries = json.loads(header[8:].decode("utf-8").rstrip(" "), object_pairs_hook=members)
    metadata = entries.pop("__metadata__")

    tensors, position = {}, 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        dtype = np.dtype(DTYPES[entry["dtype"]])
        size = dtype.itemsize
        for count in entry["shape"]:
            size *= count
        require(begin == position and end == begin + size <= len(data), f"{name} has wrong offsets")
        require(crc32c(data[begin:end]) == metadata["crc32c." + name], f"{name} is damaged")
        tensors[name] = np.frombuffer(data[begin:end], dtype).reshape(entry["shape"])
        position = end
    require(position == len(data), "the file has more than its entries")

    def under(prefix):
        return {key[len(prefix) :]: value for key, value in metadata.items() if key.startswith(prefix)}

    return tensors, under("text."), under("meta.")


if __name__ == "__main__":
    tensors, texts, metadata = read_state(sys.argv[1])
    for name, tensor in tensors.items():
        print(f"{name}: {tensor.dtype} {list(tensor.shape)}")
    for name, text in texts.items():
        print(f"{name}: {text!r}")
    for key, value in metadata.items():
        print(f"({key}: {value!r})")
