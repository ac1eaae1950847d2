"""An R data frame (XDR, compressed by xz) as CSV, without R: python3 rda2csv.py IN.rda OUT.csv"""
import csv
import lzma
import struct
import sys


class Reader:
    """R's serialization, as far as a data frame of numbers and factors needs it."""

    def __init__(self, data):
        if data[:5] not in (b"RDX2\n", b"RDX3\n"):
            sys.exit("not an R data file in XDR: it begins with %r" % data[:5])
        self.data, self.at, self.symbols = data, 7, []
        version = self.integer()
        self.integer(), self.integer()  # of R, that wrote it and that is needed
        if version == 3:
            self.take(self.integer())  # its character set

    def take(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def integer(self):
        return struct.unpack(">i", self.take(4))[0]

    def item(self, flags=None):
        flags = self.integer() if flags is None else flags
        kind = flags & 255
        if kind == 254:  # nothing
            return None
        if kind == 255:  # a symbol again
            return self.symbols[(flags >> 8 or self.integer()) - 1]
        if kind == 1:
            self.symbols.append(self.item())
            return self.symbols[-1]
        if kind == 9:
            count = self.integer()
            return None if count == -1 else self.take(count).decode()
        if kind == 2:
            pairs = {}
            while flags & 255 == 2:
                if flags & 512:
                    self.item()
                name = self.item() if flags & 1024 else None
                pairs[name] = self.item()
                flags = self.integer()
            return pairs
        count = self.integer()
        if kind in (10, 13):
            values = list(struct.unpack(">%di" % count, self.take(4 * count)))
        elif kind == 14:
            values = list(struct.unpack(">%dd" % count, self.take(8 * count)))
        elif kind in (16, 19):
            values = [self.item() for _ in range(count)]
        else:
            sys.exit("there is something of type %d, which this does not know" % kind)
        return (values, self.item() if flags & 512 else {})


def column(values, attributes):
    if "levels" in attributes:
        return [attributes["levels"][0][number - 1] for number in values]
    return ["%g" % value if isinstance(value, float) else value for value in values]


columns, attributes = next(iter(Reader(lzma.open(sys.argv[1]).read()).item().values()))
with open(sys.argv[2], "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(attributes["names"][0])
    writer.writerows(zip(*(column(*each) for each in columns)))
