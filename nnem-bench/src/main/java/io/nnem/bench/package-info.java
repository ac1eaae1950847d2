/** {@code ./nnem bench}: how fast nnem is, beside other systems that do the same work. */
package io.nnem.bench;
