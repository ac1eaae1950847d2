/**
 * What each experiment leaves behind: the tables, figures and pages of its folder. How they are
 * written, nnem-report knows.
 */
package io.nnem.experiments.report;
