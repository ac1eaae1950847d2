/**
 * What is measured: works, the numbers that they are done on, and how many floating-point
 * operations each needs. Nothing here belongs to one system.
 */
package io.nnem.bench.work;
