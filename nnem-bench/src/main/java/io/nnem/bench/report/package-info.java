/** What is left of a measurement: tables, a picture, and where the numbers come from. */
package io.nnem.bench.report;
