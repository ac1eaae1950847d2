/**
 * Several runs side by side: accuracies, differences paired by seed, and what was varied. It reads
 * the folders of runs and trains nothing.
 */
package io.nnem.experiments.compare;
