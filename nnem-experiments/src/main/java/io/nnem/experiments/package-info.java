/** The entry point of the {@code nnem} command, and the wiring of its parts. */
package io.nnem.experiments;
