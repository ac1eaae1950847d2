/**
 * The IDX file format, in which MNIST and its relatives are distributed: a reader that checks
 * everything a header promises, and a small writer for data of one's own.
 *
 * <p>An image file is the four big-endian 32-bit integers 0x00000803, count, rows and columns, then
 * count x rows x columns unsigned bytes, row by row. A label file is 0x00000801 and count, then one
 * unsigned byte for each label. Either may be compressed with gzip.
 */
package io.nnem.datasets.idx;
