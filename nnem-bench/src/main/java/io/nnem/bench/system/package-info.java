/**
 * A system that does works, and what it answers: the one interface that nnem and its rivals meet.
 */
package io.nnem.bench.system;
