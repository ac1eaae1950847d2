/** A page of sections made of prose, tables and figures, written as one self-contained file. */
package io.nnem.report.page;
