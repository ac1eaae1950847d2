/**
 * Shows how far a run is, on standard error: a live line on a terminal, now and then a plain line
 * elsewhere.
 */
package io.nnem.experiments.progress;
