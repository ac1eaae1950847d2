/**
 * Charts, each described once in a {@link io.nnem.report.chart.Figure} and drawn once: the SVG
 * file, the PNG file and the figure on a page come from one drawing.
 */
package io.nnem.report.chart;
