/** The folder that a run leaves, where its numbers come from, and on which machine. */
package io.nnem.report.run;
