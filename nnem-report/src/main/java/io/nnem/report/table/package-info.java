/**
 * Tables of typed columns, and the ways to write them: CSV and lines for a terminal. A page writes
 * the same tables as HTML.
 */
package io.nnem.report.table;
