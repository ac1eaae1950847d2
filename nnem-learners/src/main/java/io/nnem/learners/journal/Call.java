package io.nnem.learners.journal;

import java.nio.ByteBuffer;

/**
 * A call as it was found in a journal.
 *
 * @param number which of all calls, from 1 on
 * @param kind what was called
 * @param payload with what, little-endian
 * @param place the file and the offset, to be named in errors
 */
public record Call(long number, int kind, ByteBuffer payload, String place) {}
