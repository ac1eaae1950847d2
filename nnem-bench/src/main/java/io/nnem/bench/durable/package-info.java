/**
 * What a durable network costs, beside a data base that keeps the same bytes, and whether it lasts:
 * programs to be run by hand.
 */
package io.nnem.bench.durable;
