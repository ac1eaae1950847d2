/**
 * The {@code nnem} command: its entry point, its sub-commands and the wiring that joins them to the
 * experiments.
 */
package io.nnem.experiments;
