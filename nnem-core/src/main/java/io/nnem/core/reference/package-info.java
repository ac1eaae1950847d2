/** The {@code reference} back end: double precision, plain Java, obviously right, and slow. */
package io.nnem.core.reference;
