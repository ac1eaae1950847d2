/** What {@code nnem stream} measures: learning on line, each instance a question first. */
package io.nnem.experiments.stream;
