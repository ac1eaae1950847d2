/**
 * What a run leaves behind: its folder, the tables in it, the figure, and the page that shows
 * everything.
 *
 * <p>The page is a list of {@link io.nnem.experiments.report.Section}s; an experiment with more to
 * show adds its own.
 */
package io.nnem.experiments.report;
